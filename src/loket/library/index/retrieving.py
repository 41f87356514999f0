"""The first, rough choice: which items are worth a closer look, for bounded work in a library of any size."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from loket.library.index import store
from loket.library.places.names import key_of

# So many entries of the index are gone through for words anywhere in an item. Words that stand in more
# items than that are looked for in titles only: with so many items there are better ones than those
# that merely mention a common word.
MOST_ENTRIES = 100_000

# Columns that hold names as one word.
SPELLED = {"version": store.one_word, "area": key_of}


class Filter(NamedTuple):
    """A column of the index, and the values of which an item must have one."""

    name: str
    values: Sequence[str]


def query(
    schema: Any, terms: Sequence[str], filters: Sequence[Filter], frequency: Callable[[str], int]
) -> Any:
    """Items with any of the terms, by how rare and how often; of those, what fits all filters."""
    from tantivy import Occur, Query

    words = [Query.term_query(schema, *each, "freq") for each in _where(terms, frequency)]
    if not words:
        return Query.empty_query()
    if not filters:
        return Query.boolean_query([(Occur.Should, word) for word in words])
    must = [(Occur.Must, _filtered(schema, each)) for each in filters]
    # Each word is cut down by itself: a union of all of them would be gone through to its end.
    return Query.boolean_query(
        [(Occur.Should, Query.boolean_query([*must, (Occur.Must, word)])) for word in words]
    )


def _where(terms: Sequence[str], frequency: Callable[[str], int]) -> list[tuple[str, str]]:
    """In which column each term is looked for. One that no item has would only slow it."""
    known = sorted((often, place, term) for place, term in enumerate(terms) if (often := frequency(term)))
    found, entries = [], 0
    for often, _place, term in known:
        entries += often
        if entries <= MOST_ENTRIES:
            found.append(("text", term))
    if entries > MOST_ENTRIES:
        found += [("title", term) for _often, _place, term in known]
    return found


def _filtered(schema: Any, each: Filter) -> Any:
    from tantivy import Query

    spell = SPELLED.get(each.name, str)
    values = [spell(value) for value in each.values]
    if len(values) == 1:
        chosen = Query.term_query(schema, each.name, values[0], "basic")
    else:
        chosen = Query.term_set_query(schema, each.name, values)
    return Query.const_score_query(chosen, 0.0)
