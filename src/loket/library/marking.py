"""Which words of a text were looked for, as pieces that a template can mark."""

import re
from collections.abc import Set
from typing import NamedTuple

from loket.library.language.stems import stem
from loket.library.language.tokens import words_of

_PIECE = re.compile(r"[^\W_]+")
EXCERPT_SIGNS = 220


class Segment(NamedTuple):
    """A piece of the text as it is (to be escaped), and whether it is marked."""

    text: str
    marked: bool


def mark(text: str, stems: Set[str]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    end = 0
    for found in _PIECE.finditer(text):
        if not _meant(found[0], stems):
            continue
        if found.start() > end:
            segments.append(Segment(text[end : found.start()], False))
        segments.append(Segment(found[0], True))
        end = found.end()
    if end < len(text):
        segments.append(Segment(text[end:], False))
    return tuple(segments)


def _meant(piece: str, stems: Set[str]) -> bool:
    if piece.isascii():
        return stem(piece.lower()) in stems
    return any(stem(word) in stems for word in words_of(piece))


def excerpt(text: str, stems: Set[str]) -> str:
    """The part of a longer text where the words stand."""
    text = " ".join(text.split())
    if len(text) <= EXCERPT_SIGNS:
        return text
    start = 0
    for found in _PIECE.finditer(text, 0, 4000):
        if _meant(found[0], stems):
            start = max(0, found.start() - EXCERPT_SIGNS // 3)
            break
    if start:
        start = text.find(" ", start) + 1
    piece = text[start : start + EXCERPT_SIGNS]
    if start + EXCERPT_SIGNS < len(text):
        piece = piece.rsplit(" ", 1)[0] + " …"
    return ("… " if start else "") + piece
