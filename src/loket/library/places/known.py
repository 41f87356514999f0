"""The areas that are known here: those that came with the program, and those of an imported list."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from loket.library.language.tokens import words_of
from loket.library.models import Area
from loket.library.places.names import QUALIFIERS, key_of

# Counts up with every import that changed something.
TOPIC = "library:areas"
LONGEST_NAME = 4
# Of one name: the regency and the city, at most a namesake in another province.
MOST_NAMESAKES = 4


@dataclass(frozen=True)
class Place:
    """An area with its official name, such as "Kota Probolinggo"."""

    code: str
    name: str
    level: str
    parent_code: str

    @property
    def key(self) -> str:
        return key_of(self.name)

    @property
    def bare(self) -> tuple[str, ...]:
        """The words of its name without what kind of area it is."""
        words = words_of(self.name)
        return tuple(words[1:] if len(words) > 1 and words[0] in QUALIFIERS else words)


@dataclass(frozen=True)
class Named:
    """Areas that a question names, and the words that name them; several where the name is of several."""

    places: tuple[Place, ...] = ()
    words: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(place.key for place in self.places)

    @property
    def provinces(self) -> frozenset[str]:
        """Codes of what lies around them."""
        return frozenset(place.parent_code for place in self.places if place.parent_code)


def shipped() -> list[Place]:
    file = resources.files(__package__).joinpath("areas.csv")
    rows = csv.DictReader(file.read_text("utf-8").splitlines())
    return [Place(row["code"], row["name"], row["level"], row["parent"]) for row in rows]


@dataclass(frozen=True)
class Register:
    """The areas by their code, and by the words of their bare name."""

    by_code: dict[str, Place]
    by_name: dict[tuple[str, ...], list[Place]]
    # Of which imports it knows.
    version: int | None


_register: Register | None = None
_version: int | None = None


def register() -> Register:
    """All areas; an imported one replaces the shipped one of its code."""
    global _register
    found = _register
    if found is None or found.version != _version:
        found = _register = look()
    return found


def follow(version: int | None) -> None:
    """Look again with the next question when this is another version of the topic than the one known."""
    global _version
    _version = version


def forget() -> None:
    """Look again with the next question."""
    global _register
    _register = None


def look() -> Register:
    """All areas as they are in this moment."""
    # The version first: whatever is imported from here on is looked up again.
    version = _version
    rows = Area.objects.order_by("code").values_list("code", "name", "level", "parent_code")
    by_code = {place.code: place for place in (*_shipped(), *(Place(*row) for row in rows))}
    by_name: dict[tuple[str, ...], list[Place]] = {}
    for place in by_code.values():
        by_name.setdefault(place.bare, []).append(place)
    return Register(by_code, by_name, version)


_shipped = cache(shipped)


def name_of(code: str) -> str:
    """The name of the area with this code; "" when it is not known."""
    place = register().by_code.get(code)
    return place.name if place else ""


def named_in(words: Sequence[str], *, is_usual: Callable[[str], bool]) -> Named:
    """The area that the words name, the longest name first.

    A name that is a usual word as well (Batu, Padang) is one only after "kota", "kabupaten" or "provinsi".
    """
    names = register().by_name
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            found = _at(words, start, length, names, is_usual)
            if found.places:
                return found
    return Named()


def _at(
    words: Sequence[str],
    start: int,
    length: int,
    names: dict[tuple[str, ...], list[Place]],
    is_usual: Callable[[str], bool],
) -> Named:
    bare = tuple(words[start : start + length])
    found = names.get(bare, [])
    before = words[start - 1] if start else ""
    if found and before in QUALIFIERS:
        exact = [place for place in found if place.key == key_of(" ".join((before, *bare)))]
        if exact:
            return Named(tuple(exact), frozenset((before, *bare)))
    if not found or (length == 1 and is_usual(bare[0])):
        return Named()
    return Named(tuple(found[:MOST_NAMESAKES]), frozenset(bare))
