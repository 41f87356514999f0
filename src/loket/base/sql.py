"""Plain SQL for the few statements that every press waits for; everything else uses the ORM.

Building a statement with the ORM costs ten times what SQLite needs to run it, and taking a number
needs a dozen of them (docs/decisions, benchmarks/README.md).
"""

import threading
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from loket.base.joins import converted, converters_of, joined
from loket.base.shapes import (
    bare,
    change_of,
    insertion_of,
    insertion_statement,
    moment,
    shape_of,
)

__all__ = [
    "change",
    "in_transaction",
    "insert",
    "insert_all",
    "insert_later",
    "insert_new",
    "insert_once",
    "keep_behind",
    "later",
    "moment",
    "new",
    "on_postgresql",
    "one",
    "read",
    "rows",
    "run",
    "select",
    "select_rows",
    "select_with",
    "stored",
]

M = TypeVar("M", bound=Model)

_here = threading.local()


def one(statement: str, *values: Any) -> Any:
    """The first row, or None. `statement` has %s for each value, on both databases."""
    return _asked(statement, values).fetchone()


def rows(statement: str, *values: Any) -> list[Any]:
    """All rows."""
    return _asked(statement, values).fetchall()


def run(statement: str, *values: Any) -> int:
    """How many rows the statement touched."""
    return _asked(statement, values).rowcount


def later(statement: str, *values: Any) -> Any:
    """Asked with what is read next, at the latest when the transaction ends; on SQLite at once.

    Reads like a cursor, but as often as one likes: fetchone (the first), fetchall, rowcount. What nobody
    reads costs no wait of its own.
    """
    asked = _asked(statement, values)
    # What waits in line on PostgreSQL is no cursor.
    return Read(asked) if hasattr(asked, "description") else asked


class Read:
    """A cursor read to its end: one that is not would keep SQLite's transaction from ending."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, cursor: Any):
        self._rows = cursor.fetchall() if cursor.description else []
        self.rowcount = cursor.rowcount

    def fetchone(self) -> Any:
        return self._rows[0] if self._rows else None

    def fetchall(self) -> list[Any]:
        return self._rows


def _asked(statement: str, values: Any) -> Any:
    """What reads like a cursor with the database's answer.

    Both databases answer in less time than Django's cursor needs to be made, so they are asked directly,
    unless somebody counts statements. Errors are Django's own either way.
    """
    database = _database()
    if database.force_debug_cursor or database.execute_wrappers:
        cursor = database.cursor()
        cursor.execute(statement, values)
        return cursor
    return database.ask(statement, values)


def insert(instance: M) -> M:
    """Store a new row: save(force_insert=True) without its detours. The instance gets its key."""
    model = type(instance)
    return stored(instance, one(insertion_statement(model), *insertion_of(model).values_of(instance))[0])


def insert_later(instance: Model) -> None:
    """Store a new row whose key nobody asks for; see `later`."""
    model = type(instance)
    later(insertion_statement(model, keyed=False), *insertion_of(model).values_of(instance))


def insert_all(instances: Sequence[M]) -> Sequence[M]:
    """Store new rows of one model in this order by one statement; each gets its key."""
    statement, values = _of_many(instances)
    # Keys are given in this order, whatever the order in which they come back.
    keys = sorted(key for (key,) in rows(statement, *values))
    for instance, key in zip(instances, keys, strict=True):
        stored(instance, key)
    return instances


def insert_new(instances: Sequence[Model]) -> int:
    """As `insert_all`, but those of which a unique column says that they are there already are left out,
    and none gets its key; how many were stored.
    """
    statement, values = _of_many(instances, once=True)
    return len(rows(statement, *values))


def _of_many(instances: Sequence[Model], *, once: bool = False) -> tuple[str, list[Any]]:
    model = type(instances[0])
    insertion = insertion_of(model)
    values = [value for instance in instances for value in insertion.values_of(instance)]
    return insertion_statement(model, len(instances), once=once), values


def new(model: type[M], **given: Any) -> M:
    """A row that is not stored yet, as model(**given) makes it in eight times the time.

    Takes fields by their name and, for a foreign key, the row it leads to or None.
    """
    shape = shape_of(model)
    values = shape.fixed | {name: value() for name, value in shape.made.items()}
    instance = bare(model, values)
    for name, value in given.items():
        if name in values:
            values[name] = value
        elif key := shape.keys.get(name):
            values[key[0]] = value and value.__dict__[key[1]]
            instance._state.fields_cache[name] = value
        else:
            raise TypeError(f"{model.__name__} has no field {name}")
    return instance


def change(model: type[Model], condition: str, *values: Any, **changes: Any) -> int:
    """Write these fields of the rows that fulfil the condition; how many they were.

    Takes fields by their name and, for a foreign key, the row it leads to or None.
    """
    statement, stores = change_of(model, tuple(changes))
    given = (
        store(value) if store and value is not None else value
        for store, value in zip(stores, changes.values(), strict=True)
    )
    return run(f"{statement} WHERE {condition}", *given, *values)


def insert_once(instance: M) -> bool:
    """Store a new row unless a unique column says that it is there already; whether it was stored."""
    model = type(instance)
    found = one(insertion_statement(model, once=True), *insertion_of(model).values_of(instance))
    return bool(found and stored(instance, found[0]))


def stored(instance: M, key: int) -> M:
    """The instance as it is after it was stored under this key."""
    instance.__dict__[insertion_of(type(instance)).key] = key
    instance._state.adding, instance._state.db = False, DEFAULT_DB_ALIAS
    return instance


def in_transaction() -> bool:
    return _database().in_atomic_block


def keep_behind() -> None:
    """Whoever waits for what this transaction holds does not wait for the disk as well (decision 0040).

    For a transaction on PostgreSQL that has set synchronous_commit off. SQLite does so for each.
    """
    _database().line.keep_behind()


def on_postgresql() -> bool:
    return _database().vendor == "postgresql"


def _database() -> Any:
    """This thread's connection, which Django looks up at some cost each time."""
    try:
        return _here.database
    except AttributeError:
        _here.database = connections[DEFAULT_DB_ALIAS]
        return _here.database


def read(model: type[Model], names: tuple[str, ...], statement: str, *values: Any) -> list[list[Any]]:
    """The rows of a statement whose first columns are these fields, each value as the ORM would give it."""
    converters = converters_of(model, names)
    return [converted(row, converters) for row in rows(statement, *values)]


def select_with(
    model: type[M], along: tuple[str, ...], condition: str, *values: Any, besides: str = "", into: str = ""
) -> list[M]:
    """As `select`, each with the rows that its foreign keys lead to, as select_related reads them.

    `along` names them, "visit" before "visit__visitor". In the condition the table itself is called
    "one", the others as in `along`. `besides` are more columns ("(SELECT ...), (SELECT ...)"), whose
    values lie as a list in the attribute `into`; their %s come before those of the condition.
    """
    found = []
    for made, more in _made(model, along, condition, values, besides):
        if into:
            vars(made[0])[into] = more
        found.append(made[0])
    return found


def select_rows(model: type[M], along: tuple[str, ...], condition: str, *values: Any) -> list[list[Any]]:
    """As `select_with`, each row as a list of its instances in that order, with None where nothing lies.

    `along` may also name what leads here, such as the memberships of a user: a row for each of them.
    """
    return [made for made, _ in _made(model, along, condition, values)]


def _made(
    model: type[Model], along: tuple[str, ...], condition: str, values: Sequence[Any], besides: str = ""
) -> Iterator[tuple[list[Any], list[Any]]]:
    columns, tables, parts = joined(model, along)
    width = parts[-1].begins + len(parts[-1].names)
    if besides:
        columns = f"{columns}, {besides}"
    # Names of our own models; values are passed beside the statement.
    statement = f"SELECT {columns} FROM {tables} WHERE {condition}"  # noqa: S608
    for row in rows(statement, *values):
        made: list[Any] = []
        for part in parts:
            made.append(part.made_of(row))
            part.tie(made)
        yield made, list(row[width:])


def select(model: type[M], condition: str, *values: Any) -> list[M]:
    """The rows of the model's table that fulfil the condition, which may end in an order."""
    return select_with(model, (), condition, *values)
