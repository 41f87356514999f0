"""Plain SQL for the few statements that every press waits for; everything else uses the ORM.

Building a statement with the ORM costs ten times what SQLite needs to run it, and taking a number
needs a dozen of them (docs/decisions, benchmarks/README.md).
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model
from django.db.models.expressions import Col

from loket.base.shapes import bare, change_of, insertion_of, moment, read_of, shape_of

__all__ = [
    "change",
    "insert",
    "insert_once",
    "moment",
    "new",
    "one",
    "read",
    "rows",
    "run",
    "select",
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
    converters = _converters(model, names)
    return [_converted(row, converters) for row in rows(statement, *values)]


def _converted(row: Sequence[Any], converters: list[tuple[int, Any, Col]]) -> list[Any]:
    plain = list(row)
    for place, convert, column in converters:
        if plain[place] is not None:
            plain[place] = convert(plain[place], column, connection)
    return plain


def select_with(
    model: type[M], along: tuple[str, ...], condition: str, *values: Any, besides: str = "", into: str = ""
) -> list[M]:
    """As `select`, each with the rows that its foreign keys lead to, as select_related reads them.

    `along` names them, "visit" before "visit__visitor". In the condition the table itself is called
    "one", the others as in `along`. `besides` are more columns ("(SELECT ...), (SELECT ...)"), whose
    values lie as a list in the attribute `into`; their %s come before those of the condition.
    """
    statement, parts = _joined(model, along)
    width = parts[-1].begins + len(parts[-1].names)
    if besides:
        statement = statement.replace(" FROM ", f", {besides} FROM ", 1)
    found = []
    for row in rows(f"{statement} WHERE {condition}", *values):
        made: list[Any] = []
        for part in parts:
            made.append(part.made_of(row))
            if part.key and made[part.above]:
                part.key.set_cached_value(made[part.above], made[-1])
        if into:
            vars(made[0])[into] = list(row[width:])
        found.append(made[0])
    return found


@dataclass(frozen=True)
class _Part:
    """The columns of one table in a joined row; `key` leads to it from the part number `above`."""

    model: type[Model]
    names: tuple[str, ...]
    converters: list[tuple[int, Any, Col]]
    begins: int
    above: int = 0
    key: Any = None

    def made_of(self, row: Sequence[Any]) -> Model | None:
        mine = row[self.begins : self.begins + len(self.names)]
        # The key comes first; without one the join found nothing.
        if mine[0] is None:
            return None
        return read_of(self.model, self.names, _converted(mine, self.converters))


@cache
def _joined(model: type[Model], along: tuple[str, ...]) -> tuple[str, list[_Part]]:
    parts = [_Part(model, _attributes(model), _converters(model, _attributes(model)), 0)]
    aliases, joins = ["one"], [f"{model._meta.db_table} AS one"]
    for path in along:
        parent, _, name = path.rpartition("__")
        above = aliases.index(parent or "one")
        key = parts[above].model._meta.get_field(name)
        names = _attributes(key.related_model)
        begins = parts[-1].begins + len(parts[-1].names)
        parts.append(
            _Part(key.related_model, names, _converters(key.related_model, names), begins, above, key)
        )
        joins.append(
            f"{key.related_model._meta.db_table} AS {path} ON {path}.id = {aliases[above]}.{key.attname}"
        )
        aliases.append(path)
    listed = ", ".join(
        f'{alias}."{name}"' for alias, part in zip(aliases, parts, strict=True) for name in part.names
    )
    return f"SELECT {listed} FROM {' LEFT JOIN '.join(joins)}", parts  # noqa: S608 - names of our own models


def select(model: type[M], condition: str, *values: Any) -> list[M]:
    """The rows of the model's table that fulfil the condition, which may end in an order."""
    names = _attributes(model)
    listed = ", ".join(f'"{name}"' for name in names)
    statement = f"SELECT {listed} FROM {model._meta.db_table} WHERE {condition}"  # noqa: S608
    return [read_of(model, names, row) for row in read(model, names, statement, *values)]


@cache
def _attributes(model: type[Model]) -> tuple[str, ...]:
    """Our columns are called as the attributes of their instances."""
    return tuple(field.attname for field in model._meta.concrete_fields)


@cache
def _converters(model: type[Model], names: tuple[str, ...]) -> list[tuple[int, Any, Col]]:
    columns = [Col(model._meta.db_table, model._meta.get_field(name)) for name in names]
    database = connections[DEFAULT_DB_ALIAS]
    of_instants = getattr(database.ops, "convert_datetimefield_value", None)
    return [
        (place, _as_utc if convert == of_instants else convert, column)
        for place, column in enumerate(columns)
        for convert in database.ops.get_db_converters(column) + column.get_db_converters(database)
    ]


def _as_utc(value: datetime | str, *_: Any) -> datetime:
    """What SQLite keeps, which has no zones. Django asks eight questions before it does the same."""
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).replace(tzinfo=UTC)
