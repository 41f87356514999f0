"""Reading an office file table by table, so that each refusal can say where and what is expected."""

from collections.abc import Mapping
from typing import Any


class FieldWrong(Exception):
    """A field cannot be taken over; `field` is its place in the file, `expected` what belongs there."""

    def __init__(self, field: str, expected: str):
        super().__init__(f"{field}: {expected}")
        self.field = field
        self.expected = expected


class Table:
    """One table of the file; `done` refuses names that nobody asked for."""

    def __init__(self, where: str, values: Any):
        if not isinstance(values, Mapping):
            raise FieldWrong(where, "a table of names and values")
        self.where = where
        self.values = values
        self.asked: set[str] = set()

    def at(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    def given(self, name: str) -> bool:
        return name in self.values

    def raw(self, name: str) -> Any:
        self.asked.add(name)
        return self.values.get(name)

    def text(self, name: str, *, most: int = 300, optional: bool = False) -> str:
        value = self.raw(name)
        if optional and (value is None or value == ""):
            return ""
        return check_text(self.at(name), value, most)

    def texts(self, name: str, *, most: int = 600) -> list[str]:
        value = self.raw(name)
        if not isinstance(value, list) or not value:
            raise FieldWrong(self.at(name), "a list of texts, at least one")
        return [check_text(f"{self.at(name)}[{n}]", each, most) for n, each in enumerate(value, start=1)]

    def number(self, name: str, *, least: int, most: int, default: int | None = None) -> int:
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise FieldWrong(self.at(name), f"a whole number from {least} to {most}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.raw(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise FieldWrong(self.at(name), "true or false")
        return value

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        value = self.raw(name)
        if value not in known:
            raise FieldWrong(self.at(name), f"one of {', '.join(known)}")
        return value

    def table(self, name: str) -> "Table":
        return Table(self.at(name), self.raw(name))

    def tables(self, name: str, *, least: int = 1) -> list["Table"]:
        value = self.raw(name)
        entries = [] if value is None else value
        if not isinstance(entries, list) or len(entries) < least:
            raise FieldWrong(self.at(name), f"at least {least}, each under its own [[{self.at(name)}]]")
        return [Table(f"{self.at(name)}[{n}]", each) for n, each in enumerate(entries, start=1)]

    def done(self) -> None:
        """A name that is not known is a typing mistake that would otherwise be ignored."""
        for name in self.values:
            if name not in self.asked:
                raise FieldWrong(self.at(name), f"one of {', '.join(sorted(self.asked))}")


def check_text(where: str, value: Any, most: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise FieldWrong(where, "a text that is not empty")
    if len(value) > most or not value.isprintable():
        raise FieldWrong(where, f"one line of at most {most} printable characters")
    return value.strip()


def line_of(source: str, field: str) -> int:
    """The line of a TOML text where `field` (`services[2].letter`) stands; else of what encloses it."""
    lines = _places(source)
    place = field
    while place:
        if place in lines:
            return lines[place]
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return 1


def _places(source: str) -> dict[str, int]:
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    header = ""
    for number, line in enumerate(source.splitlines(), start=1):
        line = line.strip()
        if line.startswith("[[") and "]]" in line:
            name = line[2 : line.index("]]")].strip()
            counts[name] = counts.get(name, 0) + 1
            header = f"{name}[{counts[name]}]"
            found.setdefault(name, number)
            found.setdefault(header, number)
        elif line.startswith("[") and "]" in line:
            header = line[1 : line.index("]")].strip()
            found.setdefault(header, number)
        elif "=" in line and line[:1] not in "#\"'{":
            name = line.partition("=")[0].strip()
            found.setdefault(f"{header}.{name}" if header else name, number)
    return found
