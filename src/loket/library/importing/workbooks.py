"""A list as people keep it: CSV or the first sheet of a workbook, from what a browser sent."""

import io
import zipfile
from datetime import date, datetime
from itertools import islice

from django.utils.translation import gettext_noop as noop

from loket.library.importing import lists
from loket.library.importing.classifications import FileWrong

LARGEST = 5_000_000
# A workbook is a zip: a small one may unfold into gigabytes.
LARGEST_UNFOLDED = 60_000_000
MOST_COLUMNS = 40


def rows_of(content: bytes) -> list[list[str]]:
    """The rows as texts, the heading first. Refuses FileWrong."""
    if len(content) > LARGEST:
        raise FileWrong(noop("it is larger than %(megabytes)s MB"), megabytes=LARGEST // 1_000_000)
    return _workbook(content) if content[:4] == b"PK\x03\x04" else _csv(content)


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileWrong(noop("save it as UTF-8")) from None
    if "\0" in text:
        raise FileWrong(noop("it is neither CSV nor a workbook (.xlsx)"))
    return lists.split(text)


def _workbook(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook  # takes a while to load; only imports need it

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNFOLDED:
                raise FileWrong(noop("it unfolds into too much; save only the list"))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)
        return [[_text(cell) for cell in row] for row in islice(rows, lists.MOST_ROWS + 2)]
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise FileWrong(
            noop("it cannot be read as a workbook (%(error)s)"), error=type(error).__name__
        ) from None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)
