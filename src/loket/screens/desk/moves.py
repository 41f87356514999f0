"""The presses of the hall: call, start, finish and the rest, each one action."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from loket.base.text import one_line
from loket.feedback.links import rating_link
from loket.people import devices
from loket.rules.queueing import Move
from loket.screens.desk.forms import BreakForm
from loket.screens.desk.pressing import press, reason, seen, ticket_or_404
from loket.visits.actions import calling, leaving, noting, sessions, undoing
from loket.visits.models import CounterSession, TicketMove


@press(Move.CALL)
def call(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    """Call whoever is next. The button names a number; another one may have become next since."""
    ticket = calling.call_next(session=session, at=at)
    if ticket is None:
        messages.info(request, _("Nobody is waiting any more."))
    elif seen(request) not in (None, ticket.pk):
        messages.info(
            request,
            _("The line changed a moment ago: you called %(number)s.") % {"number": ticket.label},
        )


@press(Move.CALL)
def call_chosen(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    ticket = ticket_or_404(session.counter.office, seen(request))
    calling.call_chosen(session=session, ticket=ticket, reason=reason(request), at=at)


@press(Move.REJOIN)
def rejoin(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    """Somebody who missed the call stands at the counter, perhaps without a phone."""
    ticket = ticket_or_404(session.counter.office, seen(request))
    leaving.rejoin(ticket=ticket, at=at, by=session.officer.staff_id)
    messages.success(request, _("%(number)s waits again, at the end of the line.") % {"number": ticket.label})


@press()
def recall(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    ticket = calling.recall(session=session, at=at, seen=seen(request))
    messages.success(request, _("%(number)s is announced once more.") % {"number": ticket.label})


@press(Move.START)
def start(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    calling.start(session=session, at=at, seen=seen(request))


@press(Move.FINISH)
def finish(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    """End the service; the note may follow."""
    ticket = ticket_or_404(session.counter.office, seen(request))
    noting.finish(session=session, ticket=ticket, rating_link=rating_link(ticket), at=at)


@press(Move.SKIP)
def skip(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    calling.skip(session=session, at=at, seen=seen(request))


@press(Move.PARK)
def park(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    calling.park(session=session, reason=reason(request), at=at, seen=seen(request))


@press(Move.TRANSFER)
def transfer(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    office = session.counter.office
    service = office.services.filter(code=one_line(request.POST.get("service", "")), active=True).first()
    if service is None:
        messages.error(request, _("Choose the service to which the visitor goes on."))
        return
    ticket = calling.transfer(session=session, to=service, reason=reason(request), at=at, seen=seen(request))
    messages.success(
        request,
        _("%(number)s now waits for %(service)s, with the place in line it had.")
        % {"number": ticket.label, "service": service.name},
    )


@press()
def undo(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    wanted = seen(request, "press")
    try:
        undoing.undo(session=session, at=at, press=wanted)
    except undoing.NothingToUndo:
        # Pressed twice: what was wanted has happened.
        if not TicketMove.objects.filter(pk=wanted, undone_at__isnull=False).exists():
            raise


@press()
def paper(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    """A kiosk prints again. Where its own browser prints, nobody but the one with the roll can know."""
    kiosk = session.counter.office.devices.filter(pk=seen(request, "device"), revoked_at=None).first()
    if kiosk is None:
        messages.error(request, _("This device is not there any more."))
        return
    devices.say_printer(device=kiosk, printer="ok", at=at)
    messages.success(request, _("Noted: %(name)s prints again.") % {"name": kiosk.name})


@press()
def pause(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    form = BreakForm(request.POST, office=session.counter.office, at=at)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return
    sessions.start_break(session=session, by=session.officer, at=at, **form.cleaned_data)


@press()
def resume(request: HttpRequest, session: CounterSession, at: datetime) -> None:
    sessions.end_break(session=session, by=session.officer, at=at)
