"""XLSX workbooks: typed cells, nothing evaluates, a header that stays, filters; however many rows,
the memory is that of one row (XlsxWriter's constant memory)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import IO, Any
from zoneinfo import ZoneInfo

from loket.base.exports.columns import Column, Kind, Table

MOST_ROWS = 1_048_575
MOST_LETTERS = 32_767
# Characters that a sheet's name may not have.
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORMATS: dict[Kind, str] = {
    "text": "@",
    "whole": "#,##0",
    "number": "#,##0.00",
    "percent": '0.0" %"',
    "minutes": "0.0",
    "day": "dd/mm/yyyy",
    "time": "dd/mm/yyyy hh:mm:ss",
    "yes_no": "0",
}
WIDTHS: dict[Kind, int] = {"text": 24, "day": 12, "time": 20}


class TooManyRows(Exception):
    """A sheet ends after a million rows; take a shorter period, or CSV."""


def write(target: IO[bytes] | str, tables: Iterable[Table], *, title: str, zone: ZoneInfo) -> None:
    """One sheet for each table. Times are shown on the clock of `zone`, for cells know no zones.

    Refuses TooManyRows.
    """
    from xlsxwriter import Workbook  # costs the start 10 MB that only exports need

    with Workbook(target, OPTIONS) as book:
        book.set_properties({"title": title, "company": "Loket"})
        formats = {
            kind: book.add_format({"num_format": code, "valign": "top"}) for kind, code in FORMATS.items()
        }
        wrapped = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EFF5"}
        head = book.add_format(wrapped)
        for table in tables:
            _sheet(book, table, formats, head, zone)


def _sheet(book, table: Table, formats: dict, head, zone: ZoneInfo) -> None:
    sheet = book.add_worksheet(_NOT_IN_NAMES.sub(" ", table.name)[:31])
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width or WIDTHS.get(column.kind, 14), formats[column.kind])
        sheet.write_string(0, place, column.title[:MOST_LETTERS], head)
    number = 0
    for number, row in enumerate(table.rows, start=1):
        if number > MOST_ROWS:
            raise TooManyRows(table.name)
        _row(sheet, number, row, table.columns, formats, zone)
    sheet.autofilter(0, 0, number, len(table.columns) - 1)


def _row(
    sheet, number: int, row: Sequence[Any], columns: Sequence[Column], formats: dict, zone: ZoneInfo
) -> None:
    for place, (column, value) in enumerate(zip(columns, row, strict=True)):
        if value is None or value == "":
            continue
        style = formats[column.kind]
        if isinstance(value, datetime):
            sheet.write_datetime(number, place, value.astimezone(zone).replace(tzinfo=None), style)
        elif isinstance(value, date):
            sheet.write_datetime(number, place, value, style)
        elif isinstance(value, timedelta):
            sheet.write_number(number, place, value.total_seconds() / 60, style)
        elif isinstance(value, int | float):
            sheet.write_number(number, place, value, style)
        else:
            sheet.write_string(number, place, str(value)[:MOST_LETTERS], style)
