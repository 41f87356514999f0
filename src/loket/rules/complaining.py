"""A complaint's states, the moves between them, and its deadlines (CLOCKS.md, Complaints).

UU 25/2009: a first response within 14 days and a decision within 60 days of a complete complaint, in
calendar days; an office may promise less, in working days, for classes of its own. SP4N-LAPOR's words:
verified, not ours (forwarded), duplicate.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from loket.rules.worktime import DAY, Calendar

RESPONSE_DAYS = 14
DECISION_DAYS = 60
OBJECTION_DAYS = 14


class State(StrEnum):
    RECEIVED = "received"
    VERIFIED = "verified"
    IN_PROGRESS = "in_progress"
    NOT_OURS = "not_ours"
    DUPLICATE = "duplicate"
    RESOLVED = "resolved"
    OBJECTION = "objection"
    FINAL = "final"


class Move(StrEnum):
    VERIFY = "verify"
    FORWARD = "forward"
    DUPLICATE = "duplicate"
    START = "start"
    RESOLVE = "resolve"
    OBJECT = "object"
    RESUME = "resume"
    DECIDE = "decide"
    EXPIRE = "expire"  # nobody objected in time


class MoveRefused(Exception):
    """This move does not lead on from this state; args: the state, the move."""


_LEADS = {
    Move.VERIFY: ({State.RECEIVED}, State.VERIFIED),
    Move.FORWARD: ({State.RECEIVED, State.VERIFIED, State.IN_PROGRESS}, State.NOT_OURS),
    Move.DUPLICATE: ({State.RECEIVED, State.VERIFIED}, State.DUPLICATE),
    Move.START: ({State.VERIFIED}, State.IN_PROGRESS),
    Move.RESOLVE: ({State.IN_PROGRESS}, State.RESOLVED),
    Move.OBJECT: ({State.RESOLVED, State.NOT_OURS}, State.OBJECTION),
    Move.RESUME: ({State.OBJECTION}, State.IN_PROGRESS),
    Move.DECIDE: ({State.OBJECTION}, State.FINAL),
    Move.EXPIRE: ({State.RESOLVED, State.NOT_OURS}, State.FINAL),
}
# The office's turn: a deadline runs.
OPEN = frozenset({State.RECEIVED, State.VERIFIED, State.IN_PROGRESS, State.OBJECTION})
MAY_OBJECT = frozenset({State.RESOLVED, State.NOT_OURS})


def after(state: State, move: Move) -> State:
    """The state that follows. Refuses MoveRefused."""
    sources, target = _LEADS[move]
    if state not in sources:
        raise MoveRefused(state, move)
    return target


def moves_from(state: State) -> list[Move]:
    return [move for move, (sources, _) in _LEADS.items() if state in sources]


@dataclass(frozen=True)
class Deadlines:
    """Until when the first response and the decision are due; the last instant of a day, exclusive."""

    respond: datetime
    decide: datetime


def deadlines(
    *,
    calendar: Calendar,
    complete: datetime,
    class_days: int = 0,
    response_days: int = RESPONSE_DAYS,
    decision_days: int = DECISION_DAYS,
) -> Deadlines:
    """Counted from the day on which the complaint was complete, which is day 0 at any hour.

    Calendar days end at midnight of the office; `class_days` (0: none) are working days and end at
    closing time. A class may only be shorter than the law: the earlier deadline counts. Raises
    NoWorkingDay.
    """
    day0 = calendar.local_day(complete)
    respond = calendar.at(day0 + timedelta(days=response_days) + DAY, time.min)
    decide = calendar.at(day0 + timedelta(days=decision_days) + DAY, time.min)
    if class_days:
        counted, _ = calendar.walk(day0, class_days)
        decide = min(decide, calendar.closing(counted[-1]))
    return Deadlines(min(respond, decide), decide)


def objection_until(*, calendar: Calendar, decided: datetime, days: int = OBJECTION_DAYS) -> datetime:
    """The midnight that ends the time for an objection, in calendar days."""
    return calendar.at(calendar.local_day(decided) + timedelta(days=days) + DAY, time.min)


def remind_at(*, calendar: Calendar, due: datetime) -> datetime:
    """When whoever handles it is reminded: the opening of the last working day but one before `due`.

    With nothing open in between it is `due` itself.
    """
    day = calendar.local_day(due - timedelta(microseconds=1))
    found = 0
    for back in range(31):
        candidate = day - back * DAY
        if calendar.is_working_day(candidate):
            found += 1
            if found == 2:
                return calendar.opening(candidate)
    return due
