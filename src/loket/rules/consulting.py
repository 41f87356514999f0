"""The clocks of an online consultation: turns, answer due, warning and closing (CLOCKS.md 1 to 7, 9, 11).

Standar Pelayanan 3574.035/BU/24/2024: served within at most 3 working days; closed automatically when the
visitor does not respond for 3 working days. Both numbers are settings of the office.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from loket.rules.calendarparts import Year
from loket.rules.worktime import DAY, Calendar, Skipped

DAYS_TO_ANSWER = 3
DAYS_OF_SILENCE = 3
DAYS_TO_REOPEN = 14


class Kind(StrEnum):
    """What a message is; only some kinds move a clock."""

    VISITOR = "visitor"
    ANSWER = "answer"
    CLARIFICATION = "clarification"
    REFERRAL = "referral"
    HOLDING = "holding"
    NOTE = "note"
    SYSTEM = "system"  # acknowledgement, warning, assignment, merging
    AUTOMATIC = "automatic"  # bounce, out of office: mail that no person wrote


# A holding notice ("we are working on it") must not be able to meet the promise.
ENDS_TURN = frozenset({Kind.ANSWER, Kind.CLARIFICATION, Kind.REFERRAL})


@dataclass(frozen=True)
class Message:
    at: datetime
    kind: Kind


@dataclass(frozen=True)
class Turn:
    """The ball lay with the office from `started` until `answered` (None: it still does)."""

    started: datetime
    answered: datetime | None = None


@dataclass(frozen=True)
class Deadline:
    """When an answer is due, and how that was counted. `warnings` are years not yet decreed."""

    due: datetime
    received: date
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[Year, ...]


@dataclass(frozen=True)
class Silence:
    """When a silent visitor is warned, and when the consultation closes by itself."""

    warn_at: datetime
    close_at: datetime
    answered: date
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[Year, ...]


@dataclass(frozen=True)
class Lateness:
    """How late an answer was: on the clock, in opening time, and in working days (CLOCKS.md 9)."""

    elapsed: timedelta
    open_time: timedelta
    working_days: int


class Late(StrEnum):
    """What a visitor's message does to a consultation that closed on silence (CLOCKS.md 5 and 6)."""

    VOIDS = "voids"  # it was received before the closing, only read later
    REOPENS = "reopens"
    NEW = "new"  # too late: a new consultation, linked to the old one


def answer_due(*, calendar: Calendar, received: datetime, days: int = DAYS_TO_ANSWER) -> Deadline:
    """The closing time of the `days`-th working day after the day of receipt (CLOCKS.md 1).

    The day of receipt is day 0 at any hour. Raises NoWorkingDay.
    """
    day0 = calendar.local_day(received)
    counted, skipped = calendar.walk(day0, days)
    return Deadline(
        due=calendar.closing(counted[-1]),
        received=day0,
        counted=tuple(counted),
        skipped=tuple(skipped),
        warnings=calendar.undecreed(day0 + DAY, counted[-1]),
    )


def silence(*, calendar: Calendar, answered: datetime, days: int = DAYS_OF_SILENCE) -> Silence:
    """Warning at the opening of the `days`-th working day, closing at the midnight that ends it.

    The visitor has the whole last day (CLOCKS.md 4). Raises NoWorkingDay.
    """
    day0 = calendar.local_day(answered)
    counted, skipped = calendar.walk(day0, days)
    last = counted[-1]
    return Silence(
        warn_at=calendar.opening(last),
        close_at=calendar.at(last + DAY, time.min),
        answered=day0,
        counted=tuple(counted),
        skipped=tuple(skipped),
        warnings=calendar.undecreed(day0 + DAY, last),
    )


def escalations(*, calendar: Calendar, deadline: Deadline) -> tuple[datetime, ...]:
    """When colleagues are reminded: the last but one counted day, the last one, and after the breach.

    Each at an opening, for nobody is written to at night (CLOCKS.md 10). With one day to answer the
    first two are the same opening. A day that was closed after it had been counted gives way to the next
    opening. Raises NoWorkingDay.
    """
    days = deadline.counted
    last_but_one, last = (
        calendar.open_from(calendar.at(day, time.min)) for day in (days[max(len(days) - 2, 0)], days[-1])
    )
    return last_but_one, last, calendar.open_from(deadline.due)


def later_deadline(shown: Deadline, computed: Deadline) -> Deadline:
    """After a change of calendar a promise may only move later (CLOCKS.md 7); where it stays, the newest
    count explains it.
    """
    return computed if computed.due >= shown.due else shown


def later_silence(shown: Silence, computed: Silence) -> Silence:
    return computed if computed.close_at >= shown.close_at else shown


def is_met(*, due: datetime, answered: datetime) -> bool:
    """Equal is on time (CLOCKS.md 2)."""
    return answered <= due


def lateness(*, calendar: Calendar, due: datetime, at: datetime) -> Lateness | None:
    """How late an answer given at `at` is, or would be; None while it is on time."""
    if is_met(due=due, answered=at):
        return None
    # What falls due at 24.00 belongs to the day that ends then.
    due_day = calendar.local_day(due - timedelta(microseconds=1))
    return Lateness(
        elapsed=at - due,
        open_time=calendar.open_time(due, at),
        working_days=calendar.working_days_after(due_day, calendar.local_day(at)),
    )


def turns(messages: Iterable[Message]) -> list[Turn]:
    """The turns of a conversation, oldest first, from its messages in order of receipt."""
    found: list[Turn] = []
    for message in messages:
        running = bool(found) and found[-1].answered is None
        if message.kind is Kind.VISITOR and not running:
            found.append(Turn(message.at))
        elif message.kind in ENDS_TURN and running:
            found[-1] = replace(found[-1], answered=message.at)
    return found


def silent_since(messages: Iterable[Message]) -> datetime | None:
    """t1: the latest public officer message while the ball lies with the visitor (CLOCKS.md 4).

    None while the ball lies with the office.
    """
    since: datetime | None = None
    for message in messages:
        if message.kind is Kind.VISITOR:
            since = None
        elif message.kind in ENDS_TURN or (message.kind is Kind.HOLDING and since is not None):
            since = message.at
    return since


def is_automatic(auto_submitted: str | None) -> bool:
    """Whether a mail's Auto-Submitted header says that no person wrote it (RFC 3834)."""
    keyword = (auto_submitted or "no").partition(";")[0].strip().lower()
    return keyword not in ("", "no")


def after_closing(*, close_at: datetime, received: datetime, days: int = DAYS_TO_REOPEN) -> Late:
    """What a visitor's message found after the closing does; `days` are calendar days."""
    if received < close_at:
        return Late.VOIDS
    if received <= close_at + timedelta(days=days):
        return Late.REOPENS
    return Late.NEW
