"""What may already answer a question that somebody writes in whole sentences."""

from collections.abc import Set

from loket.library.hits import Hit
from loket.library.language.common import STOP, WEAK
from loket.library.language.stems import stem
from loket.library.language.tokens import words_of
from loket.library.searching import Results

# How much of a title the question has to say, and at least how many of its words.
LEAST_SHARE, LEAST_WORDS = 0.6, 2


def fitting(found: Results, words: str) -> list[Hit]:
    """The hits to show beside the question: all of them when the first is sure.

    Else those whose title the question says, because a sentence has many words that are of no title: most of
    the telling ones, and two at least. Names of areas do not count.
    """
    if found.confident:
        return found.hits
    said = _stems(words)
    return [hit for hit in found.hits if _is_said(hit, said)]


def _is_said(hit: Hit, said: Set[str]) -> bool:
    telling = _stems(hit.title) - _stems(hit.area)
    met = len(telling & said)
    return met >= LEAST_WORDS and met >= LEAST_SHARE * len(telling)


def _stems(text: str) -> Set[str]:
    """Of the words that tell something."""
    return {stem(word) for word in words_of(text) if word not in STOP and word not in WEAK} - WEAK
