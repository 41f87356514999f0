"""Today in the hall, and setting right what an earlier day left open."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from loket.live import announce
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.reports.daytimes import DayTimes, Figure
from loket.reports.today import today_of
from loket.rules.contact import masked_email
from loket.rules.queueing import State
from loket.screens.access import staff
from loket.screens.device_lines import device_lines
from loket.screens.fields import Line
from loket.visits.actions.correcting import NotLeftOver, TimesOutOfOrder, set_times
from loket.visits.actions.moving import TicketMoved
from loket.visits.actions.sessions import VisitorAtCounter, close_counter
from loket.visits.models import CounterSession, Ticket


@staff(*LEAD)
def today(request: HttpRequest, office: Office) -> HttpResponse:
    at = timezone.now()
    version = announce.version(announce.devices(office.code))
    found = today_of(office, at=at)
    context = {
        "part": "today",
        "now": at,
        "today": found,
        "version": found.floor.version,
        "devices_version": version,
        "devices": device_lines(office, at=at),
        "times": found.times,
        "figures": _figures(found.times),
        "mails": [{"mail": mail, "to": masked_email(mail.to)} for mail in found.failed_mail],
    }
    return render(request, "manage/today.html", context)


def _figures(times: DayTimes) -> list[tuple[str, str, Figure]]:
    """The four figures with the words that say which is which."""
    return [
        (_("Waiting"), _("from taking the number to the call"), times.waiting),
        (_("Way"), _("from the call to the start of service"), times.way),
        (_("Service"), _("from start to finish"), times.service),
        (_("Hand-over"), _("from a free counter to the start of service"), times.handover),
    ]


class CorrectionForm(forms.Form):
    """When a visit really took place, on the office's own clock, and why it is set right."""

    started_at = forms.TimeField(
        label=gettext_lazy("Service began at"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={
            "required": gettext_lazy("Write when the service began."),
            "invalid": gettext_lazy("Write the time like 10.30."),
        },
    )
    finished_at = forms.TimeField(
        label=gettext_lazy("Service ended at"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={
            "required": gettext_lazy("Write when the service ended."),
            "invalid": gettext_lazy("Write the time like 10.30."),
        },
    )
    reason = Line(
        label=gettext_lazy("How do you know?"),
        help_text=gettext_lazy("It is kept with the correction. Reports show the visit as corrected."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write how you know the times.")},
    )

    def __init__(self, *args, ticket: Ticket, **options):
        super().__init__(*args, **options)
        self.ticket = ticket

    def clean_started_at(self) -> datetime:
        return self._instant("started_at")

    def clean_finished_at(self) -> datetime:
        return self._instant("finished_at")

    def _instant(self, name: str) -> datetime:
        return datetime.combine(self.ticket.day, self.cleaned_data[name], self.ticket.office.tz)


@staff(*LEAD)
@require_POST
def close(request: HttpRequest, office: Office, number: int) -> HttpResponse:
    """Close a counter whose officer went away without closing it."""
    session = (
        CounterSession.objects.filter(counter__office=office, counter__number=number, closed_at=None)
        .select_related("counter__office")
        .first()  # one by constraint
    )
    try:
        if session:
            close_counter(session=session, by=request.user.staff_id, at=timezone.now())
    except VisitorAtCounter:
        messages.error(
            request,
            _("A visitor is still at this counter. The officer there has to finish the visit first."),
        )
    return redirect("today", office_code=office.code)


@staff(*LEAD)
def correct(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """The times of a visit that the end of its day closed."""
    ticket = _left_over_or_404(office, pk)
    form = CorrectionForm(request.POST or None, ticket=ticket)
    if form.is_bound and form.is_valid():
        try:
            set_times(ticket=ticket, by=request.user, at=timezone.now(), **form.cleaned_data)
        except TimesOutOfOrder:
            form.add_error(None, _("The service begins after the number was taken and ends after it began."))
        except (NotLeftOver, TicketMoved):
            messages.info(request, _("Somebody else has corrected this visit already."))
            return redirect("today", office_code=office.code)
        else:
            messages.success(request, _("%(number)s is corrected.") % {"number": ticket.label})
            return redirect("today", office_code=office.code)
    context = {"part": "today", "form": form, "ticket": ticket}
    return render(request, "manage/correct.html", context, status=422 if form.is_bound else 200)


def _left_over_or_404(office: Office, pk: int) -> Ticket:
    try:
        return Ticket.objects.select_related("office", "service", "officer").get(
            office=office, pk=pk, state__in=(State.UNTIMED, State.EXPIRED)
        )
    except Ticket.DoesNotExist:
        raise Http404 from None
