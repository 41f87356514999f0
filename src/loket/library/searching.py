"""Searching the library: words in, items out, best first."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from loket.base import sql
from loket.library import codes, ranking, synonyms
from loket.library.hits import Hit, hits_of
from loket.library.index import reading, store
from loket.library.language import asking, repairing
from loket.library.language.asking import Asked, Dictionary, Slot
from loket.library.language.common import WEAK
from loket.library.language.stems import stem
from loket.library.language.tokens import words_of
from loket.library.models import Item
from loket.offices.models import Office

# So many items are looked at closely; the work does not grow with the library (D13).
CANDIDATES, WHILE_TYPING = 110, 30
OWN_CANDIDATES = 30
MOST_TERMS = 40
COMPLETIONS = 5
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
    if reader is None:
        return Results(asked_nothing=True)
    searcher = reader.searcher
    asked = asking.understand(words, dictionary=_dictionary(searcher, office), as_you_type=as_you_type)
    version = version or asked.version or None
    if years:
        asked.years = years
    filters = Filters(tuple(kinds), area, version)
    scored = _look(reader.index, searcher, asked, filters, office, as_you_type=as_you_type)
    exact, notice = codes.look_up(asked.codes, version=version, kinds=filters.kinds)
    return _results(scored, exact, notice, asked, limit=max(limit, 0), offset=max(offset, 0))


@dataclass(frozen=True)
class Filters:
    kinds: tuple[str, ...]
    area: str | None
    version: str | None


def _dictionary(searcher: Any, office: Office) -> Dictionary:
    thesaurus = synonyms.thesaurus_of(office)

    def frequency(stem: str) -> int:
        return searcher.doc_freq("text", stem)

    def repair(word: str) -> str:
        return repairing.nearest(
            word, known=lambda start: searcher.terms_with_prefix("words", start), also=thesaurus.words
        )

    def complete(word: str) -> list[str]:
        longer = searcher.terms_with_prefix("words", word)
        often = sorted(longer, key=lambda each: (-each[1], each[0]))
        return [each for each, _ in often[:COMPLETIONS]]

    return Dictionary(thesaurus, frequency, repair, complete)


def _look(
    index: Any, searcher: Any, asked: Asked, filters: Filters, office: Office, *, as_you_type: bool
) -> list[ranking.Scored]:
    terms = _terms(asked)
    if not terms or asked.greeting:
        return []
    limit = WHILE_TYPING if as_you_type else CANDIDATES
    query = _query(index.schema, terms, filters)
    found = list(searcher.search(query, limit, count=False).hits)
    own = _query(index.schema, terms, filters, scope=f"o{office.pk}")
    found += searcher.search(own, OWN_CANDIDATES, count=False).hits
    candidates = {}
    for _, address in found:
        each = reading.candidate(searcher, address)
        candidates[each.item_id] = each
    return ranking.rank(
        candidates.values(), asked, place=_place(office), total=max(searcher.num_docs, 1),
        frequency=lambda stem: searcher.doc_freq("text", stem),
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


def _query(schema: Any, terms: Sequence[str], filters: Filters, scope: str = "") -> Any:
    from tantivy import Occur, Query

    def exactly(name: str, values: Iterable[str]) -> Any:
        return Query.const_score_query(Query.term_set_query(schema, name, list(values)), 0.0)

    any_word = Query.boolean_query(
        [(Occur.Should, Query.term_query(schema, "text", term, "freq")) for term in terms]
    )
    must = [any_word]
    if filters.kinds:
        must.append(exactly("kind", filters.kinds))
    if filters.version:
        must.append(exactly("version", [store.one_word(filters.version)]))
    if filters.area:
        must.append(exactly("area", [store.one_word(filters.area)]))
    if scope:
        must.append(exactly("scope", [scope]))
    return any_word if len(must) == 1 else Query.boolean_query([(Occur.Must, each) for each in must])


def _place(office: Office) -> ranking.Place:
    above = sql.rows(ABOVE, office.parent_id) if office.parent_id else []
    return ranking.Place(office.pk, frozenset(row[0] for row in above))


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
    scored = [each for each in scored if each.score > 0 and each.candidate.item_id not in first]
    counts = Counter([item.kind for item in exact] + [each.candidate.kind for each in scored])
    order: list[Item | ranking.Scored] = [*exact, *scored]
    return Results(
        hits=hits_of(order[offset : offset + limit]),
        total=len(order),
        counts=dict(counts),
        suggestion=asked.suggestion,
        notice=notice,
        confident=_confident(scored, exact, asked),
        asked_nothing=not asked.slots and not asked.codes,
    )


def _confident(scored: list[ranking.Scored], exact: list[Item], asked: Asked) -> bool:
    if exact:
        return not asked.slots or any(map(_said_in(exact[0]), asked.slots))
    return bool(scored) and scored[0].covers >= ranking.SURE and scored[0].score >= ranking.GOOD


def _said_in(item: Item) -> Callable[[Slot], bool]:
    """Whether a word beside a code is of its title: "47721 apotek" is meant, "9001 di Mars" is not."""
    title = {stem(word) for word in words_of(item.title)}
    return lambda slot: any(title.issuperset(each.stems) for each in slot.alternatives)
