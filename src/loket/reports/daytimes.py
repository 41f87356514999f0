"""The times of the visits of one day, and how the promise went. Four different figures (CLOCKS 15):

waiting   the number taken, or the line rejoined, until the call
way       the call until the service began
service   the service's beginning until its end
hand-over from the moment a counter was free for this visitor until the service began

Visits that were set aside have several calls and starts; they count in the hand-over only. Corrected
visits stay out of all of them. A clock that was set back counts as zero.

One query gives the times of all visits as four lists in one row: sorting them here takes less than four
medians take in the database, and nothing is made of a visit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from loket.base import spans, sql
from loket.offices.models import Office

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
    kept, missed, served, gone, *times = sql.one(_statement(), office.pk, day)
    return DayTimes(kept, missed, served, gone, *(figure(_numbers(each)) for each in times))


def figure(times: Iterable[int]) -> Figure:
    """Mean, median and longest of some times in milliseconds."""
    known = sorted(times)
    if not known:
        return Figure(0, None, None, None)
    count = len(known)
    middle = known[(count - 1) // 2] + known[count // 2]
    return Figure(count, sum(known) / count / MINUTE, middle / 2 / MINUTE, known[-1] / MINUTE)


def _numbers(text: str) -> Iterable[int]:
    return map(int, text.split(",")) if text else ()


def _statement() -> str:
    instants = {name: spans.instant(name) for name in ("queued_at", "called_at", "started_at", "finished_at")}
    return TIMES.format(
        **instants,
        handover=spans.length("handover"),
        waited=spans.listed(WAITED),
        went=spans.listed(LENGTH.format(begin="called_at", end="started_at")),
        was_served=spans.listed(LENGTH.format(begin="started_at", end="finished_at")),
        handed_over=spans.listed("handover"),
    )


# A visitor who rejoined the line waits again; the earlier call is not the one that counts.
WAITED = """
CASE WHEN straight AND state <> 'waiting' AND called_at >= queued_at THEN called_at - queued_at END
"""
LENGTH = """
CASE WHEN straight AND {end} > {begin} THEN {end} - {begin} WHEN straight AND {end} <= {begin} THEN 0 END
"""
# Whoever was set aside and went on was called twice: the moves of those who were called once need not be
# looked at. Materialized, so that each instant is read once.
TIMES = """
WITH told AS MATERIALIZED (
    SELECT state, {queued_at} AS queued_at, {called_at} AS called_at, {started_at} AS started_at,
        {finished_at} AS finished_at,
        CASE WHEN corrected_at IS NULL THEN CAST(handover_met AS integer) END AS met,
        CASE WHEN corrected_at IS NULL THEN {handover} END AS handover,
        corrected_at IS NULL AND NOT (
            (calls > 1 OR state NOT IN ('served', 'waiting')) AND EXISTS (
                SELECT 1 FROM visits_ticketmove AS past
                WHERE past.ticket_id = ticket.id AND past.move = 'park' AND past.undone_at IS NULL
            )
        ) AS straight
    FROM visits_ticket AS ticket WHERE office_id = %s AND day = %s
)
SELECT
    COUNT(*) FILTER (WHERE met = 1), COUNT(*) FILTER (WHERE met = 0),
    COUNT(*) FILTER (WHERE state = 'served'), COUNT(*) FILTER (WHERE state IN ('no_show', 'cancelled')),
    {waited}, {went}, {was_served}, {handed_over}
FROM told
"""
