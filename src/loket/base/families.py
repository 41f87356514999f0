"""Rows that lead to each other, stored together: the visitor, the visit, the ticket."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Model

from loket.base import sql
from loket.base.shapes import insertion_of, shape_of


class Given(NamedTuple):
    """A value that an earlier statement of the transaction gives and nobody has read yet.

    `found` is an expression that finds it in the database, with %s for each of `values`.
    """

    read: Callable[[], Any]
    found: str
    values: tuple[Any, ...]


def insert(*family: Model, given: Mapping[str, Given]) -> Callable[[], None]:
    """Store new rows of which the later ones lead to earlier ones; see sql.later. Call what comes back to
    give all their keys.

    `given` are fields of the last row. One statement on PostgreSQL, where each is waited for; it may write
    through a WITH, SQLite may not.
    """
    if not sql.on_postgresql():
        _give(family[-1], given)
        for instance in family:
            sql.insert(_led(instance))
        return lambda: None
    links = tuple(_links(family))
    places = {insertion_of(type(family[-1])).columns.index(name): each for name, each in given.items()}
    found = tuple((place, each.found) for place, each in places.items())
    asked = sql.later(
        _statement(tuple(map(type, family)), links, found),
        *_values(family, {link[:2] for link in links}, places),
    )

    def give_keys() -> None:
        for instance, key in zip(family, asked.fetchone(), strict=True):
            sql.stored(_led(instance), key)
        _give(family[-1], given)

    return give_keys


def _give(instance: Model, given: Mapping[str, Given]) -> None:
    for name, each in given.items():
        instance.__dict__[name] = each.read()


def _values(
    family: Sequence[Model], linked: set[tuple[int, int]], places: Mapping[int, Given]
) -> Iterator[Any]:
    """In the order of the columns; those that lead within the family are no values."""
    for row, instance in enumerate(family):
        is_last = row == len(family) - 1
        for place, value in enumerate(insertion_of(type(instance)).values_of(instance)):
            if is_last and place in places:
                yield from places[place].values
            elif (row, place) not in linked:
                yield value


def _links(family: Sequence[Model]) -> Iterator[tuple[int, int, int]]:
    """Keys that lead to a row of the family: (row, place of its column, the earlier row)."""
    rows = {id(instance): row for row, instance in enumerate(family)}
    for row, instance in enumerate(family):
        for name, (column, _) in shape_of(type(instance)).keys.items():
            earlier = rows.get(id(instance._state.fields_cache.get(name)))
            if earlier is not None:
                yield row, insertion_of(type(instance)).columns.index(column), earlier


def _led(instance: Model) -> Model:
    """Its keys lead to rows that have been stored since it was made."""
    for name, (column, target) in shape_of(type(instance)).keys.items():
        if instance.__dict__[column] is None and (row := instance._state.fields_cache.get(name)):
            instance.__dict__[column] = row.__dict__[target]
    return instance


@cache
def _statement(
    models: tuple[type[Model], ...],
    links: tuple[tuple[int, int, int], ...],
    found: tuple[tuple[int, str], ...],
) -> str:
    """One INSERT for all rows; `found` are expressions by their places in the last."""
    parts = []
    for number, model in enumerate(models):
        insertion = insertion_of(model)
        values = ["%s"] * len(insertion.columns)
        for _, place, earlier in (link for link in links if link[0] == number):
            values[place] = f"(SELECT {insertion_of(models[earlier]).key} FROM row_{earlier})"  # noqa: S608
        if number == len(models) - 1:
            for place, expression in found:
                values[place] = f"({expression})"
        parts.append(f"row_{number} AS ({insertion.statement(values)} RETURNING {insertion.key})")
    keys = (f"(SELECT {insertion_of(model).key} FROM row_{k})" for k, model in enumerate(models))  # noqa: S608
    return f"WITH {', '.join(parts)} SELECT {', '.join(keys)}"
