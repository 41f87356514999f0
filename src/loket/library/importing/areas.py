"""A list of areas as offices have it: code, name, and what can be told from the code where it is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loket.base.text import one_line
from loket.library.actions.storing import Refusal
from loket.library.importing import lists
from loket.library.importing.classifications import FileWrong
from loket.library.models import Area
from loket.library.places.names import QUALIFIERS

COLUMNS = {
    "code": ("code", "kode", "kode_bps"),
    "name": ("name", "nama", "nama_bps"),
    "level": ("level", "tingkat"),
    "parent": ("parent", "induk", "kode_induk"),
}
LEVELS = {
    "province": Area.Level.PROVINCE, "provinsi": Area.Level.PROVINCE, "regency": Area.Level.REGENCY,
    "kabupaten": Area.Level.REGENCY, "city": Area.Level.CITY, "kota": Area.Level.CITY,
    "district": Area.Level.DISTRICT, "kecamatan": Area.Level.DISTRICT, "village": Area.Level.VILLAGE,
    "desa": Area.Level.VILLAGE, "kelurahan": Area.Level.VILLAGE,
}  # fmt: skip
BY_LENGTH = {2: Area.Level.PROVINCE, 7: Area.Level.DISTRICT, 10: Area.Level.VILLAGE}
PREFIX = {Area.Level.CITY: "Kota", Area.Level.REGENCY: "Kabupaten"}
PARENT = {4: 2, 7: 4, 10: 7}


@dataclass(frozen=True)
class AreaRow:
    code: str
    name: str
    level: str
    parent_code: str
    # Where it stands in its file.
    row: str = field(default="", compare=False)


def read(path: Path) -> tuple[int, Iterator[AreaRow | Refusal]]:
    """How many rows there are, and the rows, of a CSV with code and name. Refuses FileWrong."""
    try:
        rows = lists.split(path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        raise FileWrong("save it as UTF-8") from None
    heading = [cell.strip().lower() for cell in rows[0]] if rows else []
    places = {
        name: heading.index(spelling)
        for name, spellings in COLUMNS.items()
        for spelling in reversed(spellings)
        if spelling in heading
    }
    if missing := [name for name in ("code", "name") if name not in places]:
        raise FileWrong("the columns %(names)s are missing in its first line", names=", ".join(missing))
    if not any(map(any, rows[1:])):
        raise FileWrong("below its first line there is no row")
    return len(rows) - 1, _areas(rows[1:], places)


def _areas(rows: Sequence[Sequence[str]], places: dict[str, int]) -> Iterator[AreaRow | Refusal]:
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        code, level = cells["code"], _level(cells["code"], cells.get("level", ""))
        name = _name(cells["name"], level)
        reason = _wrong(code, name, level, seen)
        if reason:
            yield Refusal(str(number), reason)
            continue
        seen.add(code)
        parent = cells.get("parent", "")[:10] or code[: PARENT.get(len(code), 0)]
        yield AreaRow(code, name, level, parent, str(number))


def _wrong(code: str, name: str, level: str, seen: set[str]) -> str:
    if not code.isascii() or not code.isdecimal() or len(code) > 10:
        return f"the code {code!r} is not one of 1 to 10 digits"
    if code in seen:
        return f"the code {code} is there twice"
    if not name or len(name) > 120:
        return f"the code {code} needs a name of at most 120 signs"
    if not level:
        return f"the level of {code} is not one of {', '.join(Area.Level.values)}"
    return ""


def _level(code: str, said: str) -> str:
    """As the list says it; otherwise by the length of the code, where cities have a 7 in the third place."""
    if said:
        return LEVELS.get(said.lower(), "")
    if len(code) == 4:
        return Area.Level.CITY if code[2] == "7" else Area.Level.REGENCY
    return BY_LENGTH.get(len(code), "")


def _name(text: str, level: str) -> str:
    """ "PROBOLINGGO", a city, is Kota Probolinggo; "B A T A M" is Batam."""
    words = one_line(text).split()
    if len(words) > 2 and all(len(word) == 1 for word in words):
        words = ["".join(words)]
    if text.isupper():
        words = [word.capitalize() for word in words]
    prefix = PREFIX.get(Area.Level(level)) if level else None
    if prefix and words:
        if words[0].lower().rstrip(".") in QUALIFIERS and len(words) > 1:
            words = words[1:]
        words = [prefix, *words]
    return " ".join(words)
