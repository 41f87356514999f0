"""Turns and silences: the clocks of a consultation, started, ended and stored (CLOCKS.md 1 to 4).

Each function returns what the consultation's own row has to repeat of it; the caller writes that
together with the state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from loket.base import sql
from loket.consultations.models import Consultation, Turn
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.offices.queries import NoCalendar, calendar_with
from loket.rules import consulting
from loket.rules.calendarparts import Year
from loket.rules.consulting import Deadline, Silence
from loket.rules.worktime import Calendar, Skipped

NO_CLOCK = MappingProxyType({"due_at": None, "warn_at": None, "close_at": None, "escalate_at": None})


@dataclass(frozen=True)
class Published:
    """An office's calendar and the number of the version it was published as."""

    calendar: Calendar
    version: int


def published(office: Office) -> Published:
    """The newest version. Refuses NoCalendar."""
    newest = sql.one(
        "SELECT digest, version FROM offices_calendarversion WHERE office_id = %s"
        " ORDER BY version DESC LIMIT 1",
        office.pk,
    )
    return published_as(office, *(newest or (None, 0)))


def published_as(office: Office, digest: str | None, version: int) -> Published:
    """The version that was read along with something else. Refuses NoCalendar."""
    if digest is None:
        raise NoCalendar(office)
    return Published(calendar_with(digest), version)


def deadline_of(office: Office, by: Published, *, received: datetime) -> Deadline:
    days = limits_from(office.settings).answer_days
    return consulting.answer_due(calendar=by.calendar, received=received, days=days)


def silence_of(office: Office, by: Published, *, answered: datetime) -> Silence:
    days = limits_from(office.settings).silence_days
    return consulting.silence(calendar=by.calendar, answered=answered, days=days)


@dataclass(frozen=True)
class Start:
    """A turn that is about to begin: its deadline, and what the consultation's row repeats of it."""

    deadline: Deadline
    by: Published
    received: datetime
    row: dict[str, Any]


def start_of(office: Office, *, received: datetime, by: Published | None = None) -> Start:
    """The office has the ball from `received`, by its own calendar. Refuses NoCalendar and NoWorkingDay."""
    by = by or published(office)
    deadline = deadline_of(office, by, received=received)
    steps = consulting.escalations(calendar=by.calendar, deadline=deadline)
    row = NO_CLOCK | {"due_at": deadline.due, "escalate_at": steps[0]}
    return Start(deadline, by, received, row)


def begin_turn(consultation: Consultation, number: int, start: Start) -> Turn:
    return sql.insert(
        Turn(
            consultation=consultation,
            number=number,
            office=consultation.office,
            started_at=start.received,
            first_due_at=start.deadline.due,
            **counted_as(start.deadline, start.by),
        )
    )


def answer_turn(consultation: Consultation, *, at: datetime) -> dict[str, Any]:
    """The first public answer ends the turn: met, or late by so much; the silence begins (CLOCKS.md 2 to 4).

    One statement for both, as every answer waits for it.
    """
    result = measure(consultation, at=at)
    return begin_silence(consultation, answered=at, ended_at=at, answered_at=at, **result)


def measure(consultation: Consultation, *, at: datetime) -> dict[str, Any]:
    """Whether an answer at this instant meets the promise of the open turn; else how late it is, by the
    calendar of the office whose turn it is.
    """
    due = consultation.due_at
    if consulting.is_met(due=due, answered=at):
        return {"met": True}
    known = vars(consultation).get("known")
    calendar = (
        calendar_with(known.turns_digest) if known else published(open_turn(consultation).office).calendar
    )
    late = consulting.lateness(calendar=calendar, due=due, at=at)
    return {"met": False, "late_days": late.working_days, "late_seconds": int(late.open_time.total_seconds())}


def abandon_turn(consultation: Consultation, *, at: datetime) -> None:
    """The consultation ends while the office still owed an answer; nothing is measured."""
    Turn.objects.filter(consultation=consultation, ended_at=None).update(ended_at=at)


def begin_silence(consultation: Consultation, *, answered: datetime, **ended: Any) -> dict[str, Any]:
    """The visitor has the ball; what was counted before for this turn is counted anew."""
    office = consultation.office
    # Read along with the thread where an answer is written (saying.READ_ALONG); good for this one time.
    known = vars(consultation).pop("known", None)
    by = published_as(office, known.digest, known.version) if known else published(office)
    clock = silence_of(office, by, answered=answered)
    Turn.objects.filter(consultation=consultation, number=consultation.turn).update(
        silent_since=answered, warned_at=None, **silence_counted_as(clock, by), **ended
    )
    return NO_CLOCK | {"warn_at": clock.warn_at, "close_at": clock.close_at}


def goes_on(turn: Turn, *, at: datetime) -> dict[str, Any]:
    """What the row repeats of a turn that was broken off and goes on with the deadline it had."""
    calendar = published(turn.office).calendar
    steps = consulting.escalations(calendar=calendar, deadline=turn.deadline)
    ahead = steps[turn.escalated :]
    return NO_CLOCK | {"due_at": turn.due_at, "escalate_at": max(ahead[0], at) if ahead else None}


def open_turn(consultation: Consultation) -> Turn:
    return Turn.objects.select_related("office").get(consultation=consultation, ended_at=None)


def latest_turn(consultation: Consultation) -> Turn:
    return Turn.objects.select_related("office").get(consultation=consultation, number=consultation.turn)


def counted_as(deadline: Deadline, by: Published) -> dict[str, Any]:
    """The columns of a turn that say how its due was counted."""
    return {
        "due_at": deadline.due,
        "counted": _days(deadline.counted),
        "skipped": _skipped(deadline.skipped),
        "warnings": _years(deadline.warnings),
        "calendar_version": by.version,
    }


def silence_counted_as(clock: Silence, by: Published) -> dict[str, Any]:
    """The columns of a turn that say how its warning and closing were counted."""
    return {
        "warn_at": clock.warn_at,
        "close_at": clock.close_at,
        "silence_counted": _days(clock.counted),
        "silence_skipped": _skipped(clock.skipped),
        "silence_warnings": _years(clock.warnings),
        "silence_version": by.version,
    }


def _days(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in days]


def _skipped(entries: Iterable[Skipped]) -> list[list[str]]:
    return [[entry.day.isoformat(), entry.reason.value, entry.name] for entry in entries]


def _years(years: Iterable[Year]) -> list[list[Any]]:
    return [[year.year, year.status.value] for year in years]
