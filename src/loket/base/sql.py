"""Plain SQL for the few writes that every press waits for; everything else uses the ORM.

Building a statement with the ORM costs ten times what SQLite needs to run it, and taking a number
needs a dozen of them (docs/decisions, benchmarks/README.md).
"""

from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

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


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Field]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table, key = model._meta.db_table, model._meta.pk.column
    # Names come from our own models, values are passed beside the statement.
    return f'INSERT INTO "{table}" ({columns}) VALUES ({places}) RETURNING "{key}"', fields  # noqa: S608
