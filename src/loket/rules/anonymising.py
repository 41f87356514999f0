"""What in a text may name a person: hints for the officer who makes an article of an answer.

UU 27/2022: what is published must not lead back to the person who asked. These are hints, not proof;
a second person reads the text as well.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# Shorter parts of a name ("Sri", "Adi" stay) are words of everyday texts.
SHORTEST_NAME = 3


class Trace(StrEnum):
    """What kind of thing may lead to a person."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"  # 15 to 18 digits: NIK, family card, NIP, NPWP
    QUOTE = "quote"  # a mail that was copied in, with its head
    HANDLE = "handle"  # @name of a chat or network


@dataclass(frozen=True)
class Hint:
    """`text[start:end]` of what was looked at, and why it was marked."""

    trace: Trace
    start: int
    end: int
    found: str


_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]++\s?(?:@|\(at\)|\[at\]|\s(?:at|di)\s(?=\S+\s?(?:\(dot\)|\[dot\]|\sdot\s|\stitik\s)))\s?"
    r"[\w-]+(?:(?:\.|\s?\(dot\)\s?|\s?\[dot\]\s?|\sdot\s|\stitik\s)[\w-]+)+",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_][\w.]{2,29}")
# Digits with the signs that people put between them; what they are depends on how many there are.
_DIGITS = re.compile(r"(?<![\w.,])(?:\(?\+|\()?\d(?:[\s().\-/\u2010-\u2014]{0,3}\d){7,24}(?!\w)")
_QUOTE = re.compile(
    r"^[> \t]*(?:(?:from|to|cc|sent|dari|kepada|dikirim)\s?:\s?\S.*"
    r"|(?:on|pada)\s.{4,80}\s(?:wrote|menulis)\s?:)\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def hints(text: str, *, names: Iterable[str] = ()) -> list[Hint]:
    """Everything in `text` that may name a person, in order; `names` are the people of the consultation."""
    plain = _plain(text)
    found: list[Hint] = []
    for trace, spans in (
        (Trace.EMAIL, _spans(_EMAIL, plain)),
        (Trace.QUOTE, _spans(_QUOTE, plain)),
        (Trace.NUMBER, _digit_spans(plain, long=True)),
        (Trace.PHONE, _digit_spans(plain, long=False)),
        (Trace.HANDLE, _spans(_HANDLE, plain)),
        (Trace.NAME, _name_spans(plain, names)),
    ):
        for start, end in spans:
            if not any(start < each.end and each.start < end for each in found):
                found.append(Hint(trace, start, end, text[start:end]))
    return sorted(found, key=lambda hint: hint.start)


def undealt(text: str, *, names: Iterable[str] = (), kept: Iterable[str] = ()) -> list[Hint]:
    """The hints that nobody has dealt with: still in the text, and not confirmed to name nobody."""
    confirmed = {spelling(each) for each in kept}
    return [hint for hint in hints(text, names=names) if spelling(hint.found) not in confirmed]


def spelling(found: str) -> str:
    """One spelling of a hint, so that a confirmed one is known again."""
    return " ".join(_plain(found).casefold().split())


def _plain(text: str) -> str:
    """The text sign by sign in its plainest form, of the same length: full-width and other digits too."""
    return "".join(_plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    composed = unicodedata.normalize("NFKC", sign)
    return composed if len(composed) == 1 else sign


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


def _digit_spans(text: str, *, long: bool) -> list[tuple[int, int]]:
    """Runs of digits that are a number of a person (long) or of a phone."""
    return [
        match.span()
        for match in _DIGITS.finditer(text)
        if (_is_personal(match[0]) if long else _is_phone(match[0]))
    ]


def _is_personal(written: str) -> bool:
    return 15 <= _count(written) <= 18


def _is_phone(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    begins = written.lstrip("(").startswith("+") or digits.startswith(("0", "62"))
    return begins and 9 <= len(digits) <= 14


def _count(written: str) -> int:
    return sum(sign.isdigit() for sign in written)


def _name_spans(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Each name in full, then its parts; as whole words in any case."""
    spans: list[tuple[int, int]] = []
    for name in names:
        parts = [part for part in re.split(r"[\s.,]+", _plain(name)) if len(part) >= SHORTEST_NAME]
        for wanted in [r"[\s.,]+".join(map(re.escape, parts)), *map(re.escape, parts)]:
            if wanted:
                spans += [
                    match.span() for match in re.finditer(rf"(?<!\w){wanted}(?!\w)", text, re.IGNORECASE)
                ]
    return spans
