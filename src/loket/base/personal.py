"""How a room declares what it keeps about people: in its `personal.py`, beside its models.

Every column that can hold words is declared, as personal or as not; tests/architecture fails for one
that is not. The privacy page, the export of a person's data, the retention job and the erasure all
read the same declarations, so none of them can forget a column (UU 27/2022, 16, 20 to 28, 42 to 44).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

EVERY = ("*",)


class Basis(StrEnum):
    """Why the office may keep it (UU 27/2022, 20)."""

    DUTY = "duty"  # its public task: the service that was asked for, and the proof that it was given
    CONSENT = "consent"  # asked for separately, and taken back at any time


class Kept(StrEnum):
    """How long; the months of each period are settings of the office (offices.limits)."""

    GUEST_BOOK = "guest_book"  # since the last visit
    CONSULTATION = "consultation"  # since the last closing
    ATTACHMENT = "attachment"  # since the closing
    FEEDBACK = "feedback"  # since the rating, the survey's end, the complaint's end
    MAIL = "mail"  # days, since it was written
    PRESS = "press"  # hours, so that a second press gets the same answer
    SESSION = "session"  # until it ends by itself
    ACCOUNT = "account"  # as long as the person keeps it
    WORK = "work"  # as long as the log that names the officer by number


class Erasing(StrEnum):
    """What erasing a person does to it; the row of a figure always stays."""

    EMPTY = "empty"
    DELETE_ROW = "delete_row"
    REPLACE = "replace"  # by a value that means nothing but keeps the table's promises
    STAYS = "stays"  # counts in figures and names nobody once the rest is empty


@dataclass(frozen=True)
class Personal:
    """Columns of one table that say something about a person. `what` and `purpose` are shown to people.

    How a row leads to its person is one of, or several of: `visitor`, the path to the entry of the guest
    book; `user`, the path to the account; `email`, a column with their address. `office` is the path to the
    code of the office whose row it is. Rows that lead to nobody name the table they go with (`through`).

    `ends` says when the period begins: for what is kept as long as a consultation, the path to it; for
    feedback, the path to the time it ended. An entry of the guest book knows its last visit itself.
    """

    model: str
    columns: tuple[str, ...]
    what: str | Promise
    purpose: str | Promise
    kept: Kept
    erasing: Erasing
    basis: Basis = Basis.DUTY
    visitor: str = ""
    user: str = ""
    email: str = ""
    office: str = ""
    through: str = ""
    ends: str = ""


@dataclass(frozen=True)
class Impersonal:
    """Columns of one table (EVERY: all) that say nothing about a visitor; `because` tells the reader why."""

    model: str
    columns: tuple[str, ...]
    because: str


DECLARED = (
    Impersonal("base.ChainHead", EVERY, "the end of an office's event log"),
    Impersonal("base.Event", EVERY, "staff and devices by number, visitors not at all (decision 7)"),
    Impersonal("base.Heartbeat", EVERY, "a part of the program"),
    Impersonal("base.Tries", EVERY, "keyed digests of who went through a door, gone when its span is over"),
    Impersonal("base.Replay", EVERY, "digests of presses, gone after two days"),
)
