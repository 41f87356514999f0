"""Counters opening, closing and pausing."""

from datetime import datetime

from django.db import transaction

from loket.base import events, sql
from loket.live import announce
from loket.offices.models import Counter, Office
from loket.people.models import User
from loket.visits.actions import clocking
from loket.visits.models import Break, CounterSession, Ticket


class CounterTaken(Exception):
    """Another officer is signed in at this counter."""


class NotAtCounter(Exception):
    """The officer is not signed in at a counter of this office."""


class VisitorAtCounter(Exception):
    """The visitor at this counter has to be finished, parked or passed on first."""


class OnBreak(Exception):
    """The counter is on a break; end the break first."""


class NoBreak(Exception):
    """The counter is not on a break."""


@transaction.atomic
def open_counter(*, counter: Counter, by: User, at: datetime) -> CounterSession:
    """Sign the officer in at the counter; an own open session at another counter is closed.

    Refuses CounterTaken, and VisitorAtCounter when the other counter still serves.
    """
    events.hold(counter.office.code)
    now = CounterSession.objects.filter(counter=counter, closed_at=None).first()  # one by constraint
    if now and now.officer_id == by.pk:
        return now
    if now:
        raise CounterTaken(counter)
    elsewhere = CounterSession.objects.filter(officer=by, closed_at=None).first()  # one by constraint
    if elsewhere:
        close_counter(session=elsewhere, by=by.staff_id, at=at)
    session = CounterSession.objects.create(counter=counter, officer=by, opened_at=at, free_since=at)
    _tell(counter, "counter.open", by.staff_id, at)
    clocking.start_clocks(counter.office, at=at)
    return session


@transaction.atomic
def close_counter(*, session: CounterSession, by: str, at: datetime) -> None:
    """Sign out at the counter. Refuses VisitorAtCounter; closing a closed session changes nothing."""
    counter = session.counter
    events.hold(counter.office.code)
    if Ticket.objects.at(counter).exists():
        raise VisitorAtCounter(counter)
    Break.objects.filter(session=session, ended_at=None).update(ended_at=at)
    # A clock that was set back must not close a session before it opened.
    ended = max(at, session.opened_at)
    closed = CounterSession.objects.filter(pk=session.pk, closed_at=None).update(
        closed_at=ended, free_since=None
    )
    if closed:
        _tell(counter, "counter.close", by, at)


@transaction.atomic
def start_break(
    *,
    session: CounterSession,
    by: User,
    at: datetime,
    announced: bool = True,
    reason: str = "",
    back_at: datetime | None = None,
) -> Break:
    """Pause the counter. An announced break stops the hand-over clocks, another does not (CLOCKS 14).

    Refuses VisitorAtCounter and, when one runs already, OnBreak.
    """
    counter = session.counter
    events.hold(counter.office.code)
    if Ticket.objects.at(counter).exists():
        raise VisitorAtCounter(counter)
    if session.breaks.filter(ended_at=None).exists():
        raise OnBreak(counter)
    pause = Break.objects.create(
        session=session, started_at=at, announced=announced, reason=reason, back_at=back_at
    )
    if announced:
        clocking.counter_busy(counter)
        clocking.stop_clocks(counter.office, at=at)
    _tell(counter, "counter.break", by.staff_id, at, announced=announced)
    return pause


@transaction.atomic
def end_break(*, session: CounterSession, by: User, at: datetime) -> None:
    """Refuses NoBreak."""
    counter = session.counter
    events.hold(counter.office.code)
    if not session.breaks.filter(ended_at=None).update(ended_at=at):
        raise NoBreak(counter)
    clocking.counter_free(counter, at=at)
    _tell(counter, "counter.back", by.staff_id, at)


def session_of(*, officer: User, office: Office) -> CounterSession:
    """Where the officer serves now. Refuses NotAtCounter."""
    along = ("counter", "counter__office", "officer")
    here = "one.officer_id = %s AND counter.office_id = %s AND one.closed_at IS NULL"
    found = sql.select_with(CounterSession, along, here, officer.pk, office.pk)
    if not found:
        raise NotAtCounter(officer)
    return found[0]  # one by constraint


def _tell(counter: Counter, kind: str, by: str, at: datetime, **data: object) -> None:
    office = counter.office
    events.record(office=office.code, kind=kind, subject=f"counter:{counter.number}", by=by, at=at, **data)
    announce.changed(announce.hall(office.code))
