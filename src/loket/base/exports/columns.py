"""The columns of a table that leaves the program; every format writes the same cells from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

# minutes: a timedelta, written as minutes with two decimals. time: an aware datetime on the office's clock.
Kind = Literal["text", "whole", "number", "percent", "minutes", "day", "time", "yes_no"]


@dataclass(frozen=True)
class Column:
    """One column: its key for programs, its title and meaning for people."""

    key: str
    title: str
    kind: Kind = "text"
    meaning: str = ""
    # What a coded column may hold, with its words; the codebook lists them.
    codes: Mapping[str, str] = field(default_factory=dict)
    width: int = 0


@dataclass(frozen=True)
class Table:
    """Rows in the order of the columns; `rows` may be a stream that is read once."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def plain(kind: Kind, value: Any) -> Any:
    """A value as JSON and CSV hold it: numbers stay numbers, days and times become ISO 8601."""
    if isinstance(value, timedelta):
        return round(value.total_seconds() / 60, 2)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if kind == "yes_no" and value is not None:
        return int(value)
    return value


def codebook(columns: Sequence[Column], *, key: str, title: str, meaning: str, codes: str) -> Table:
    """What each column means, itself a table; the four headings come in the reader's language."""
    rows = [
        (column.key, column.title, column.meaning, "; ".join(f"{a} = {b}" for a, b in column.codes.items()))
        for column in columns
    ]
    heads = [
        Column("key", key, width=22),
        Column("title", title, width=30),
        Column("meaning", meaning, width=70),
        Column("codes", codes, width=60),
    ]
    return Table("codebook", heads, rows)
