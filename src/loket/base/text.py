"""Text as people type or paste it, made safe to store, print and read aloud."""

import re
import unicodedata

# Marks that turn or hide what is written around them: bidirectional controls, soft hyphens, zero
# width, tags; and the blank Hangul fillers, which count as letters. The joiners stay: emoji and
# several scripts are spelled with them.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BLANKS = re.compile(r"[^\S\n]+")


def one_line(text: str) -> str:
    """A name or title: composed, on one line, single spaces, without unseen marks."""
    return " ".join(many_lines(text).split())


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit in it, of whatever script."""
    return any(sign.isalnum() for sign in text)


def many_lines(text: str) -> str:
    """A request or answer: its line breaks stay, at most one empty line in a row."""
    spelled = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    spelled = _BLANKS.sub(" ", _CONTROL.sub("", _UNSEEN.sub("", spelled)))
    lines = [line.strip() for line in spelled.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
