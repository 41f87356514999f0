from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    GOOD = "good"
    HINT = "hint"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """One sentence on how something is, and for hints and faults what to do."""

    level: Level
    text: str
    # Without this nothing after it can be examined.
    ends_here: bool = False


def good(text: str) -> Finding:
    return Finding(Level.GOOD, text)


def hint(text: str) -> Finding:
    return Finding(Level.HINT, text)


def fault(text: str, *, ends_here: bool = False) -> Finding:
    return Finding(Level.FAULT, text, ends_here)
