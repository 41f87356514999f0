"""How the columns of several tables in one row become instances that know each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model
from django.db.models.expressions import Col

from loket.base.shapes import read_of


@dataclass(frozen=True)
class Part:
    """The columns of one table in a joined row; `key` leads to it from the part number `above`, or from it
    to that one (`back`).
    """

    model: type[Model]
    names: tuple[str, ...]
    converters: list[tuple[int, Any, Col]]
    begins: int
    above: int = 0
    key: Any = None
    back: bool = False

    def made_of(self, row: Sequence[Any]) -> Model | None:
        mine = row[self.begins : self.begins + len(self.names)]
        # The key comes first; without one the join found nothing.
        if mine[0] is None:
            return None
        return read_of(self.model, self.names, converted(mine, self.converters))

    def tie(self, made: list[Any]) -> None:
        """Let the instance made last and the one it is read along with know each other."""
        if self.key is None:
            return
        holder, held = (made[-1], made[self.above]) if self.back else (made[self.above], made[-1])
        if holder:
            self.key.set_cached_value(holder, held)
        if self.back and self.key.one_to_one:
            # Found or not, nobody has to ask again.
            self.key.remote_field.set_cached_value(held, holder)


class Joined(NamedTuple):
    """A table with those that are read along: columns and tables as a SELECT names them."""

    columns: str
    tables: str
    parts: list[Part]


@cache
def joined(model: type[Model], along: tuple[str, ...]) -> Joined:
    parts = [Part(model, attributes(model), converters_of(model, attributes(model)), 0)]
    aliases, joins = ["one"], [f"{model._meta.db_table} AS one"]
    for path in along:
        parent, _, name = path.rpartition("__")
        above = aliases.index(parent or "one")
        field = parts[above].model._meta.get_field(name)
        back = not field.concrete
        key = field.remote_field if back else field
        names = attributes(field.related_model)
        begins = parts[-1].begins + len(parts[-1].names)
        converters = converters_of(field.related_model, names)
        parts.append(Part(field.related_model, names, converters, begins, above, key, back))
        ends = (path, aliases[above]) if back else (aliases[above], path)
        joins.append(
            f"{field.related_model._meta.db_table} AS {path} ON {ends[0]}.{key.attname} = {ends[1]}.id"
        )
        aliases.append(path)
    columns = ", ".join(
        f'{alias}."{name}"' for alias, part in zip(aliases, parts, strict=True) for name in part.names
    )
    return Joined(columns, " LEFT JOIN ".join(joins), parts)


def converted(row: Sequence[Any], converters: list[tuple[int, Any, Col]]) -> list[Any]:
    plain = list(row)
    for place, convert, column in converters:
        if plain[place] is not None:
            plain[place] = convert(plain[place], column, connection)
    return plain


@cache
def attributes(model: type[Model]) -> tuple[str, ...]:
    """Our columns are called as the attributes of their instances."""
    return tuple(field.attname for field in model._meta.concrete_fields)


@cache
def converters_of(model: type[Model], names: tuple[str, ...]) -> list[tuple[int, Any, Col]]:
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
