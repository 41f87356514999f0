"""The queue of a hall: states and moves of a ticket, numbers, call order, the hand-over clock.

Pure: the caller passes rows and instants. Instants are aware datetimes, durations timedeltas.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal


class State(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    NO_SHOW = "no_show"
    SERVED = "served"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    # The day ended while the visit was in service: when it finished is unknown (CLOCKS 17).
    UNTIMED = "untimed"


class Move(StrEnum):
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    SKIP = "no_show"
    REJOIN = "rejoin"
    PARK = "park"
    TRANSFER = "transfer"
    CANCEL = "cancel"
    EXPIRE = "expire"
    LEAVE_OPEN = "leave_open"
    CORRECT = "correct"


# At a counter: at most one such ticket a counter.
AT_COUNTER = (State.CALLED, State.SERVING)
# Over: no move of the day leads out again, except a supervisor's correction.
OVER = (State.SERVED, State.CANCELLED, State.EXPIRED, State.UNTIMED)

MOVES: dict[tuple[State, Move], State] = {
    (State.WAITING, Move.CALL): State.CALLED,
    (State.PARKED, Move.CALL): State.CALLED,
    (State.CALLED, Move.RECALL): State.CALLED,
    (State.CALLED, Move.START): State.SERVING,
    (State.CALLED, Move.SKIP): State.NO_SHOW,
    (State.CALLED, Move.TRANSFER): State.WAITING,
    (State.SERVING, Move.FINISH): State.SERVED,
    (State.SERVING, Move.PARK): State.PARKED,
    (State.SERVING, Move.TRANSFER): State.WAITING,
    (State.NO_SHOW, Move.REJOIN): State.WAITING,
    (State.WAITING, Move.CANCEL): State.CANCELLED,
    (State.CALLED, Move.CANCEL): State.CANCELLED,
    (State.PARKED, Move.CANCEL): State.CANCELLED,
    (State.NO_SHOW, Move.CANCEL): State.CANCELLED,
    (State.WAITING, Move.EXPIRE): State.EXPIRED,
    (State.CALLED, Move.EXPIRE): State.EXPIRED,
    (State.PARKED, Move.EXPIRE): State.EXPIRED,
    (State.SERVING, Move.LEAVE_OPEN): State.UNTIMED,
    # A supervisor says what the day did not record.
    (State.EXPIRED, Move.CORRECT): State.SERVED,
    (State.UNTIMED, Move.CORRECT): State.SERVED,
}

# Moves an officer may take back; a call that has been heard may, a new number may not.
UNDOABLE = (Move.CALL, Move.START, Move.FINISH, Move.SKIP, Move.PARK, Move.TRANSFER)


class MoveNotAllowed(Exception):
    """The ticket's state has no such move."""


def after(state: State, move: Move) -> State:
    """The state a move leads to. Refuses MoveNotAllowed."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise MoveNotAllowed(state, move) from None


def label(letter: str, number: int) -> str:
    """A-012: as printed, shown and spoken."""
    return f"{letter}-{number:03d}"


@dataclass(frozen=True)
class Place:
    """One waiting ticket as the call order sees it."""

    key: int
    priority: bool
    # Counts up with every number taken or line rejoined; no clock, so one that is set back disturbs nothing.
    rank: int


@dataclass(frozen=True)
class Policy:
    """How priority visitors (elderly, pregnant, disability, child in arms) come before others.

    strict: always first. alternate: after `ratio` priority calls one ordinary visitor, so that
    nobody starves.
    """

    kind: Literal["strict", "alternate"] = "alternate"
    ratio: int = 2


Reason = Literal["first_in_line", "priority", "ordinary_turn", "no_ordinary"]


@dataclass(frozen=True)
class Turn:
    """Who is called when, and why: the answer to "why is A-012 next?"."""

    place: Place
    reason: Reason


def call_order(places: Iterable[Place], policy: Policy, recent: Sequence[bool]) -> list[Turn]:
    """All waiting in the order in which they will be called.

    `recent`: whether the latest calls were of priority visitors, newest last. Within a class the
    order is by `rank`: first come, first served.
    """
    in_line = sorted(places, key=lambda place: place.rank)
    urgent = [place for place in in_line if place.priority]
    ordinary = [place for place in in_line if not place.priority]
    run = _priority_run(recent)
    order: list[Turn] = []
    u = o = 0
    while u < len(urgent) or o < len(ordinary):
        due = policy.kind == "alternate" and run >= policy.ratio and o < len(ordinary)
        if u < len(urgent) and not due:
            reason: Reason = "priority" if o < len(ordinary) else "no_ordinary"
            order.append(Turn(urgent[u], reason))
            u, run = u + 1, run + 1
        else:
            order.append(Turn(ordinary[o], "ordinary_turn" if u < len(urgent) else "first_in_line"))
            o, run = o + 1, 0
    return order


def _priority_run(recent: Sequence[bool]) -> int:
    """How many priority visitors were called in a row up to now."""
    run = 0
    for priority in reversed(recent):
        if not priority:
            break
        run += 1
    return run


@dataclass(frozen=True)
class Handover:
    """The hand-over clock of a ticket: from when it runs and how it stands (CLOCKS 13)."""

    started: datetime
    ran: timedelta
    limit: timedelta

    @property
    def met(self) -> bool:
        """Equal is on time."""
        return self.ran <= self.limit

    @property
    def tone(self) -> Literal["good", "wait", "late"]:
        """Green; amber from 7 tenths of the limit; red when the limit is passed."""
        if not self.met:
            return "late"
        return "wait" if self.ran * 10 >= self.limit * 7 else "good"


def handover(
    *,
    in_line_since: datetime,
    opened: datetime,
    head_since: datetime,
    until: datetime,
    limit: timedelta,
) -> Handover:
    """The clock from its start to `until` (the start of service, or now while it runs).

    It starts at the latest of: number taken or rejoined, opening time of the day, and the first
    moment at which a counter for the service was free and nobody ahead in call order was waiting.
    Source: Standar Pelayanan 3574.035/BU/24/2024, waktu penyelesaian 1; CLOCKS 13.
    """
    started = max(in_line_since, opened, head_since)
    return Handover(started, max(until - started, timedelta(0)), limit)
