"""One sheet of a workbook as SpreadsheetML (ECMA-376), row by row: typed cells and nothing that evaluates."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from math import isfinite
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from loket.base.exports.columns import Column, Kind, Table

MOST_ROWS = 1_048_575
MOST_LETTERS = 32_767
# As the cells' styles are numbered in workbook.STYLES; the heading's comes after them.
KINDS: tuple[Kind, ...] = ("text", "whole", "number", "percent", "minutes", "day", "time", "yes_no")
STYLE = {kind: number for number, kind in enumerate(KINDS, start=1)}
HEAD = len(KINDS) + 1
WIDTHS: dict[Kind, int] = {"text": 24, "day": 12, "time": 20}
# What a spreadsheet adds to a column that is so many letters wide.
PADDING = 0.7109375
ROWS_AT_ONCE = 100
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# Days are counted from here; the format knows no zones.
FIRST_DAY = date(1899, 12, 30).toordinal()
# Spreadsheets take 1900 for a leap year, so their days before this one are a day off: those are words.
FIRST_CERTAIN_DAY = date(1900, 3, 1)
SECONDS_A_DAY = 86_400
# XML takes no control characters; spreadsheets spell them out, and spell out what looks like it.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")

# The value of a cell, or "" for none, from its place ("A2"), its style and what lies there.
Cell = Callable[[str, int, Any], str]


class TooManyRows(Exception):
    """A sheet ends after a million rows; take a shorter period, or CSV."""


class Sheet:
    """`parts` are its XML, made while the rows are read; afterwards `last` is the number of the last row."""

    def __init__(self, table: Table, zone: ZoneInfo):
        self._table = table
        self._letters = [letters_of(place) for place in range(len(table.columns))]
        self._styles = [STYLE[column.kind] for column in table.columns]
        self._cells = cells_at(zone)
        self.last = 1

    def parts(self) -> Iterator[str]:
        """Refuses TooManyRows."""
        yield self._head()
        rows = iter(self._table.rows)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            if self.last + len(some) > MOST_ROWS + 1:
                raise TooManyRows(self._table.name)
            yield "".join([self._row(number, row) for number, row in enumerate(some, start=self.last + 1)])
            self.last += len(some)
        yield f'</sheetData><autoFilter ref="A1:{self._letters[-1]}{self.last}"/></worksheet>'

    def _head(self) -> str:
        titles = "".join(
            _text(f"{letters}1", HEAD, column.title)
            for letters, column in zip(self._letters, self._table.columns, strict=True)
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{SPREADSHEET}">'
            '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
            ' activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews>'
            f'<cols>{_widths(self._table.columns)}</cols><sheetData><row r="1">{titles}</row>'
        )

    def _row(self, number: int, row: Sequence[Any]) -> str:
        cells = self._cells
        made = [
            (cells.get(type(value)) or _cell_of(cells, value))(f"{letters}{number}", style, value)
            for letters, style, value in zip(self._letters, self._styles, row, strict=True)
        ]
        return f'<row r="{number}">{"".join(made)}</row>'


def letters_of(place: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    before, here = divmod(place, 26)
    return (letters_of(before - 1) if before else "") + chr(ord("A") + here)


def _widths(columns: Iterable[Column]) -> str:
    return "".join(
        f'<col min="{place}" max="{place}" width="{(column.width or WIDTHS.get(column.kind, 14)) + PADDING}"'
        f' style="{STYLE[column.kind]}" customWidth="1"/>'
        for place, column in enumerate(columns, start=1)
    )


def cells_at(zone: ZoneInfo) -> dict[type, Cell]:
    """How each type of value is written; times are shown on the clock of `zone`."""

    def time(place: str, style: int, value: datetime) -> str:
        here = value.astimezone(zone)
        if here.date() < FIRST_CERTAIN_DAY:
            return _text(place, style, here.replace(tzinfo=None).isoformat(" ", "seconds"))
        seconds = (here.hour * 60 + here.minute) * 60 + here.second + here.microsecond / 1_000_000
        return _number(place, style, here.toordinal() - FIRST_DAY + seconds / SECONDS_A_DAY)

    return {
        type(None): _nothing,
        str: _text,
        bool: lambda place, style, value: _number(place, style, int(value)),
        int: _number,
        float: _fraction,
        datetime: time,
        date: _day,
        timedelta: lambda place, style, value: _number(place, style, value.total_seconds() / 60),
    }


def _cell_of(cells: dict[type, Cell], value: Any) -> Cell:
    """For a relative of these types, such as a choice; anything else, such as a translated text, as words."""
    for kind in (bool, datetime, date, timedelta):
        if isinstance(value, kind):
            return cells[kind]
    for number in (int, float):
        if isinstance(value, number):
            return lambda place, style, value: cells[number](place, style, number(value))
    return _text


def _nothing(place: str, style: int, value: None) -> str:
    return ""


def _number(place: str, style: int, value: float) -> str:
    return f'<c r="{place}" s="{style}"><v>{value!r}</v></c>'


def _day(place: str, style: int, value: date) -> str:
    if value < FIRST_CERTAIN_DAY:
        return _text(place, style, value.isoformat())
    return _number(place, style, value.toordinal() - FIRST_DAY)


def _fraction(place: str, style: int, value: float) -> str:
    """What is no number has no cell: a sheet that held it would not open."""
    return _number(place, style, value) if isfinite(value) else ""


def _text(place: str, style: int, value: Any) -> str:
    text = escape(_ODD.sub(_spelled, _cut(str(value))))
    if not text:
        return ""
    # Without it, readers drop blanks at the ends.
    keep = "" if text.strip() == text else ' xml:space="preserve"'
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{keep}>{text}</t></is></c>'


def _cut(text: str) -> str:
    """As long as a cell takes; it counts an emoji as two letters."""
    if len(text) <= MOST_LETTERS // 2:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * MOST_LETTERS].decode("utf-16-le", "ignore")


def _spelled(odd: re.Match[str]) -> str:
    found = odd[0]
    if len(found) > 1:
        return f"_x005F{found}"
    # Half a character is none, in no encoding.
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= found <= "\udfff" else f"_x{ord(found):04X}_"
