"""Plain SQL for the few writes that every press waits for; everything else uses the ORM.

Building a statement with the ORM costs ten times what SQLite needs to run it, and taking a number
needs a dozen of them (docs/decisions, benchmarks/README.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Model
from django.db.models.expressions import Col

M = TypeVar("M", bound=Model)

# Columns whose values go to the database as they are.
PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.FloatField,
    models.BooleanField,
    models.ForeignKey,
)


def one(statement: str, *values: Any) -> Any:
    """The first row, or None. `statement` has %s for each value, on both databases."""
    return _asked(statement, values).fetchone()


def rows(statement: str, *values: Any) -> list[Any]:
    """All rows."""
    return _asked(statement, values).fetchall()


def run(statement: str, *values: Any) -> int:
    """How many rows the statement touched."""
    return _asked(statement, values).rowcount


def moment(at: datetime | None) -> Any:
    """An aware datetime, or None, as a value of a statement."""
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(at)


def insert(instance: M) -> M:
    """Store a new row: save(force_insert=True) without its detours. The instance gets its key."""
    statement, columns = _insertion(type(instance))
    return _stored(instance, one(statement, *[value_of(instance) for value_of in columns])[0])


def insert_once(instance: M) -> bool:
    """Store a new row unless a unique column says that it is there already; whether it was stored."""
    statement, columns = _insertion(type(instance))
    statement = statement.replace(" RETURNING", " ON CONFLICT DO NOTHING RETURNING")
    stored = one(statement, *[value_of(instance) for value_of in columns])
    return bool(stored and _stored(instance, stored[0]))


def _stored(instance: M, key: int) -> M:
    instance.pk, instance._state.adding, instance._state.db = key, False, DEFAULT_DB_ALIAS
    return instance


def _asked(statement: str, values: Any) -> Any:
    """The cursor with the database's answer.

    SQLite answers in less time than Django's cursor needs to be made, so its driver is asked directly,
    unless somebody counts statements. Errors are Django's own either way.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "sqlite" or database.queries_logged or database.execute_wrappers:
        cursor = database.cursor()
        cursor.execute(statement, values)
        return cursor
    database.ensure_connection()
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        return database.connection.execute(_marked(statement), values)


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
        return self.model.from_db(DEFAULT_DB_ALIAS, self.names, _converted(mine, self.converters))


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
    return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in read(model, names, statement, *values)]


@cache
def _attributes(model: type[Model]) -> tuple[str, ...]:
    """Our columns are called as the attributes of their instances."""
    return tuple(field.attname for field in model._meta.concrete_fields)


@cache
def _converters(model: type[Model], names: tuple[str, ...]) -> list[tuple[int, Any, Col]]:
    columns = [Col(model._meta.db_table, model._meta.get_field(name)) for name in names]
    database = connections[DEFAULT_DB_ALIAS]
    return [
        (place, convert, column)
        for place, column in enumerate(columns)
        for convert in database.ops.get_db_converters(column) + column.get_db_converters(database)
    ]


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Callable[[Model], Any]]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table, key = model._meta.db_table, model._meta.pk.column
    # Names come from our own models, values are passed beside the statement.
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({places}) RETURNING "{key}"'  # noqa: S608
    return statement, [_value_of(field) for field in fields]


def _value_of(field: models.Field) -> Callable[[Model], Any]:
    """How the field's value comes from an instance to the statement."""
    if isinstance(field, PLAIN):
        return attrgetter(field.attname)
    if type(field) is models.DateTimeField and not (field.auto_now or field.auto_now_add):
        return lambda instance: moment(getattr(instance, field.attname))
    return lambda instance: field.get_db_prep_save(field.pre_save(instance, True), connection)
