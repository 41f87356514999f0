"""How rows become instances and instances rows, without what a form, a signal or a detour would need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Model
from django.db.models.base import ModelState

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


# One press writes the same instant a dozen times.
@lru_cache(maxsize=64)
def moment(at: datetime | None) -> Any:
    """An aware datetime, or None, as a value of a statement."""
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(at)


@lru_cache(maxsize=64)
def _day(day: date | None) -> Any:
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datefield_value(day)


def bare(model: type[M], values: dict[str, Any]) -> M:
    instance = model.__new__(model)
    instance.__dict__ = values
    instance._state = ModelState()
    return instance


@dataclass(frozen=True)
class Shape:
    """What a new instance begins with, and its foreign keys by name."""

    fixed: dict[str, Any]
    made: dict[str, Callable[[], Any]]
    keys: dict[str, Any]


@cache
def shape_of(model: type[Model]) -> Shape:
    fields = model._meta.concrete_fields
    called = (field for field in fields if field.has_default() and callable(field.default))
    made = {field.attname: field.get_default for field in called}
    fixed = {field.attname: field.get_default() for field in fields if field.attname not in made}
    return Shape(fixed, made, {field.name: field for field in fields if field.is_relation})


def read_of(model: type[M], names: Sequence[str], row: Sequence[Any]) -> M:
    """As model.from_db: none of our models does more there than to fill its attributes."""
    instance = bare(model, dict(zip(names, row, strict=True)))
    instance._state.adding, instance._state.db = False, DEFAULT_DB_ALIAS
    return instance


@dataclass(frozen=True)
class Insertion:
    """How an instance becomes a row: what is stored as it is, and the places of what is not."""

    statement: str
    plain: Callable[[Any], tuple[Any, ...]]
    converted: tuple[tuple[int, Callable[[Any], Any]], ...]

    def values_of(self, instance: Model) -> Sequence[Any]:
        values = list(self.plain(instance))
        for place, value_of in self.converted:
            values[place] = value_of(instance)
        return values


@cache
def insertion_of(model: type[Model]) -> Insertion:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table, key = model._meta.db_table, model._meta.pk.column
    # Names come from our own models, values are passed beside the statement.
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({places}) RETURNING "{key}"'  # noqa: S608
    converted = ((place, _value_of(field)) for place, field in enumerate(fields))
    return Insertion(
        statement,
        attrgetter(*(field.attname for field in fields)),
        tuple((place, value_of) for place, value_of in converted if value_of),
    )


def _value_of(field: models.Field) -> Callable[[Model], Any] | None:
    """How the field's value comes from an instance to the statement; None when it goes there as it is."""
    if isinstance(field, PLAIN):
        return None
    as_it_is = isinstance(field, models.DateField) and not (field.auto_now or field.auto_now_add)
    if type(field) is models.DateTimeField and as_it_is:
        return lambda instance: moment(getattr(instance, field.attname))
    if type(field) is models.DateField and as_it_is:
        return lambda instance: _day(getattr(instance, field.attname))
    return lambda instance: field.get_db_prep_save(field.pre_save(instance, True), connection)


@cache
def change_of(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Callable[[Any], Any]]]:
    """The beginning of an UPDATE of these fields, and how the value of each comes to it."""
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {columns}', [_stored_by(field) for field in fields]  # noqa: S608


def _stored_by(field: models.Field) -> Callable[[Any], Any]:
    if isinstance(field, models.ForeignKey):
        return lambda row: row and getattr(row, field.target_field.attname)
    if isinstance(field, PLAIN):
        return lambda value: value
    if type(field) is models.DateTimeField:
        return moment
    return lambda value: field.get_db_prep_save(value, connection)
