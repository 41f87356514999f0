"""How well the search finds: known queries, the answers people accept, and the usual measures."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log, log2
from pathlib import Path

from loket.library import searching
from loket.library.importing.classifications import FileWrong
from loket.library.kinds import Meant, meant_by
from loket.library.language.tokens import words_of
from loket.library.models import Item
from loket.offices.models import Office

DEPTH = 100
COLUMNS = ("query_id", "query", "kind", "accepted")
# Usual constants of BM25: how soon repetition stops to count, how much length counts.
SATURATION, LENGTH = 1.2, 0.75


@dataclass(frozen=True)
class Query:
    """A query and the codes or keys that answer it."""

    query_id: str
    words: str
    meant: Meant
    accepted: frozenset[str]


@dataclass(frozen=True)
class Found:
    """What a search named for a query: codes and keys, best first, one pair for each item."""

    query: Query
    named: Sequence[tuple[str, str]]
    confident: bool = False

    @property
    def rank(self) -> int | None:
        """Where the first accepted answer stands, from 1."""
        for place, names in enumerate(self.named, start=1):
            if self.query.accepted.intersection(names):
                return place
        return None


def read(path: Path) -> list[Query]:
    """Queries of a CSV with query_id, query, kind, accepted. Refuses FileWrong and UnknownKind."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
            raise FileWrong("the columns %(names)s are missing in its first line", names=", ".join(missing))
        return [
            Query(
                row["query_id"], row["query"], meant_by(row["kind"] or ""), frozenset(row["accepted"].split())
            )
            for row in rows
            if row["query"] and row["accepted"]
        ]


def by_search(query: Query, *, office: Office) -> Found:
    results = searching.search(
        office=office, words=query.words, kinds=query.meant.kinds, version=query.meant.version, limit=DEPTH
    )
    return Found(query, [(hit.code, hit.key) for hit in results.hits], results.confident)


def measures(found: Iterable[Found]) -> dict[str, float]:
    """hit@1, hit@5, hit@10, MRR, nDCG@10 and how many queries found nothing at all."""
    found = list(found)
    many = max(len(found), 1)
    ranks = [each.rank for each in found]

    def hit(depth: int) -> float:
        return round(sum(rank is not None and rank <= depth for rank in ranks) / many, 4)

    return {
        "queries": len(found),
        "hit@1": hit(1),
        "hit@5": hit(5),
        "hit@10": hit(10),
        "mrr": round(sum(1 / rank for rank in ranks if rank) / many, 4),
        "ndcg@10": round(sum(map(_gain, found)) / many, 4),
        "empty": sum(not each.named for each in found),
    }


def _gain(found: Found) -> float:
    accepted = found.query.accepted
    gained = sum(
        1 / log2(place + 1)
        for place, names in enumerate(found.named[:10], start=1)
        if accepted.intersection(names)
    )
    best = sum(1 / log2(place + 1) for place in range(1, min(len(accepted), 10) + 1))
    return min(gained / best, 1.0)


class Plain:
    """BM25 over the words as written, without stems, synonyms or repair: what ours is compared with."""

    def __init__(self, meant: Meant):
        items = Item.objects.filter(status=Item.Status.PUBLISHED).order_by("pk")
        if meant.kinds:
            items = items.filter(kind__in=meant.kinds)
        if meant.version:
            items = items.filter(version=meant.version)
        self.names: list[tuple[str, str]] = []
        self.counts: list[Counter[str]] = []
        self.frequency: Counter[str] = Counter()
        fields = ("code", "key", "title", "summary", "body", "keywords", "area")
        for code, key, *texts in items.values_list(*fields).iterator():
            self.names.append((code, key))
            self.counts.append(Counter(words_of(" ".join(texts))))
            self.frequency.update(self.counts[-1].keys())
        self.usual_length = sum(map(Counter.total, self.counts)) / max(len(self.counts), 1)

    def find(self, query: Query) -> Found:
        words = words_of(query.words)
        scored = [(self._score(words, counts), place) for place, counts in enumerate(self.counts)]
        best = sorted((-score, place) for score, place in scored if score)[:DEPTH]
        return Found(query, [self.names[place] for _, place in best])

    def _score(self, words: Sequence[str], counts: Counter[str]) -> float:
        score = 0.0
        for word in words:
            if often := counts.get(word):
                rare = log(1 + (len(self.counts) - self.frequency[word] + 0.5) / (self.frequency[word] + 0.5))
                spread = SATURATION * (1 - LENGTH + LENGTH * counts.total() / self.usual_length)
                score += rare * often * (SATURATION + 1) / (often + spread)
        return score


def by_plain() -> Callable[[Query], Found]:
    """Plain BM25, its counts made once for each kind that is asked for."""
    made: dict[Meant, Plain] = {}

    def find(query: Query) -> Found:
        if query.meant not in made:
            made[query.meant] = Plain(query.meant)
        return made[query.meant].find(query)

    return find
