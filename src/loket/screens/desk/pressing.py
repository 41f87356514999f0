"""One press of an officer: who presses at which counter, what is done, what is said when it is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from loket.base import sql
from loket.base.text import one_line
from loket.offices.models import Office
from loket.people.access import DESK
from loket.people.models import User
from loket.rules.queueing import Move
from loket.screens.access import staff
from loket.screens.addresses import to_counter
from loket.screens.desk.refusals import REFUSED, sentence
from loket.visits.actions.sessions import NotAtCounter, session_of
from loket.visits.models import WITH_VISIT, CounterSession, Ticket, TicketMove

# A second press within this time is the same press: a double click, or a page that was slow.
DOUBLE_CLICK = timedelta(seconds=10)

Press = Callable[[HttpRequest, CounterSession, datetime], HttpResponse | None]


def press(verb: Move | None = None) -> Callable[[Press], Callable[..., HttpResponse]]:
    """A POST at a counter; afterwards the desk is shown again.

    A refusal is told in a sentence, unless the same officer did the same (`verb`) to the same ticket
    a moment ago: then what was wanted has happened.
    """

    def declare(view: Press) -> Callable[..., HttpResponse]:
        @staff(*DESK)
        @require_POST
        @wraps(view)
        def pressed(request: HttpRequest, office: Office, number: int, **rest) -> HttpResponse:
            at = timezone.now()
            answer = None
            try:
                session = session_here(request.user, office, number)
                answer = view(request, session, at, **rest)
            except REFUSED as refusal:
                if not (verb and _just_done(request, office, verb, at)):
                    messages.error(request, sentence(refusal))
            return answer or to_counter(office.code, number)

        return pressed

    return declare


def session_here(officer: User, office: Office, number: int) -> CounterSession:
    """Where the officer serves now. Refuses NotAtCounter for any other counter."""
    session = session_of(officer=officer, office=office)
    if session.counter.number != number:
        raise NotAtCounter(officer)
    return session


def seen(request: HttpRequest, name: str = "ticket") -> int | None:
    """The key that the pressed button carried; None for a press from the keyboard of an old page."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def reason(request: HttpRequest) -> str:
    """Why, in the officer's words; longer ones are cut."""
    return one_line(request.POST.get("reason", ""))[:200]


def ticket_or_404(office: Office, pk: int | None) -> Ticket:
    found = sql.select_with(Ticket, WITH_VISIT, "one.id = %s AND one.office_id = %s", pk, office.pk)
    if not found:
        raise Http404
    return found[0]


def _just_done(request: HttpRequest, office: Office, verb: Move, at: datetime) -> bool:
    return TicketMove.objects.filter(
        ticket=seen(request),
        ticket__office=office,
        by=request.user.staff_id,
        move=verb,
        at__gte=at - DOUBLE_CLICK,
    ).exists()
