"""Plain SQL for the few statements that every press waits for; everything else uses the ORM.

Building a statement with the ORM costs ten times what SQLite needs to run it, and taking a number
needs a dozen of them (docs/decisions, benchmarks/README.md).
"""

import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from loket.base.joins import attributes, converted, converters_of, joined
from loket.base.shapes import Insertion, bare, change_of, insertion_of, moment, read_of, shape_of

__all__ = [
    "change",
    "insert",
    "insert_all",
    "insert_new",
    "insert_once",
    "moment",
    "new",
    "one",
    "read",
    "rows",
    "run",
    "select",
    "select_rows",
    "select_with",
]

M = TypeVar("M", bound=Model)

# A statement that is asked once or twice, with another number of places each time, is not worth a plan.
SEEN_BEFORE_KEPT = 3
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


def insert(instance: M) -> M:
    """Store a new row: save(force_insert=True) without its detours. The instance gets its key."""
    insertion = insertion_of(type(instance))
    return _stored(instance, one(insertion.statement, *insertion.values_of(instance))[0])


def insert_all(instances: Sequence[M]) -> Sequence[M]:
    """Store new rows of one model in this order by one statement; each gets its key."""
    insertion = insertion_of(type(instances[0]))
    statement, values = _of_many(insertion, instances)
    # Keys are given in this order, whatever the order in which they come back.
    keys = sorted(key for (key,) in rows(statement, *values))
    for instance, key in zip(instances, keys, strict=True):
        _stored(instance, key)
    return instances


def insert_new(instances: Sequence[Model]) -> int:
    """As `insert_all`, but those of which a unique column says that they are there already are left out,
    and none gets its key; how many were stored.
    """
    statement, values = _of_many(insertion_of(type(instances[0])), instances)
    return len(rows(statement.replace(" RETURNING", " ON CONFLICT DO NOTHING RETURNING"), *values))


def _of_many(insertion: Insertion, instances: Sequence[Model]) -> tuple[str, list[Any]]:
    begin, found, end = insertion.statement.partition(" VALUES ")
    places, returning = end.split(" RETURNING ")
    statement = f"{begin}{found}{', '.join([places] * len(instances))} RETURNING {returning}"
    return statement, [value for instance in instances for value in insertion.values_of(instance)]


def new(model: type[M], **given: Any) -> M:
    """A row that is not stored yet, as model(**given) makes it in eight times the time.

    Takes fields by their name and, for a foreign key, the row it leads to or None.
    """
    shape = shape_of(model)
    instance = bare(model, {name: value() for name, value in shape.made.items()} | shape.fixed)
    for name, value in given.items():
        if key := shape.keys.get(name):
            instance.__dict__[key.attname] = value and getattr(value, key.target_field.attname)
            key.set_cached_value(instance, value)
        elif name in instance.__dict__:
            instance.__dict__[name] = value
        else:
            raise TypeError(f"{model.__name__} has no field {name}")
    return instance


def change(model: type[Model], condition: str, *values: Any, **changes: Any) -> int:
    """Write these fields of the rows that fulfil the condition; how many they were.

    Takes fields by their name and, for a foreign key, the row it leads to or None.
    """
    statement, stored = change_of(model, tuple(changes))
    given = (store(value) for store, value in zip(stored, changes.values(), strict=True))
    return run(f"{statement} WHERE {condition}", *given, *values)


def insert_once(instance: M) -> bool:
    """Store a new row unless a unique column says that it is there already; whether it was stored."""
    insertion = insertion_of(type(instance))
    statement = insertion.statement.replace(" RETURNING", " ON CONFLICT DO NOTHING RETURNING")
    stored = one(statement, *insertion.values_of(instance))
    return bool(stored and _stored(instance, stored[0]))


def _stored(instance: M, key: int) -> M:
    instance.pk, instance._state.adding, instance._state.db = key, False, DEFAULT_DB_ALIAS
    return instance


def _asked(statement: str, values: Any) -> Any:
    """The cursor with the database's answer.

    Both databases answer in less time than Django's cursor needs to be made, so their drivers are asked
    directly, unless somebody counts statements; PostgreSQL keeps the plan of each statement. Errors are
    Django's own either way.
    """
    database = _database()
    if database.force_debug_cursor or database.execute_wrappers:
        cursor = database.cursor()
        cursor.execute(statement, values)
        return cursor
    if database.vendor == "sqlite":
        return _sqlite(database, statement, values)
    return _postgresql(database, statement, values)


def _sqlite(database: Any, statement: str, values: Any) -> Any:
    if database.connection is None:
        database.ensure_connection()
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        return database.connection.execute(_marked(statement), values)


def _postgresql(database: Any, statement: str, values: Any) -> Any:
    database.close_if_health_check_failed()
    database.ensure_connection()
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        # Django's own cursor writes the values into the statement, so no plan could be kept; it turns
        # keeping them off.
        database.connection.prepare_threshold = SEEN_BEFORE_KEPT
        return psycopg.Cursor(database.connection).execute(statement, values)


def _database() -> Any:
    """This thread's connection, which Django looks up at some cost each time."""
    try:
        return _here.database
    except AttributeError:
        _here.database = connections[DEFAULT_DB_ALIAS]
        return _here.database


@lru_cache(maxsize=1024)
def _marked(statement: str) -> str:
    return statement.replace("%s", "?")


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
    statement, parts = joined(model, along)
    width = parts[-1].begins + len(parts[-1].names)
    if besides:
        statement = statement.replace(" FROM ", f", {besides} FROM ", 1)
    for row in rows(f"{statement} WHERE {condition}", *values):
        made: list[Any] = []
        for part in parts:
            made.append(part.made_of(row))
            part.tie(made)
        yield made, list(row[width:])


def select(model: type[M], condition: str, *values: Any) -> list[M]:
    """The rows of the model's table that fulfil the condition, which may end in an order."""
    names = attributes(model)
    listed = ", ".join(f'"{name}"' for name in names)
    statement = f"SELECT {listed} FROM {model._meta.db_table} WHERE {condition}"  # noqa: S608
    return [read_of(model, names, row) for row in read(model, names, statement, *values)]
