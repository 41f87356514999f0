"""Requests of people about their data: received, looked at, answered within 3 × 24 hours."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.offices.models import Office
from loket.people.access import LEAD
from loket.privacy import erasing, exporting, inventory, looking, persons, requests
from loket.privacy.models import DataRequest, Look
from loket.privacy.persons import Person
from loket.rules.contact import masked_email
from loket.screens.access import staff
from loket.screens.manage.privacy.forms import AnswerForm, ReasonForm, RequestForm
from loket.screens.own_data import export_file, person_of

SHOWN = 50


@staff(*LEAD)
def register(request: HttpRequest, office: Office) -> HttpResponse:
    """What waits for an answer, what was answered, and the form for a request brought to the counter."""
    form = RequestForm(request.POST or None)
    if form.is_valid():
        try:
            asked = requests.receive(
                office=office, proof=DataRequest.Proof.COUNTER, language="id", by=request.user.staff_id,
                at=timezone.now(), **form.cleaned_data,
            )  # fmt: skip
        except requests.AlreadyAsked as refused:
            messages.info(request, _("This request is open already; here it is."))
            asked = refused.args[0]
        return redirect("data-request", office.code, asked.pk)
    shown = {
        "part": "privacy",
        "open": [(asked, masked_email(asked.email)) for asked in requests.open_ones(office)[:SHOWN]],
        "ended": [(asked, masked_email(asked.email)) for asked in requests.ended_ones(office)[:SHOWN]],
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "manage/privacy/register.html", shown, status=422 if form.errors else 200)


@staff(*LEAD)
def one(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    return _page(request, request_or_404(office, pk))


@staff(*LEAD)
@require_POST
def answer(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    asked = request_or_404(office, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, answer_form=form, status=422)
    return _end(request, asked, **form.cleaned_data)


@staff(*LEAD)
@require_POST
def erasure(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Erase the person of an open request for erasure, and tell them so before the address goes."""
    asked = request_or_404(office, pk)
    if asked.kind != DataRequest.Kind.ERASE or asked.state != DataRequest.State.OPEN:
        messages.warning(request, _("This request is answered already."))
        return redirect("data-request", office.code, pk)
    # Who has proved the address by a mailed code has everything erased, also what this officer may not read.
    proved = asked.proof == DataRequest.Proof.CODE
    person = person_of(asked) if proved else _seen(request, asked)
    address, at = asked.email, timezone.now()
    looking.note(office=office, by=request.user, doing=Look.Doing.ERASE, subjects=person.subjects, at=at)
    try:
        erasing.erase(person=person, office=office, by=request.user.staff_id, at=at)
    except erasing.StillStaff:
        messages.warning(request, _("This person still works at an office. Withdraw the role first."))
        return redirect("data-request", office.code, pk)
    return _end(request, asked, done=True, answer="", to=address)


@staff(*LEAD)
@require_POST
def export(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """The person's data as a file for them; who took it is noted."""
    asked, at = request_or_404(office, pk), timezone.now()
    person = _seen(request, asked)
    looking.note(office=office, by=request.user, doing=Look.Doing.EXPORT, subjects=person.subjects, at=at)
    return export_file(
        person, office=office.name, language=asked.language, as_pdf="pdf" in request.POST, at=at,
        without=exporting.NOT_FOR_STAFF,
    )  # fmt: skip


@staff(*LEAD)
@require_POST
def address(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Show the whole address once, for a reason that is kept and that the person can read."""
    asked, form = request_or_404(office, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, reason_form=form, status=422)
    looking.note(
        office=office, by=request.user, doing=Look.Doing.UNMASK, subjects=person_of(asked).subjects,
        reason=form.cleaned_data["reason"], at=timezone.now(),
    )  # fmt: skip
    return _page(request, asked, unmasked=True)


def request_or_404(office: Office, pk: int) -> DataRequest:
    return get_object_or_404(DataRequest.objects.select_related("office", "user"), office=office, pk=pk)


def _seen(request: HttpRequest, asked: DataRequest) -> Person:
    """The person as this member of the staff may see them."""
    return persons.as_seen_by(person_of(asked), user=request.user, office=asked.office)


def _end(request: HttpRequest, asked: DataRequest, *, done: bool, answer: str, to: str = "") -> HttpResponse:
    by = request.user.staff_id
    try:
        requests.end(asked=asked, done=done, answer=answer, to=to, by=by, at=timezone.now())
    except requests.AlreadyEnded:
        messages.warning(request, _("This request is answered already."))
    else:
        messages.success(request, _("Answered. The person is told by mail."))
    return redirect("data-request", asked.office.code, asked.pk)


def _page(
    request: HttpRequest,
    asked: DataRequest,
    *,
    answer_form: AnswerForm | None = None,
    reason_form: ReasonForm | None = None,
    unmasked: bool = False,
    status: int = 200,
) -> HttpResponse:
    person = _seen(request, asked)
    shown = {
        "part": "privacy",
        "asked": asked,
        "is_open": asked.state == DataRequest.State.OPEN,
        "address": asked.email if unmasked else masked_email(asked.email),
        "unmasked": unmasked,
        "found": persons.is_known(person),
        "counts": inventory.named(erasing.preview(person)),
        "looks": looking.at_person(person.subjects)[:SHOWN],
        "answer_form": answer_form or AnswerForm(),
        "reason_form": reason_form or ReasonForm(),
        "now": timezone.now(),
    }
    return render(request, "manage/privacy/request.html", shown, status=status)
