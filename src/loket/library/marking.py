"""Which words of a text were looked for, as pieces that a template can mark."""

import re
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from loket.library.language.stems import stem
from loket.library.language.tokens import words_of

_PIECE = re.compile(r"[^\W_]+")
_FOREIGN = r"(?![\x00-\x7f])[^\W_]"
EXCERPT_SIGNS, LOOKED_THROUGH = 220, 4000
SHORTEST_CHANGED = 3


class Segment(NamedTuple):
    """A piece of the text as it is (to be escaped), and whether it is marked."""

    text: str
    marked: bool


def mark(text: str, stems: Set[str]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    end = 0
    for found in _meant(text, frozenset(stems)):
        if found.start() > end:
            segments.append(Segment(text[end : found.start()], False))
        segments.append(Segment(found[0], True))
        end = found.end()
    if end < len(text):
        segments.append(Segment(text[end:], False))
    return tuple(segments)


def excerpt(text: str, stems: Set[str]) -> str:
    """The part of a longer text where the words stand."""
    text = " ".join(text.split())
    if len(text) <= EXCERPT_SIGNS:
        return text
    first = next(_meant(text[:LOOKED_THROUGH], frozenset(stems)), None)
    start = max(0, first.start() - EXCERPT_SIGNS // 3) if first else 0
    if start:
        start = text.find(" ", start) + 1
    piece = text[start : start + EXCERPT_SIGNS]
    if start + EXCERPT_SIGNS < len(text):
        piece = piece.rsplit(" ", 1)[0] + " …"
    return ("… " if start else "") + piece


def _meant(text: str, stems: frozenset[str]) -> Iterator[re.Match[str]]:
    """The words of a text that have one of the stems."""
    end = 0
    for sought in _sought(stems).finditer(text):
        start = sought.start()
        if start < end:
            continue
        # From the letters that were found back to where their word begins.
        while start and text[start - 1].isalnum():
            start -= 1
        found = _PIECE.match(text, start)
        if found is None:
            continue
        end = found.end()
        if not stems.isdisjoint(_stems(found[0])):
            yield found


@lru_cache(500)
def _sought(stems: frozenset[str]) -> re.Pattern[str]:
    """What any word with one of the stems has in it: only a stem's first letter changes, as in menyapu.

    A word with other letters than a to z may be any of them.
    """
    ends = sorted(each[1:] if len(each) > SHORTEST_CHANGED else each for each in stems)
    return re.compile("|".join([*map(re.escape, ends), _FOREIGN]) if ends else r"(?!)", re.I)


@lru_cache(10_000)
def _stems(piece: str) -> tuple[str, ...]:
    return tuple(map(stem, words_of(piece)))
