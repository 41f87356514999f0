"""A list of anything as CSV: an office's own publications, tables, links and terms."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_noop as noop

from loket.base.said import Said
from loket.base.text import many_lines, one_line
from loket.library import instants
from loket.library.actions.storing import Entry, Refusal
from loket.library.importing.classifications import FileWrong
from loket.library.models import Item, Kind
from loket.offices.models import Office

COLUMNS = {
    "key": ("key", "kunci", "id"),
    "kind": ("kind", "jenis"),
    "title": ("title", "judul"),
    "summary": ("summary", "ringkasan", "abstract", "abstrak"),
    "body": ("body", "isi", "description", "deskripsi", "uraian"),
    "keywords": ("keywords", "kata_kunci"),
    "scope": ("scope", "cakupan"),
    "office": ("office", "unit", "domain"),
    "area": ("area", "wilayah"),
    "year_from": ("year_from", "tahun_awal", "year", "tahun"),
    "year_to": ("year_to", "tahun_akhir"),
    "language": ("language", "bahasa"),
    "address": ("address", "alamat", "url"),
    "code": ("code", "kode"),
    "version": ("version", "versi"),
    "parent_code": ("parent_code", "kode_induk"),
    "status": ("status",),
    "updated_at": ("updated_at", "diperbarui"),
}
# What people call the kinds in their lists.
KINDS = {
    "publikasi": Kind.PUBLICATION, "tabel": Kind.TABLE, "variabel": Kind.VARIABLE, "var": Kind.VARIABLE,
    "brs": Kind.RELEASE, "pressrelease": Kind.RELEASE, "berita": Kind.NEWS, "infografis": Kind.INFOGRAPHIC,
    "glosarium": Kind.TERM, "istilah": Kind.TERM, "glossary": Kind.TERM, "indikator": Kind.INDICATOR,
    "metadata": Kind.INDICATOR, "klasifikasi": Kind.CLASSIFICATION, "artikel": Kind.ARTICLE,
    "tautan": Kind.LINK, "layanan": Kind.LINK, "statictable": Kind.TABLE,
}  # fmt: skip
MOST_ROWS = 200_000
# So much of a wrong cell is repeated where it is refused.
MOST_SHOWN = 40


def read(path: Path, *, office: Office | None = None) -> tuple[int, Iterator[Entry | Refusal]]:
    """How many rows there are, and the rows. With `office`, items without a scope are that office's own."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise FileWrong(noop("save it as UTF-8")) from None
    return read_text(text, office=office)


def read_text(text: str, *, office: Office | None = None) -> tuple[int, Iterator[Entry | Refusal]]:
    """The same of the content of a file; comma or semicolon between the columns."""
    return read_rows(split(text), office=office)


def split(text: str) -> list[list[str]]:
    """The rows of a CSV; comma or semicolon between the columns. Refuses FileWrong."""
    lines = text.splitlines(keepends=True)
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    try:
        return list(csv.reader(lines, delimiter=separator))
    except csv.Error as error:
        raise FileWrong(noop("it is not a CSV file (%(error)s)"), error=error) from None


def read_rows(
    rows: list[list[str]], *, office: Office | None = None
) -> tuple[int, Iterator[Entry | Refusal]]:
    """The same of rows of texts, the heading first."""
    if not any(map(any, rows)):
        raise FileWrong(noop("it is empty"))
    if len(rows) > MOST_ROWS:
        raise FileWrong(noop("it has more than %(most)s rows"), most=MOST_ROWS)
    places = _places(rows[0])
    if not any(map(any, rows[1:])):
        raise FileWrong(noop("below its first line there is no row"))
    return len(rows) - 1, _entries(rows[1:], places, office)


def _places(heading: list[str]) -> dict[str, int]:
    found = [cell.strip().lower() for cell in heading]
    places = {
        name: found.index(spelling)
        for name, spellings in COLUMNS.items()
        for spelling in reversed(spellings)
        if spelling in found
    }
    missing = [name for name in ("key", "kind", "title") if name not in places]
    if missing:
        names = ", ".join(missing)
        raise FileWrong(noop("the columns %(names)s are missing in its first line"), names=names)
    return places


def _entries(
    rows: list[list[str]], places: dict[str, int], office: Office | None
) -> Iterator[Entry | Refusal]:
    offices = {each.code: each for each in Office.objects.order_by("code")}
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        if not any(cells.values()):
            continue
        try:
            entry = _entry(cells, office, offices)
            if entry.key in seen:
                raise RowWrong(noop("the key %(key)s is there twice"), key=entry.key)
        except RowWrong as wrong:
            yield Refusal(str(number), str(wrong), wrong.said, wrong.values)
            continue
        seen.add(entry.key)
        yield entry


class RowWrong(Said):
    """One row cannot become an item; the text says why."""


def _entry(cells: dict[str, str], office: Office | None, offices: dict[str, Office]) -> Entry:
    title, key = one_line(cells["title"]), one_line(cells["key"])
    if not key or not title:
        raise RowWrong(noop("a key and a title are needed"))
    if len(key) > 120 or len(title) > 500:
        raise RowWrong(noop("the key may have 120 characters and the title 500"))
    scope, owner = _scope(cells, office, offices)
    first, last = _year(cells, "year_from"), _year(cells, "year_to")
    if first and last and first > last:
        raise RowWrong(
            noop("the years %(first)s to %(last)s are the wrong way round"), first=first, last=last
        )
    code = cells.get("code", "")
    return Entry(
        key=key,
        kind=_kind(cells["kind"]),
        title=title,
        summary=many_lines(cells.get("summary", "")),
        body=many_lines(cells.get("body", "")),
        keywords=one_line(cells.get("keywords", "")),
        scope=scope,
        office_id=owner.pk if owner else None,
        area=one_line(cells.get("area", ""))[:120],
        year_from=first or last,
        year_to=last or first,
        language=_language(cells.get("language", "")),
        address=_address(cells.get("address", "")),
        code=code[:20],
        version=cells.get("version", "")[:20],
        level=len(code) if len(code) <= 20 else 0,
        parent_code=cells.get("parent_code", "")[:20],
        status=_status(cells.get("status", "")),
        updated_at=_instant(cells.get("updated_at", "")),
    )


def _kind(text: str) -> str:
    word = text.lower().replace(" ", "")
    kind = KINDS.get(word, word)
    if kind not in Kind.values:
        raise RowWrong(
            noop("the kind %(kind)s is not one of %(known)s"), kind=text, known=", ".join(Kind.values)
        )
    return str(kind)


def _scope(
    cells: dict[str, str], office: Office | None, offices: dict[str, Office]
) -> tuple[str, Office | None]:
    named = cells.get("office", "")
    owner = offices.get(named) if named else office
    if named and owner is None:
        raise RowWrong(noop("there is no office %(code)s"), code=named)
    scope = cells.get("scope", "").lower() or (Item.Scope.OFFICE if owner else Item.Scope.NATION)
    scope = {"nasional": "nation", "provinsi": "province", "kantor": "office", "national": "nation"}.get(
        scope, scope
    )
    if scope not in Item.Scope.values:
        known = ", ".join(Item.Scope.values)
        raise RowWrong(noop("the scope %(scope)s is not one of %(known)s"), scope=scope, known=known)
    if scope == Item.Scope.NATION:
        return scope, None
    if owner is None:
        raise RowWrong(noop("the scope %(scope)s needs an office"), scope=scope)
    return scope, owner.parent if scope == Item.Scope.PROVINCE and not named and owner.parent else owner


def _year(cells: dict[str, str], name: str) -> int | None:
    text = cells.get(name, "")
    if not text:
        return None
    # The length first: a number of thousands of digits is none for Python either.
    is_number = len(text) == 4 and text.isascii() and text.isdecimal()
    if not is_number or not instants.FIRST_YEAR <= int(text) <= instants.LAST_YEAR:
        raise RowWrong(noop("%(text)s is not a year"), text=_short(text))
    return int(text)


def _language(text: str) -> str:
    language = {"": "id", "ind": "id", "eng": "en"}.get(text.lower(), text.lower())
    if language not in ("id", "en"):
        raise RowWrong(noop("the language %(text)s is not id or en"), text=text)
    return language


def _address(text: str) -> str:
    # Shown as a link: nothing but the web may stand there.
    if text and not text.lower().startswith(("https://", "http://")):
        raise RowWrong(noop("the address has to begin with https:// or http://"))
    if len(text) > 1000 or any(sign.isspace() for sign in text):
        raise RowWrong(noop("the address has more than 1,000 characters or contains spaces"))
    return text


def _status(text: str) -> str:
    status = text.lower() or Item.Status.PUBLISHED
    if status not in Item.Status.values:
        known = ", ".join(Item.Status.values)
        raise RowWrong(noop("the status %(text)s is not one of %(known)s"), text=text, known=known)
    return str(status)


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return instants.read(text)
    except ValueError:
        raise RowWrong(noop("%(text)s is not a date such as 2026-01-05"), text=_short(text)) from None


def _short(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
