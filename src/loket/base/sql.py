"""Plain SQL for the few writes that every press waits for; everything else uses the ORM.

Building a statement with the ORM costs ten times what SQLite needs to run it, and taking a number
needs a dozen of them (docs/decisions, benchmarks/README.md).
"""

from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import Col

M = TypeVar("M", bound=Model)


def one(statement: str, *values: Any) -> Any:
    """The first row, or None. `statement` has %s for each value, on both databases."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def rows(statement: str, *values: Any) -> list[Any]:
    """All rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def run(statement: str, *values: Any) -> int:
    """How many rows the statement touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def insert(instance: M) -> M:
    """Store a new row: save(force_insert=True) without its detours. The instance gets its key."""
    statement, fields = _insertion(type(instance))
    values = [field.get_db_prep_save(field.pre_save(instance, True), connection) for field in fields]
    instance.pk = one(statement, *values)[0]
    instance._state.adding, instance._state.db = False, connection.alias
    return instance


def insert_once(instance: M) -> bool:
    """Store a new row unless a unique column says that it is there already; whether it was stored."""
    statement, fields = _insertion(type(instance))
    values = [field.get_db_prep_save(field.pre_save(instance, True), connection) for field in fields]
    stored = one(statement.replace(" RETURNING", " ON CONFLICT DO NOTHING RETURNING"), *values)
    if stored:
        instance.pk, instance._state.adding, instance._state.db = stored[0], False, connection.alias
    return bool(stored)


def select(model: type[M], condition: str, *values: Any) -> list[M]:
    """The rows of the model's table that fulfil the condition, which may end in an order."""
    statement, names, converters = _selection(model)
    found = []
    for row in rows(f"{statement} WHERE {condition}", *values):
        plain = list(row)
        for place, convert, column in converters:
            plain[place] = convert(plain[place], column, connection)
        found.append(model.from_db(connection.alias, names, plain))
    return found


@cache
def _selection(model: type[Model]) -> tuple[str, list[str], list[tuple[int, Any, Col]]]:
    fields = model._meta.concrete_fields
    table = model._meta.db_table
    columns = [Col(table, field) for field in fields]
    converters = [
        (place, convert, column)
        for place, column in enumerate(columns)
        for convert in connection.ops.get_db_converters(column) + column.get_db_converters(connection)
    ]
    listed = ", ".join(f'"{field.column}"' for field in fields)
    return f'SELECT {listed} FROM "{table}"', [field.attname for field in fields], converters  # noqa: S608


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Field]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table, key = model._meta.db_table, model._meta.pk.column
    # Names come from our own models, values are passed beside the statement.
    return f'INSERT INTO "{table}" ({columns}) VALUES ({places}) RETURNING "{key}"', fields  # noqa: S608
