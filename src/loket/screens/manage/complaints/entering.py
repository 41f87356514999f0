"""Complaints that came through another door are entered here, with the day on which they came."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loket.base.replay import KeyReused
from loket.consultations.models import Consultation
from loket.feedback.actions import complaints as actions
from loket.feedback.models import Complaint
from loket.feedback.secrets import grouped
from loket.offices.models import Office
from loket.people.access import DESK
from loket.screens.access import staff
from loket.screens.manage.complaints.forms import EnterForm


@staff(*DESK)
def enter(request: HttpRequest, office: Office) -> HttpResponse:
    """Afterwards the receipt to hand over: code and secret, once."""
    thread = _thread(request, office)
    if thread and (earlier := Complaint.objects.filter(consultation=thread).first()):  # one by constraint
        return redirect("register-complaint", office.code, earlier.pk)
    form = EnterForm(request.POST or None, request.FILES or None, initial=_from(thread))
    if form.is_valid() and form.keep_files():
        filed = _file(request, office, form, thread)
        if filed:
            shown = {
                "part": "register",
                "complaint": filed.complaint,
                "code": grouped(filed.complaint.code),
                "secret": grouped(filed.secret),
            }
            return render(request, "manage/complaints/entered.html", shown)
    shown = {"part": "register", "form": form, "thread": thread}
    return render(request, "manage/complaints/enter.html", shown, status=422 if form.is_bound else 200)


def _thread(request: HttpRequest, office: Office) -> Consultation | None:
    """The consultation that was marked as a complaint, when this comes from one."""
    token = request.GET.get("konsultasi", "")
    if not token:
        return None
    found = get_object_or_404(Consultation, office=office, token=token)
    if found.complaint_at is None:
        raise Http404
    return found


def _from(thread: Consultation | None) -> dict:
    if thread is None:
        return {}
    return {"subject": thread.subject[:150], "text": thread.question, "received_on": thread.created_at.date()}


def _file(request: HttpRequest, office: Office, form: EnterForm, thread) -> actions.Filed | None:
    now = timezone.now()
    try:
        return actions.file_complaint(
            office=office,
            words=form.words(),
            contact=form.contact(),
            files=form.kept,
            door=Complaint.Door.CONSULTATION if thread else Complaint.Door(form.cleaned_data["door"]),
            received_at=form.received_at(office, now),
            consultation=thread,
            key=form.cleaned_data["key"],
            by=request.user.staff_id,
            at=now,
        )
    except actions.InTheFuture:
        form.add_error("received_on", _("A day that has not come yet cannot be meant."))
    except KeyReused:
        form.ask_again()
    finally:
        form.drop_files()
    return None
