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
    """What a new instance begins with, and its foreign keys by name: column, and what they lead to."""

    fixed: dict[str, Any]
    made: dict[str, Callable[[], Any]]
    keys: dict[str, tuple[str, str]]


@cache
def shape_of(model: type[Model]) -> Shape:
    fields = model._meta.concrete_fields
    called = (field for field in fields if field.has_default() and callable(field.default))
    made = {field.attname: field.get_default for field in called}
    fixed = {field.attname: field.get_default() for field in fields if field.attname not in made}
    keys = {field.name: (field.attname, field.target_field.attname) for field in fields if field.is_relation}
    return Shape(fixed, made, keys)


def read_of(model: type[M], names: Sequence[str], row: Sequence[Any]) -> M:
    """As model.from_db: none of our models does more there than to fill its attributes."""
    instance = bare(model, dict(zip(names, row, strict=True)))
    instance._state.adding, instance._state.db = False, DEFAULT_DB_ALIAS
    return instance


@dataclass(frozen=True)
class Insertion:
    """How an instance becomes a row: what is stored as it is, and the places of what is not."""

    table: str
    columns: tuple[str, ...]
    key: str
    plain: Callable[[Any], tuple[Any, ...]]
    converted: tuple[tuple[int, Callable[[Any], Any]], ...]
    made: tuple[tuple[int, Callable[[Model], Any]], ...]

    def values_of(self, instance: Model) -> list[Any]:
        values = list(self.plain(instance))
        for place, store in self.converted:
            if values[place] is not None:
                values[place] = store(values[place])
        for place, value_of in self.made:
            values[place] = value_of(instance)
        return values

    def statement(self, values: Sequence[str] = ()) -> str:
        """The INSERT without what it gives back; a value that comes from elsewhere stands for its place."""
        columns = ", ".join(f'"{column}"' for column in self.columns)
        places = ", ".join(values or ["%s"] * len(self.columns))
        # Names come from our own models, values are passed beside the statement.
        return f'INSERT INTO "{self.table}" ({columns}) VALUES ({places})'  # noqa: S608


@cache
def insertion_of(model: type[Model]) -> Insertion:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    made = [(place, field) for place, field in enumerate(fields) if _is_made(field)]
    stored = ((place, _stored_by(field)) for place, field in enumerate(fields) if not _is_made(field))
    return Insertion(
        model._meta.db_table,
        tuple(field.column for field in fields),
        model._meta.pk.attname,
        attrgetter(*(field.attname for field in fields)),
        tuple((place, store) for place, store in stored if store),
        tuple((place, _value_of(field)) for place, field in made),
    )


@lru_cache(maxsize=512)
def insertion_statement(model: type[Model], count: int = 1, *, once: bool = False, keyed: bool = True) -> str:
    """The INSERT of so many rows, which gives back their keys."""
    insertion = insertion_of(model)
    begin, found, places = insertion.statement().partition(" VALUES ")
    unless = " ON CONFLICT DO NOTHING" if once else ""
    returning = f' RETURNING "{insertion.key}"' if keyed else ""
    return f"{begin}{found}{', '.join([places] * count)}{unless}{returning}"


def _is_made(field: models.Field) -> bool:
    """Whether the field writes its own value while it is stored."""
    return getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)


def _value_of(field: models.Field) -> Callable[[Model], Any]:
    return lambda instance: field.get_db_prep_save(field.pre_save(instance, True), connection)


@cache
def change_of(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Callable[[Any], Any] | None]]:
    """The beginning of an UPDATE of these fields, and how the value of each comes to it."""
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    stored = [_key_of(field) if field.is_relation else _stored_by(field) for field in fields]
    return f'UPDATE "{model._meta.db_table}" SET {columns}', stored  # noqa: S608


def _key_of(field: models.Field) -> Callable[[Any], Any]:
    target = field.target_field.attname
    return lambda row: getattr(row, target)


def _stored_by(field: models.Field) -> Callable[[Any], Any] | None:
    """How a value that is not None comes to the statement; None when it goes there as it is."""
    if isinstance(field, PLAIN):
        return None
    if type(field) is models.DateTimeField:
        return moment
    if type(field) is models.DateField:
        return _day
    if type(field) is models.JSONField:
        return lambda value: connections[DEFAULT_DB_ALIAS].ops.adapt_json_value(value, field.encoder)
    return lambda value: field.get_db_prep_save(value, connection)
