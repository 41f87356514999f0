"""What somebody typed, understood: codes, years, and for each idea the words that would answer it."""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from loket.library.language import spoken
from loket.library.language.common import (
    FIGURE,
    FRAMES,
    GREETINGS,
    LESSON,
    NAMED,
    STOP,
    TALK,
    TAUGHT,
    UNITS,
    WEAK,
)
from loket.library.language.stems import is_word, stem
from loket.library.language.thesaurus import LONGEST_TERM, Stems, Thesaurus
from loket.library.language.tokens import words_of

# What is typed beyond these is left out: nobody asks with so many words.
MOST_SIGNS, MOST_WORDS = 400, 16
# Among shorter words too many are near to each other.
SHORTEST_REPAIRED = 5
# From here on one wrong letter leaves hardly a doubt which word was meant.
SURELY_REPAIRED = 7
ORIGINAL, SYNONYM, REPAIRED, COMPLETED = 1.0, 0.9, 0.8, 0.75
WEAK_WEIGHT, FRAME_WEIGHT = 0.25, 0.6
_VERSION = re.compile(r"\b(kbli|kbji)[\s-]?(2009|2015|2017|2020|2025|2014|2002)\b", re.I)
# "24 jam", "3 kg": neither a code nor something to look for.
_QUANTITY = re.compile(rf"\b\d{{1,3}}\s*(?:{'|'.join(sorted(UNITS))})\b", re.I)
FIRST_YEAR, LAST_YEAR = 1945, 2049


@dataclass(frozen=True)
class Alternative:
    """Stems that together say it, and how sure it is that they were meant."""

    stems: Stems
    weight: float
    words: tuple[str, ...] = ()

    @cached_property
    def sought(self) -> list[tuple[str, str]]:
        """Each stem, and as it stands in a text of stems."""
        return [(each, f" {each} ") for each in self.stems]


@dataclass
class Slot:
    """One idea of the question and all ways to say it, the typed one first."""

    alternatives: list[Alternative]
    weight: float = 1.0
    # What is done with the thing: counts less for finding it, and decides between those that were found.
    frame: bool = False
    # A part of the name of an area: codes hold everywhere, so for them it says nothing.
    place: bool = False
    # A short word that was put for another one: "lapor" for "lapar" is a guess.
    is_guessed: bool = False

    @property
    def is_telling(self) -> bool:
        """Whether it says what is looked for, neither what is done with it nor where."""
        return self.weight > WEAK_WEIGHT and not self.frame and not self.place

    def is_met(self, met: Set[str]) -> bool:
        """Whether any way to say it shares a stem with those that were met."""
        return any(not met.isdisjoint(each.stems) for each in self.alternatives)

    @property
    def names_a_person(self) -> bool:
        """Whether it is somebody who does it ("penjual"): that holds for jobs too."""
        return any(word.startswith("pe") for word in self.alternatives[0].words)


@dataclass
class Asked:
    """A question, understood."""

    slots: list[Slot] = field(default_factory=list)
    # The same read word by word, where several words were taken for one term; empty otherwise.
    apart: list[Slot] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    years: tuple[int, int] | None = None
    version: str = ""
    # The question with repaired words, when any was.
    suggestion: str = ""
    greeting: bool = False
    # Said to somebody, as "siapa nama kamu" is; asks for a figure or a day, which no code answers.
    talk: bool = False
    figure: bool = False
    # All words as they were meant, in their order.
    words: list[str] = field(default_factory=list)
    # How many words nobody here knows.
    unknown: int = 0

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of the words as they were meant."""
        return frozenset(chain.from_iterable(slot.alternatives[0].stems for slot in self.slots))


@dataclass
class Dictionary:
    """What the index knows, as the understanding asks it."""

    thesaurus: Thesaurus
    frequency: Callable[[str], int]
    repair: Callable[[str], str]
    complete: Callable[[str], list[str]]


def understand(text: str, *, dictionary: Dictionary, as_you_type: bool = False) -> Asked:
    """What was asked. While somebody types, the last word may be the beginning of one."""
    asked = Asked()
    text = text[:MOST_SIGNS]
    text = _QUANTITY.sub(" ", _take_version(text, asked))
    typed = [word for word in words_of(text) if not _take_number(word, text, asked)][:MOST_WORDS]
    asked.greeting = bool(typed) and all(word in GREETINGS for word in typed) and not asked.codes
    _take_manner(set(typed), asked)
    unfinished = typed[-1] if as_you_type and typed and not text[-1:].isspace() else ""
    words = [word if word == unfinished else spoken.written_out(word) for word in typed]
    meant = Meant(words, [_meant(word, unfinished, dictionary) for word in words], unfinished)
    asked.words = meant.words
    place = 0
    while place < len(words):
        place += _slot(meant, place, asked, dictionary)
    if any(len(slot.alternatives[0].stems) > 1 for slot in asked.slots):
        asked.apart = _apart(meant, dictionary)
    if any(map(_is_repair, words, meant.words)):
        better = dict(zip(typed, meant.words, strict=True))
        asked.suggestion = " ".join(better.get(word, word) for word in words_of(text)[: 2 * MOST_WORDS])
    return asked


def _take_manner(typed: Set[str], asked: Asked) -> None:
    if typed.isdisjoint(NAMED) and not asked.version:
        asked.talk = not typed.isdisjoint(TALK)
        asked.figure = not typed.isdisjoint(FIGURE) or {"hari", "ini"} <= typed


@dataclass(frozen=True)
class Meant:
    """The words as typed and as they were meant; and the one that may go on."""

    typed: list[str]
    words: list[str]
    unfinished: str


def _meant(word: str, unfinished: str, dictionary: Dictionary) -> str:
    """The word, or the one that was meant when nobody here knows it."""
    if word == unfinished or word in STOP or len(word) == 1 or _known(word, dictionary):
        return word
    for form in spoken.forms(word):
        if _known(form, dictionary):
            return form
    if len(word) < SHORTEST_REPAIRED or is_word(word):
        return word
    return dictionary.repair(word) or word


def _known(word: str, dictionary: Dictionary) -> bool:
    stems = (stem(word),)
    thesaurus = dictionary.thesaurus
    return stems in thesaurus.entries or word in thesaurus.words or bool(dictionary.frequency(stems[0]))


def _is_repair(typed: str, meant: str) -> bool:
    """Whether a typing error was taken out; a spoken form of the same word is none."""
    return typed != meant and meant not in spoken.forms(typed)


def _apart(meant: Meant, dictionary: Dictionary) -> list[Slot]:
    read = Asked()
    for place, word in enumerate(meant.words):
        if word not in STOP and len(word) > 1:
            _word(meant, place, read, dictionary)
    return read.slots if len(read.slots) > 1 else []


def _take_version(text: str, asked: Asked) -> str:
    found = _VERSION.search(text)
    if found:
        asked.version = f"{found[1].upper()} {found[2]}"
        text = text.replace(found[0], f"{found[1]} ")
    return text


def _take_number(word: str, text: str, asked: Asked) -> bool:
    """Codes and years are no words; True when it was one of them."""
    if not word.isascii() or not word.isdecimal():
        return False
    # The length first: thousands of digits are no number for Python.
    if (
        len(word) == 4
        and FIRST_YEAR <= (number := int(word)) <= LAST_YEAR
        and not re.search(rf"(kbli|kbji|kode)\W*{word}", text, re.I)
    ):
        first, last = asked.years or (number, number)
        asked.years = (min(first, number), max(last, number))
        return True
    if 2 <= len(word) <= 6:
        asked.codes.append(word)
        return True
    return False


def _slot(meant: Meant, place: int, asked: Asked, dictionary: Dictionary) -> int:
    """Add the idea that begins at this word; returns how many words it took."""
    words = meant.words
    length = _term(words, place, dictionary)
    if length > 1:
        span = words[place : place + length]
        stems = tuple(map(stem, span))
        found = dictionary.thesaurus.entries[stems]
        asked.slots.append(Slot([Alternative(stems, ORIGINAL, tuple(span)), *_synonyms(found)]))
        if _says_what_is_done(span[0], found, dictionary):
            _word(meant, place, asked, dictionary)
        return _next(words, place, length, dictionary)
    word = words[place]
    if word in STOP or len(word) == 1:
        return 1
    if word == meant.unfinished:
        _unfinished(word, asked, dictionary)
    else:
        _word(meant, place, asked, dictionary)
    return 1


def _says_what_is_done(word: str, found: Sequence[Stems], dictionary: Dictionary) -> bool:
    """Whether a term begins with what is done and means it: "jual beras" is a trade, "jual bakso" is not."""
    if word not in FRAMES:
        return False
    done = dictionary.thesaurus.entries.get((stem(word),), [])
    return any(set(each) <= set(means) for each in done for means in found)


def _term(words: list[str], place: int, dictionary: Dictionary) -> int:
    """How many words from here are one term of the thesaurus; 1 when only the word itself could be."""
    for length in range(min(LONGEST_TERM, len(words) - place), 1, -1):
        if tuple(map(stem, words[place : place + length])) in dictionary.thesaurus.entries:
            return length
    return 1


def _next(words: list[str], place: int, length: int, dictionary: Dictionary) -> int:
    """How far to the next idea: terms may overlap, as "toko gas" and "gas melon" in "toko gas melon"."""
    for step in range(1, length):
        if step + _term(words, place + step, dictionary) > length:
            return step
    return length


def _synonyms(found: Sequence[Stems]) -> list[Alternative]:
    # The first named is the nearest.
    return [Alternative(stems, SYNONYM - 0.02 * min(place, 10)) for place, stems in enumerate(found)]


def _word(meant: Meant, place: int, asked: Asked, dictionary: Dictionary) -> None:
    word = meant.words[place]
    stems = (stem(word),)
    found = dictionary.thesaurus.entries.get(stems, [])
    repaired = _is_repair(meant.typed[place], word)
    guessed = repaired and min(len(meant.typed[place]), len(word)) < SURELY_REPAIRED
    if not found and not dictionary.frequency(stems[0]):
        asked.unknown += 1
    said = Alternative(stems, REPAIRED if repaired else ORIGINAL, (word,))
    weight, frame = _weight(word)
    if word in TAUGHT and not LESSON.isdisjoint(meant.words):
        weight = WEAK_WEIGHT
    asked.slots.append(Slot([said, *_synonyms(found)], weight, frame, is_guessed=guessed))


def _weight(word: str) -> tuple[float, bool]:
    if word in FRAMES:
        return FRAME_WEIGHT, True
    return (WEAK_WEIGHT if word in WEAK or stem(word) in WEAK else 1.0), False


def _unfinished(word: str, asked: Asked, dictionary: Dictionary) -> None:
    alternatives = [Alternative((stem(word),), ORIGINAL, (word,))]
    alternatives += _synonyms(dictionary.thesaurus.entries.get((stem(word),), []))
    for longer in dictionary.complete(word):
        meant = (stem(longer),)
        if meant not in [each.stems for each in alternatives]:
            alternatives.append(Alternative(meant, COMPLETED, (longer,)))
    asked.slots.append(Slot(alternatives))
