"""How well the search finds: known queries, the answers people accept, and the usual measures."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, log2
from pathlib import Path

from loket.library import searching
from loket.library.importing.classifications import FileWrong
from loket.library.kinds import Meant, UnknownKind, meant_by
from loket.library.language.tokens import words_of
from loket.library.models import Item
from loket.offices.models import Office

DEPTH = 100
COLUMNS = ("query_id", "query", "kind", "accepted")
# Stands where no answer is right; an empty cell says the same.
NOTHING = "-"
# Usual constants of BM25: how soon repetition stops to count, how much length counts.
SATURATION, LENGTH = 1.2, 0.75


@dataclass(frozen=True)
class Query:
    """A query and the codes or keys that answer it."""

    query_id: str
    words: str
    meant: Meant
    accepted: frozenset[str]

    @property
    def wants_nothing(self) -> bool:
        """Whether it is off topic: the search should not be sure of anything."""
        return not self.accepted


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
    """Queries of a CSV with query_id, query, kind, accepted. Refuses FileWrong, which names the row."""
    try:
        text = path.read_text("utf-8-sig")
        rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    except UnicodeDecodeError:
        raise FileWrong("save it as UTF-8") from None
    except csv.Error as error:
        raise FileWrong("it is not a CSV file (%(error)s)", error=error) from None
    heading = [cell.strip() for cell in rows[0]] if rows else []
    if missing := [name for name in COLUMNS if name not in heading]:
        raise FileWrong("the columns %(names)s are missing in its first line", names=", ".join(missing))
    queries = list(_queries(rows[1:], heading))
    if not queries:
        raise FileWrong("below its first line there is no row")
    return queries


def _queries(rows: Sequence[Sequence[str]], heading: Sequence[str]) -> Iterator[Query]:
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(heading):
            reason = "%(expected)s columns are expected, %(there)s are there"
            raise FileWrong(f"row %(row)s: {reason}", row=number, expected=len(heading), there=len(row))
        cells = {name: cell.strip() for name, cell in zip(heading, row, strict=True)}
        if not cells["query_id"] or not cells["query"]:
            raise FileWrong("row %(row)s: a query_id and a query are needed", row=number)
        if cells["query_id"] in seen:
            raise FileWrong(
                "row %(row)s: the query_id %(id)s is there twice", row=number, id=cells["query_id"]
            )
        seen.add(cells["query_id"])
        yield _query(cells, number)


def _query(cells: dict[str, str], number: int) -> Query:
    try:
        meant = meant_by(cells["kind"])
    except UnknownKind as unknown:
        raise FileWrong("row %(row)s: %(reason)s", row=number, reason=unknown) from None
    accepted = cells["accepted"].split()
    wanted = frozenset() if accepted == [NOTHING] else frozenset(accepted)
    return Query(cells["query_id"], cells["query"], meant, wanted)


def by_search(query: Query, *, office: Office) -> Found:
    results = searching.search(
        office=office, words=query.words, kinds=query.meant.kinds, version=query.meant.version, limit=DEPTH
    )
    return Found(query, [(hit.code, hit.key) for hit in results.hits], results.confident)


def measures(found: Iterable[Found]) -> dict[str, float]:
    """hit@1, hit@5, hit@10, MRR, nDCG@10 and how many queries found nothing, of those with an answer."""
    found = [each for each in found if not each.query.wants_nothing]
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


def off_topic(found: Iterable[Found]) -> dict[str, int]:
    """Of the queries that should find nothing: how many found nothing, and how many were called sure."""
    found = [each for each in found if each.query.wants_nothing]
    return {
        "queries": len(found),
        "empty": sum(not each.named for each in found),
        "sure": sum(each.confident for each in found),
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
