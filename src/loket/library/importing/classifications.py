"""KBLI 2020, KBLI 2025 and KBJI 2014 as people pass them around: JSON, or CSV without a heading."""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as noop

from loket.base.said import Said
from loket.base.text import one_line
from loket.library.actions.storing import Entry, Refusal
from loket.library.markup import plain
from loket.library.models import Kind

VERSIONS = {"kbli2020": "KBLI 2020", "kbli2025": "KBLI 2025", "kbji2014": "KBJI 2014"}
LONGEST_CODE = {"kbli2020": 5, "kbli2025": 5, "kbji2014": 6}
# KBJI has no five-character level.
PARENT_LEVEL = {6: 4, 5: 4, 4: 3, 3: 2, 2: 1}


class FileWrong(Said):
    """The whole file is not what it is said to be; the text says what was expected."""


def read_json(path: Path, *, source: str) -> tuple[int, Iterator[Entry | Refusal]]:
    """How many rows there are, and the rows, of a list of objects with code, title and desc(ription)."""
    try:
        # No column is a number; as a whole one, thousands of digits would refuse the file with their row.
        rows = json.loads(path.read_text("utf-8-sig"), parse_int=float)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FileWrong(noop("it is not JSON in UTF-8 (%(error)s)"), error=error) from None
    if not isinstance(rows, list):
        raise FileWrong(noop("a JSON list of objects with code, title and description is expected"))
    if not rows:
        raise FileWrong(noop("it is empty"))
    return len(rows), _entries(_objects(rows), source)


def read_csv(path: Path, *, source: str) -> tuple[int, Iterator[Entry | Refusal]]:
    """The same of a CSV with the columns group, code, title, description; a heading may be there."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(enumerate(csv.reader(lines), start=1))
    except (csv.Error, UnicodeDecodeError) as error:
        raise FileWrong(noop("it is not CSV in UTF-8 (%(error)s)"), error=error) from None
    rows = [(number, row) for number, row in rows if row and not _is_heading(number, row)]
    if not rows:
        raise FileWrong(noop("it is empty"))
    return len(rows), _entries(_columns(rows), source)


def _is_heading(number: int, row: list[str]) -> bool:
    return number == 1 and "code" in [cell.strip().lower() for cell in row]


Row = tuple[str, str, str, str]


def _objects(rows: list[Any]) -> Iterator[tuple[int, Row | str]]:
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            yield number, "an object with code, title and description is expected"
            continue
        description = row.get("description", row.get("desc", row.get("uraian", "")))
        texts = [row.get("code", row.get("kode")), row.get("title", row.get("judul")), description]
        if not all(_is_text(value) for value in texts):
            yield number, "code, title and description have to be texts"
            continue
        yield number, ("", *texts)


def _is_text(value: Any) -> bool:
    """JSON can hold halves of letters, which nothing can store."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _columns(rows: list[tuple[int, list[str]]]) -> Iterator[tuple[int, Row | str]]:
    for number, row in rows:
        if len(row) != 4:
            yield number, f"four columns (group, code, title, description) are expected, {len(row)} are there"
            continue
        yield number, tuple(row)


def _entries(rows: Iterable[tuple[int, Row | str]], source: str) -> Iterator[Entry | Refusal]:
    seen: set[str] = set()
    for number, row in rows:
        if isinstance(row, str):
            yield Refusal(str(number), row)
            continue
        code, title = row[1].strip().upper(), one_line(plain(row[2]))
        reason = _wrong(code, title, seen, source)
        if reason:
            yield Refusal(str(number), reason)
            continue
        seen.add(code)
        yield _entry(code, title, plain(row[3]), source)


def _wrong(code: str, title: str, seen: set[str], source: str) -> str:
    most = LONGEST_CODE[source]
    section = len(code) == 1 and code.isalpha() and source != "kbji2014"
    if not section and not (code.isascii() and code.isdecimal() and 1 <= len(code) <= most):
        return f"the code {code!r} is not one of 1 to {most} digits"
    if code in seen:
        return f"the code {code} is there twice"
    if not title:
        return f"the code {code} has no title"
    return ""


def _entry(code: str, title: str, description: str, source: str) -> Entry:
    return Entry(
        key=code,
        kind=Kind.CLASSIFICATION,
        title=title[:500],
        body=description,
        code=code,
        version=VERSIONS[source],
        level=len(code),
        parent_code=_parent(code, source),
    )


def _parent(code: str, source: str) -> str:
    # The sections of KBLI are letters, which the codes below them do not begin with.
    if len(code) == 1 or (len(code) == 2 and source != "kbji2014"):
        return ""
    return code[: PARENT_LEVEL[len(code)]]
