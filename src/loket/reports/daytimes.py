"""The times of the visits of one day, and how the promise went. Four different figures (CLOCKS 15):

waiting   the number taken, or the line rejoined, until the call
way       the call until the service began
service   the service's beginning until its end
hand-over from the moment a counter was free for this visitor until the service began

Visits that were set aside have several calls and starts; they count in the hand-over only. Corrected
visits stay out of all of them. A clock that was set back counts as zero.

One query reads plain numbers, a row for each visit: sorting them here takes less than four medians take in
the database, and nothing is made of a row.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from loket.base import spans, sql
from loket.offices.models import Office
from loket.rules.queueing import State

MINUTE = 60_000


@dataclass(frozen=True)
class Figure:
    """One kind of time over the visits of the day, in minutes; None where nothing was measured."""

    count: int
    mean: float | None
    median: float | None
    longest: float | None


@dataclass(frozen=True)
class DayTimes:
    """Hand-overs kept and missed, visits served and those that came to nothing, and the four times."""

    kept: int
    missed: int
    served: int
    gone: int
    waiting: Figure
    way: Figure
    service: Figure
    handover: Figure


def times_of(office: Office, day: date) -> DayTimes:
    rows = sql.rows(_statement(), office.pk, day)
    states, promises, *times = zip(*rows, strict=True) if rows else [()] * 6
    state, promise = Counter(states), Counter(promises)
    return DayTimes(
        promise[1],
        promise[0],
        state[State.SERVED],
        state[State.NO_SHOW] + state[State.CANCELLED],
        *(figure(each) for each in times),
    )


def figure(times: Iterable[int | None]) -> Figure:
    """Mean, median and longest of some times in milliseconds; None is one that was not measured."""
    known = sorted([time for time in times if time is not None])
    if not known:
        return Figure(0, None, None, None)
    count = len(known)
    middle = known[(count - 1) // 2] + known[count // 2]
    return Figure(count, sum(known) / count / MINUTE, middle / 2 / MINUTE, known[-1] / MINUTE)


def _statement() -> str:
    return TIMES.format(
        waiting=spans.between("queued_at", "called_at"),
        way=spans.between("called_at", "started_at"),
        service=spans.between("started_at", "finished_at"),
        handover=spans.length("handover"),
    )


# A visitor who rejoined the line waits again; the earlier call is not the one that counts. Whoever was set
# aside and went on was called twice: the moves of those who were called once need not be looked at.
TIMES = """
SELECT
    state,
    CASE WHEN corrected_at IS NULL THEN CAST(handover_met AS integer) END,
    CASE WHEN straight AND state <> 'waiting' AND called_at >= queued_at THEN {waiting} END,
    CASE WHEN straight THEN {way} END,
    CASE WHEN straight THEN {service} END,
    CASE WHEN corrected_at IS NULL THEN {handover} END
FROM (
    SELECT ticket.*, corrected_at IS NULL AND NOT (
        (calls > 1 OR state NOT IN ('served', 'waiting')) AND EXISTS (
            SELECT 1 FROM visits_ticketmove AS past
            WHERE past.ticket_id = ticket.id AND past.move = 'park' AND past.undone_at IS NULL
        )
    ) AS straight
    FROM visits_ticket AS ticket WHERE office_id = %s AND day = %s
) AS told
"""
