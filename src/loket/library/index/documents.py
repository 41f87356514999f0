"""An item as the index holds it: what is searched, and what ranking wants to know of a candidate."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from loket.library.language.common import STOP, WEAK
from loket.library.language.stems import stem
from loket.library.language.tokens import words_of
from loket.library.models import Item, Kind
from loket.library.places.names import key_of

# Descriptions of classifications also say what is *not* meant; that must not be found.
_EXCLUDES = re.compile(r"tidak (?:mencakup|termasuk|meliputi)|dikecualikan|not included|excludes", re.I)
_INCLUDES = re.compile(r"mencakup|termasuk|meliputi", re.I)
_SENTENCE = re.compile(r"(?<=[.;:])\s+|\n+")
# More of a body than this says nothing new about what it is for.
MOST_BODY_SIGNS = 6000
MOST_BODY_STEMS = 220
HEAD_SIGNS = 260
# How often a word counts in the first, rough ranking, by where it stands.
IN_TITLE, IN_HEAD = 3, 2


@dataclass(frozen=True)
class Parts:
    """Stems of an item by where they stand, and the words of its title as written."""

    words: list[str]
    title: list[str]
    head: list[str]
    body: list[str]


def parts_of(item: Item) -> Parts:
    words = words_of(item.title)
    text = item.summary or item.body
    if item.kind == Kind.CLASSIFICATION:
        text = without_exclusions(text)
    rest = item.body if item.summary else ""
    head = f"{item.keywords} {item.area} {text[:HEAD_SIGNS]}"
    body = f"{text[HEAD_SIGNS:MOST_BODY_SIGNS]} {rest[:MOST_BODY_SIGNS]}"
    return Parts(
        words=words,
        title=[stem(word) for word in words],
        head=[stem(word) for word in words_of(head)],
        body=[stem(word) for word in words_of(body)],
    )


def without_exclusions(text: str) -> str:
    """The text without the sentences, and the lists after them, that say what is not meant."""
    kept, leaving_out = [], False
    for sentence in _SENTENCE.split(text):
        if _EXCLUDES.search(sentence):
            leaving_out = sentence.rstrip().endswith(":")
            before = _EXCLUDES.split(sentence)[0]
            if len(before) > 60:
                kept.append(before)
        elif leaving_out and (
            sentence.lstrip().startswith(("-", "–", "•")) or not _INCLUDES.search(sentence)
        ):
            continue
        else:
            leaving_out = False
            kept.append(sentence)
    return " ".join(kept)


def searched(parts: Parts) -> str:
    """All stems, those of the title counted more often."""
    return " ".join([*parts.title * IN_TITLE, *parts.head * IN_HEAD, *parts.body])


def spelled(item: Item, parts: Parts) -> str:
    """The words as written, for repairing typing errors and for completing a word."""
    return " ".join(
        dict.fromkeys([*parts.words, *words_of(f"{item.keywords} {item.summary} {item.body}"[:3000])])
    )


class Candidate(NamedTuple):
    """What ranking reads of a document, in the order it is written down."""

    item_id: int
    kind: str
    code: str
    version: str
    level: int
    scope: str
    office_id: int
    year_from: int
    year_to: int
    # The key of its area (places.names); "" for none.
    area: str
    # The words of the title and their stems; which of the stems tell something; all as people read them.
    words: str
    title: frozenset[str]
    telling: frozenset[str]
    # Stems that stand elsewhere. Texts between blanks, not sets: most of their words are never looked at.
    head: str
    body: str


def written(item: Item, parts: Parts) -> str:
    title = set(parts.title)
    head = dict.fromkeys(each for each in parts.head if each not in title)
    body = dict.fromkeys(each for each in parts.body if each not in title and each not in head)
    telling = [stem for word, stem in zip(parts.words, parts.title, strict=True) if tells(word)]
    fields = (
        item.pk, item.kind, item.code, item.version, item.level, item.scope, item.office_id or 0,
        item.year_from or 0, item.year_to or 0, key_of(item.area), f" {' '.join(parts.words)} ",
        " ".join(parts.title), " ".join(telling), f" {' '.join(head)} ",
        f" {' '.join(list(body)[:MOST_BODY_STEMS])} ",
    )  # fmt: skip
    return "\t".join(str(each).replace("\t", " ") for each in fields)


def tells(word: str) -> bool:
    """Whether a word of a title says something of its own."""
    return word not in STOP and word not in WEAK and len(word) > 1


def read(text: str) -> Candidate:
    pk, kind, code, version, level, scope, office, first, last, area, words, title, telling, head, body = (
        text.split("\t")
    )
    return Candidate(
        int(pk), kind, code, version, int(level), scope, int(office), int(first), int(last), area,
        words, frozenset(title.split()), frozenset(telling.split()), head, body,
    )  # fmt: skip
