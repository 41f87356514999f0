"""What the board says: from a ticket's label and a counter to the clips played one after the other.

A clip is named `language/word` and lies as `static/sounds/language/word.ogg`; tools/make_sounds.py
renders every entry of WORDS, and an office may record any of them in its own voice.
"""

from collections.abc import Iterator
from enum import StrEnum
from string import ascii_lowercase
from types import MappingProxyType

CHIME = "chime"


class Reading(StrEnum):
    """How the number of a ticket is read; a counter's number is always read as a number."""

    DIGITS = "digits"
    """012 is "nol satu dua": what is heard is what is printed."""
    NUMBER = "number"
    """012 is "dua belas"."""


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# Letters as KBBI names them.
LETTERS_ID = _each("a be ce de e ef ge ha i je ka el em en o pe ki er es te u ve we eks ye zet")
ONES_ID = _each("nol satu dua tiga empat lima enam tujuh delapan sembilan")
ONES_EN = _each("zero one two three four five six seven eight nine")
TEENS_EN = _each("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
TENS_EN = _each("twenty thirty forty fifty sixty seventy eighty ninety")


def _indonesian() -> Iterator[tuple[str, str]]:
    yield "queue-number", "nomor antrean"
    yield "go-to-counter", "silakan menuju loket"
    yield from zip(ascii_lowercase, LETTERS_ID, strict=True)
    yield from ((str(n), word) for n, word in enumerate(ONES_ID))
    yield from (("10", "sepuluh"), ("11", "sebelas"), ("100", "seratus"))
    for n in range(2, 10):
        yield str(10 + n), f"{ONES_ID[n]} belas"
        yield str(10 * n), f"{ONES_ID[n]} puluh"
        yield str(100 * n), f"{ONES_ID[n]} ratus"


def _english() -> Iterator[tuple[str, str]]:
    yield "queue-number", "queue number"
    yield "go-to-counter", "please go to counter"
    yield "and", "and"
    yield from ((letter, letter.upper()) for letter in ascii_lowercase)
    yield from ((str(n), word) for n, word in enumerate(ONES_EN + TEENS_EN))
    yield from ((str(10 * n), word) for n, word in enumerate(TENS_EN, start=2))
    yield from ((str(100 * n), f"{ONES_EN[n]} hundred") for n in range(1, 10))


WORDS = MappingProxyType(
    {
        "id": MappingProxyType(dict(_indonesian())),
        "en": MappingProxyType(dict(_english())),
    }
)
"""Language, then clip, to the words it speaks: what is rendered, and what an office reads aloud."""


def announcement(*, label: str, counter: int, language: str, reading: Reading = Reading.DIGITS) -> list[str]:
    """The clips that call one ticket: "nomor antrean A nol satu dua, silakan menuju loket tiga".

    `language` is a key of WORDS. Signs that have no sound (the hyphen of A-012) are left out.
    """
    said = ["queue-number", *_label(label, language, reading), "go-to-counter", *_number(counter, language)]
    return [f"{language}/{clip}" for clip in said]


def number_clips(number: int, *, language: str) -> list[str]:
    """The clips of a whole number from 0 to 999, read as a number."""
    if not 0 <= number <= 999:
        raise ValueError(f"{number} has no clips: numbers from 0 to 999 are spoken.")
    hundreds, rest = number // 100 * 100, number % 100
    said = [str(hundreds)] if hundreds else []
    if hundreds and rest and language == "en":
        said.append("and")
    if rest or not hundreds:
        said += _below_hundred(rest)
    return said


def _below_hundred(number: int) -> list[str]:
    tens, ones = number // 10 * 10, number % 10
    if number < 20 or not ones:
        return [str(number)]
    return [str(tens), str(ones)]


def _number(number: int, language: str) -> list[str]:
    # Beyond 999 digits are still clear; a board must never fall silent over a large number.
    return number_clips(number, language=language) if 0 <= number <= 999 else list(str(abs(number)))


def _label(label: str, language: str, reading: Reading) -> Iterator[str]:
    digits = ""
    for sign in f"{label.lower()} ":
        if sign in "0123456789":
            digits += sign
            continue
        if digits:
            yield from list(digits) if reading is Reading.DIGITS else _number(int(digits), language)
            digits = ""
        if sign in ascii_lowercase:
            yield sign
