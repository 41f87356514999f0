"""Every write of the room: ratings here by name; surveys in a module of their own."""

from loket.feedback.actions.rating import (
    LONGEST_COMMENT,
    RATABLE_FOR,
    WORDS_WITHIN,
    AlreadyRated,
    NotServed,
    TooLate,
    WordsClosed,
    add_words,
    check_open,
    rate,
    takes_words,
)

__all__ = [
    "LONGEST_COMMENT",
    "RATABLE_FOR",
    "WORDS_WITHIN",
    "AlreadyRated",
    "NotServed",
    "TooLate",
    "WordsClosed",
    "add_words",
    "check_open",
    "rate",
    "takes_words",
]
