"""Searching the library: words in, items out, best first."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain

from loket.base import sql
from loket.library import codes, ranking, synonyms
from loket.library.hits import Hit, hits_of
from loket.library.index import reading, retrieving
from loket.library.index.retrieving import Filter
from loket.library.language import asking, repairing
from loket.library.language.asking import Asked, Dictionary, Slot
from loket.library.language.common import WEAK
from loket.library.language.stems import stem
from loket.library.language.tokens import words_of
from loket.library.models import Item, Kind
from loket.library.places import known
from loket.library.places.known import Named, Place
from loket.library.places.names import key_of
from loket.offices.models import Office

# So many items are looked at closely; the work does not grow with the library (D13).
CANDIDATES, WHILE_TYPING = 110, 30
OWN_CANDIDATES, OWN_WHILE_TYPING = 30, 10
MOST_TERMS = 40
COMPLETIONS = 5
# Of so few telling words none may be missing in what is called the answer ("laki laki itu jahat" is no
# question about men); of more, a share.
FEW_WORDS = 2
# A misspelt word is looked for among so many of the commonest that begin alike.
MOST_NEAR = 5_000
ABOVE = (
    "WITH RECURSIVE above (id, parent_id) AS (SELECT id, parent_id FROM offices_office WHERE id = %s"
    " UNION SELECT o.id, o.parent_id FROM offices_office o JOIN above ON o.id = above.parent_id)"
    " SELECT id FROM above"
)


@dataclass
class Results:
    """What a search found, and what to say about it."""

    hits: list[Hit] = field(default_factory=list)
    # Of those looked at closely: how many, and how many of each kind.
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    suggestion: str = ""
    notice: codes.Notice | None = None
    # Whether the first hit can be said to be what was looked for.
    confident: bool = False
    # The library is empty, or nothing in the question could be looked for.
    asked_nothing: bool = False
    # The index is being made: what is there cannot be said yet, only codes are looked up.
    pending: bool = False
    # Areas that the question names; more than one where a city and a regency share a name.
    areas: tuple[Place, ...] = ()


def search(
    *,
    office: Office,
    words: str,
    kinds: Iterable[str] = (),
    area: str | None = None,
    years: tuple[int, int] | None = None,
    version: str | None = None,
    limit: int = 10,
    offset: int = 0,
    language: str = "id",
    as_you_type: bool = False,
) -> Results:
    """Items for the words, best first, as the office's visitors would look for them.

    `kinds` are library.models.Kind, `version` an edition such as "KBLI 2020", `years` first and last.
    Any text is answered, also nonsense; what is too long is cut. Counts and total are of the items
    looked at closely, at most a few hundred.
    """
    reader = reading.reader()
    asked = asking.understand(words, dictionary=_dictionary(reader, office), as_you_type=as_you_type)
    version = version or asked.version or None
    if years:
        asked.years = years
    named = _named(asked, office)
    filters = Filters(tuple(kinds), area, version)
    scored = _look(reader, asked, named, filters, office, as_you_type=as_you_type) if reader else []
    exact, notice = codes.look_up(asked.codes, version=version, kinds=filters.kinds)
    results = _results(scored, exact, notice, asked, limit=max(limit, 0), offset=max(offset, 0))
    results.areas = named.places
    if reader is None:
        results.pending = reading.being_made()
    return results


def _named(asked: Asked, office: Office) -> Named:
    """The areas that the question names; the words that name them are marked as such."""
    thesaurus = synonyms.thesaurus_of(office)

    def is_usual(word: str) -> bool:
        return word in thesaurus.words or (stem(word),) in thesaurus.entries

    named = known.named_in(asked.words, is_usual=is_usual)
    for slot in (*asked.slots, *asked.apart):
        slot.place = bool(named.words) and named.words.issuperset(slot.alternatives[0].words or ("",))
    return named


@dataclass(frozen=True)
class Filters:
    kinds: tuple[str, ...]
    area: str | None
    version: str | None

    @property
    def chosen(self) -> list[Filter]:
        named = [("kind", self.kinds), ("version", (self.version,)), ("area", (self.area,))]
        return [Filter(name, values) for name, values in named if any(values)]


def _dictionary(reader: reading.Reader | None, office: Office) -> Dictionary:
    thesaurus = synonyms.thesaurus_of(office)
    if reader is None:
        return Dictionary(thesaurus, lambda stem: 1, lambda word: "", lambda word: [])
    searcher = reader.searcher

    def frequency(stem: str) -> int:
        return searcher.doc_freq("text", stem)

    def repair(word: str) -> str:
        near = partial(reader.beginning, most=MOST_NEAR)
        return repairing.nearest(word, known=near, also=thesaurus.words)

    def complete(word: str) -> list[str]:
        return [each for each, _often in reader.beginning(word, most=MOST_NEAR)[:COMPLETIONS]]

    return Dictionary(thesaurus, frequency, repair, complete)


def _look(
    reader: reading.Reader,
    asked: Asked,
    named: Named,
    filters: Filters,
    office: Office,
    *,
    as_you_type: bool,
) -> list[ranking.Scored]:
    terms = _terms(asked)
    if not terms or asked.greeting:
        return []
    searcher, schema = reader.searcher, reader.index.schema
    limit, own = (WHILE_TYPING, OWN_WHILE_TYPING) if as_you_type else (CANDIDATES, OWN_CANDIDATES)
    frequency = cache(partial(searcher.doc_freq, "text"))
    anywhere = retrieving.query(schema, terms, filters.chosen, frequency)
    here = [*filters.chosen, Filter("scope", [f"o{office.pk}"])]
    own_items = retrieving.query(schema, terms, here, frequency)
    found = list(searcher.search(anywhere, limit, count=False).hits)
    found += searcher.search(own_items, own, count=False).hits
    candidates = {}
    for _, address in found:
        each = reading.candidate(searcher, address)
        candidates[each.item_id] = each
    return ranking.rank(
        candidates.values(), asked, place=_place(office, named), total=max(searcher.num_docs, 1),
        frequency=frequency,
        newest_year=max((each.year_to for each in candidates.values()), default=0),
    )  # fmt: skip


def _terms(asked: Asked) -> list[str]:
    """The stems to fetch candidates by; those that are everywhere only when there is nothing else."""
    slots = asked.slots + asked.apart
    telling = [slot for slot in slots if slot.weight > asking.WEAK_WEIGHT] or slots
    stems = chain.from_iterable(each.stems for slot in telling for each in slot.alternatives)
    found = list(dict.fromkeys(stems))
    found = [stem for stem in found if stem not in WEAK] or found
    if asked.years:
        first, last = asked.years
        found += [str(year) for year in range(first, min(last, first + 3) + 1)] if telling else []
    return found[:MOST_TERMS]


def _place(office: Office, named: Named) -> ranking.Place:
    above = sql.rows(ABOVE, office.parent_id) if office.parent_id else []
    around = frozenset(key_of(known.name_of(code)) for code in named.provinces)
    return ranking.Place(office.pk, frozenset(row[0] for row in above), named.keys, around)


def _results(
    scored: list[ranking.Scored],
    exact: list[Item],
    notice: codes.Notice | None,
    asked: Asked,
    *,
    limit: int,
    offset: int,
) -> Results:
    first = {item.pk for item in exact}
    sure = _confident(scored, exact, asked)
    least = scored[0].score * ranking.LEAST_SHARE if sure and scored else 0.0
    scored = [each for each in scored if each.score > least and each.candidate.item_id not in first]
    counts = Counter([item.kind for item in exact] + [each.candidate.kind for each in scored])
    order: list[Item | ranking.Scored] = [*exact, *scored]
    return Results(
        hits=hits_of(order[offset : offset + limit]),
        total=len(order),
        counts=dict(counts),
        suggestion=asked.suggestion,
        notice=notice,
        confident=sure,
        asked_nothing=not asked.slots and not asked.codes,
    )


def _confident(scored: list[ranking.Scored], exact: list[Item], asked: Asked) -> bool:
    if exact:
        return not asked.slots or any(map(_said_in(exact[0]), asked.slots))
    # A code that is not there was meant, and words beside it are not the answer to it.
    if not scored or scored[0].score < ranking.GOOD or asked.talk or asked.codes:
        return False
    if asked.figure and scored[0].candidate.kind == Kind.CLASSIFICATION:
        return False
    telling = [slot for slot in asked.slots if slot.is_telling]
    if all(slot.is_guessed for slot in telling or asked.slots):
        return False
    if len(telling) <= FEW_WORDS and not all(slot.is_met(scored[0].met) for slot in telling):
        return False
    # With a word that nobody here knows, or that was guessed, all the others have to be met.
    doubts = asked.unknown or any(slot.is_guessed for slot in telling)
    return scored[0].covers >= (ranking.SURE_IN_SPITE if doubts else ranking.SURE)


def _said_in(item: Item) -> Callable[[Slot], bool]:
    """Whether a word beside a code is of its title: "47721 apotek" is meant, "9001 di Mars" is not."""
    title = {stem(word) for word in words_of(item.title)}
    return lambda slot: any(title.issuperset(each.stems) for each in slot.alternatives)
