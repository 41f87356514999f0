"""Which of the candidates answers best: how much of the question each covers, and where."""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from functools import cache
from math import log
from typing import NamedTuple

from loket.library.index.documents import Candidate
from loket.library.language.asking import Alternative, Asked, Slot
from loket.library.language.stems import stem
from loket.library.models import Item, Kind

# What a word is worth by where it stands.
IN_TITLE, IN_HEAD, IN_BODY = 1.0, 0.6, 0.35
AS_TYPED = 0.08
# How much of the worth depends on the title saying little else.
FIT = 0.35
# Codes people work with come before the groups above them.
BY_LEVEL = {1: 0.6, 2: 0.66, 3: 0.72, 4: 0.8}
BY_JOB_LEVEL = {1: 0.66, 2: 0.74, 3: 0.84, 4: 0.98}
BY_SCOPE = {Item.Scope.OFFICE: 1.12, Item.Scope.PROVINCE: 1.06, Item.Scope.NATION: 1.0}
ELSEWHERE = 0.85
# What the name of an area counts among the words of a question; where an item belongs counts by itself.
PLACE = 0.4
# Of the area that was named, of the province around it, of another place.
IN_AREA, AROUND, OTHER_AREA = 1.1, 0.97, 0.75
BY_KIND: dict[str, float] = {Kind.NEWS: 0.9, Kind.INFOGRAPHIC: 0.95, Kind.RELEASE: 0.97, Kind.ARTICLE: 1.08}
BY_VERSION = {"KBLI 2020": 0.985}
OUT_OF_YEARS = 0.4
# A question read word by word is a little less likely to be meant than one read in known terms.
APART = 0.88
# A code for something else that is done with the thing: selling it was asked for, making it was found.
OTHER_FRAME, FRAME_MET = 0.72, 0.45
# Of two codes that answer alike: the shop at the corner before the warehouse, the named before "others".
WHOLESALE, WHOLESALE_IN_SPITE, RESIDUAL = 0.92, 0.8, 0.93
WHOLESALE_TITLE, RESIDUAL_TITLE = "perdagangan besar", "lainnya ytdl"
# Who leads others is meant only when that is said: "pegawai bank" is no manager of one.
LEADING, LEADS_TITLE, SAID_OF_LEADING = (
    0.86,
    "manajer",
    "manajer manager kepala pimpinan pemimpin direktur bos ketua",
)
SAID_OF_SHOPS = "toko warung kios lapak gerai eceran"
SAID_OF_WHOLESALE = "grosir distributor supplier pemasok besar partai ekspor impor"
# Worth lost for each year of age, up to ten.
AGEING = 0.006
# From here on the first hit may be taken for the answer: share of the question, and score.
SURE, GOOD = 0.6, 0.58
SURE_IN_SPITE = 0.9
# Beside an answer that is sure, what has less than this share of its score only mentions a word.
LEAST_SHARE = 0.2


class Scored(NamedTuple):
    candidate: Candidate
    score: float
    # Share of the question that the item answers, 0 to 1.
    covers: float
    # Stems that were met, for marking them.
    met: Set[str]
    # The alternative that was met instead of what was typed: (typed, met).
    instead: tuple[str, str] | None


@dataclass(frozen=True)
class Place:
    """Who asks: the office and those above it; and where: areas that were named, and those around them."""

    office_id: int
    parents: frozenset[int]
    named: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()


def rank(
    candidates: Iterable[Candidate],
    asked: Asked,
    *,
    place: Place,
    total: int,
    frequency: Callable[[str], int],
    newest_year: int,
) -> list[Scored]:
    """Best first; equals by their id, so that the order never changes by chance."""
    candidates = list(candidates)
    scored = _read(candidates, asked.slots, asked, place, total, frequency, newest_year)
    if asked.apart:
        apart = _read(candidates, asked.apart, asked, place, total, frequency, newest_year)
        scored = [
            one if one.score >= other.score * APART else other._replace(score=other.score * APART)
            for one, other in zip(scored, apart, strict=True)
        ]
    return sorted(scored, key=lambda each: (-each.score, each.candidate.item_id))


def _read(
    candidates: list[Candidate],
    slots: list[Slot],
    asked: Asked,
    place: Place,
    total: int,
    frequency: Callable[[str], int],
    newest: int,
) -> list[Scored]:
    weighed = [(slot, _rarity(slot, total, frequency) * slot.weight) for slot in slots]
    return [_score(each, asked, weighed, place, newest) for each in candidates]


def _rarity(slot: Slot, total: int, frequency: Callable[[str], int]) -> float:
    """How much a slot says, as the logarithm of how few items have it (BM25's idf)."""
    least = min((frequency(stem) for stem in slot.alternatives[0].stems), default=0)
    if not least:
        least = min(
            (max(map(frequency, each.stems), default=0) or total for each in slot.alternatives[1:]), default=0
        )
    share = (total - least + 0.5) / (least + 0.5)
    return log(1 + share)


def _score(
    candidate: Candidate, asked: Asked, weighed: list[tuple[Slot, float]], place: Place, newest: int
) -> Scored:
    met: set[str] = set()
    instead = None
    gained, whole, framed = 0.0, 0.0, 1.0
    is_activity = candidate.version.startswith("KBLI")
    is_code = candidate.kind == Kind.CLASSIFICATION
    for slot, weight in weighed:
        if slot.place:
            weight *= 0.0 if is_code else PLACE
        whole += weight
        worth, best = _best(slot, candidate)
        if slot.frame and worth < FRAME_MET and (is_activity or slot.names_a_person):
            framed = OTHER_FRAME
        if best is None:
            continue
        gained += weight * worth
        met.update(best.stems)
        if best is not slot.alternatives[0] and instead is None:
            instead = (" ".join(slot.alternatives[0].words), " ".join(best.stems))
    covers = gained / whole if whole else 0.0
    fit = _fit(candidate, met)
    if not is_code:
        framed = 1.0
    score = covers * (1 - FIT + FIT * fit) * framed * _prior(candidate, asked, place, newest)
    return Scored(candidate, score, covers, met, instead)


def _best(slot: Slot, candidate: Candidate) -> tuple[float, Alternative | None]:
    most, best = 0.0, None
    for alternative in slot.alternatives:
        # They come in the order of their weights: from here on none can be worth more.
        if alternative.weight + (AS_TYPED if alternative.words else 0.0) <= most:
            break
        worth = _worth(alternative, candidate)
        if worth > most:
            most, best = worth, alternative
    return most, best


def _worth(alternative: Alternative, candidate: Candidate) -> float:
    gained, missing = 0.0, 0
    for each, between_blanks in alternative.sought:
        if each in candidate.title:
            gained += IN_TITLE
        elif between_blanks in candidate.head:
            gained += IN_HEAD
        elif between_blanks in candidate.body:
            gained += IN_BODY
        else:
            missing += 1
    worth = alternative.weight * gained / len(alternative.stems)
    if missing:
        return worth * 0.5
    if alternative.words and all(f" {word} " in candidate.words for word in alternative.words):
        return worth + AS_TYPED
    return worth


def _fit(candidate: Candidate, met: set[str]) -> float:
    """Share of the title's telling words that were asked for."""
    telling = candidate.telling
    return len(telling & met) / len(telling) if telling else 0.0


def _prior(candidate: Candidate, asked: Asked, place: Place, newest: int) -> float:
    prior = BY_KIND.get(candidate.kind, 1.0)
    if candidate.kind == Kind.CLASSIFICATION:
        levels = BY_JOB_LEVEL if candidate.version.startswith("KBJI") else BY_LEVEL
        prior *= levels.get(candidate.level, 1.0) * BY_VERSION.get(candidate.version, 1.0)
        if candidate.title & _stems(LEADS_TITLE) and not asked.stems & _stems(SAID_OF_LEADING):
            prior *= LEADING
        if _stems(WHOLESALE_TITLE) <= candidate.title and not asked.stems & _stems(SAID_OF_WHOLESALE):
            prior *= WHOLESALE_IN_SPITE if asked.stems & _stems(SAID_OF_SHOPS) else WHOLESALE
        return prior * (RESIDUAL if candidate.title & _stems(RESIDUAL_TITLE) else 1.0)
    prior *= _nearness(candidate, place) * _in_area(candidate, place)
    if candidate.year_to:
        prior *= 1 - AGEING * min(max(newest - candidate.year_to, 0), 10)
    if asked.years and candidate.year_from:
        first, last = asked.years
        if candidate.year_to < first or candidate.year_from > last:
            prior *= OUT_OF_YEARS
    return prior


def _in_area(candidate: Candidate, place: Place) -> float:
    if not place.named or not candidate.area:
        return 1.0
    if candidate.area in place.named:
        return IN_AREA
    return AROUND if candidate.area in place.around else OTHER_AREA


@cache
def _stems(words: str) -> frozenset[str]:
    # Worked out when first needed: stemming loads its dictionary.
    return frozenset(map(stem, words.split()))


def _nearness(candidate: Candidate, place: Place) -> float:
    if candidate.scope == Item.Scope.NATION:
        return BY_SCOPE[Item.Scope.NATION]
    if candidate.office_id == place.office_id:
        return BY_SCOPE[Item.Scope.OFFICE]
    if candidate.office_id in place.parents:
        return BY_SCOPE[Item.Scope.PROVINCE]
    return ELSEWHERE
