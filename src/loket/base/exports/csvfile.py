"""CSV that spreadsheets open without evaluating anything, in UTF-8 with its mark, comma and dot.

Texts are quoted and numbers are not, so a reader can tell `-5` the number from `-5` the text. A text
that a spreadsheet would take for a formula gets an apostrophe before it, as spreadsheets themselves
mark a text; a telephone number or a signed number is none and stays as it is.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from loket.base.exports.columns import Column, Table, plain

MARK = "\ufeff"
ROWS_A_PART = 500
_SUSPECT = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# No second operator: +62-812 would be worked out as a difference.
_HARMLESS = re.compile(r"[+-]\d+(?:[.,]\d+)?(?: \d+)*")


def guarded(text: str) -> str:
    """The text as it may stand in a cell."""
    first = text.lstrip(" \u00a0")
    if first.startswith(_SUSPECT) and not _HARMLESS.fullmatch(text):
        return f"'{text}"
    return text


def write(table: Table) -> Iterator[bytes]:
    """The file in parts, for a response that streams."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    buffer.write(MARK)
    writer.writerow([guarded(column.key) for column in table.columns])
    for number, row in enumerate(table.rows, start=1):
        writer.writerow([cell(*pair) for pair in zip(table.columns, row, strict=True)])
        if number % ROWS_A_PART == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def cell(column: Column, value: Any) -> Any:
    value = plain(column.kind, value)
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else value


def _taken(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return content
