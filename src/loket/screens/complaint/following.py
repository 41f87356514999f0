"""Following a complaint with code and secret: read, answer, object. Nothing tells whether a code exists."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from loket.base.replay import KeyReused
from loket.feedback.actions import complaints as actions
from loket.feedback.models import Complaint
from loket.feedback.queries_complaints import public_files
from loket.offices.models import Office
from loket.rules.complaining import MoveRefused
from loket.screens.access import office_public
from loket.screens.complaint.page import page
from loket.screens.complaint.receipts import close, open_complaint, remember_open
from loket.screens.complaint_download import download
from loket.screens.complaint_form import FollowForm, MoreForm, ObjectionForm
from loket.screens.limits import consume

NOTHING_TO_DECIDE = gettext_lazy("The time for an objection is over, or there is none to decide.")


@sensitive_post_parameters("secret")
@office_public
def follow(request: HttpRequest, office: Office) -> HttpResponse:
    form = FollowForm(request.POST or None)
    if form.is_valid():
        found = _found(request, office, form)
        if found:
            remember_open(request, found, at=timezone.now())
            return redirect("complaint-mine", office.code)
        form.add_error(
            None,
            _(
                "Code and secret do not belong together, or there were too many tries. Check both; after ten "
                "minutes you can try again."
            ),
        )
    return render(request, "complaint/follow.html", {"form": form}, status=422 if form.is_bound else 200)


def _found(request: HttpRequest, office: Office, form: FollowForm) -> Complaint | None:
    """Too many tries get the same answer as a wrong one, also when they are right."""
    allowed = consume(request, action="complaint_follow")
    try:
        found = actions.find(office=office, **form.cleaned_data)
    except actions.NotFound:
        return None
    return found if allowed else None


@require_safe
@office_public
def mine(request: HttpRequest, office: Office) -> HttpResponse:
    complaint = open_complaint(request, office, at=timezone.now())
    if complaint is None:
        return redirect("complaint-follow", office.code)
    return render(request, "complaint/mine.html", page(complaint, at=timezone.now()))


@require_safe
@office_public
def file(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """What was sent and what the office answered with, while this browser has the complaint open."""
    complaint = open_complaint(request, office, at=timezone.now())
    if complaint is None:
        return redirect("complaint-follow", office.code)
    return download(public_files(complaint), token)


@require_POST
@office_public
def reply(request: HttpRequest, office: Office) -> HttpResponse:
    complaint = open_complaint(request, office, at=timezone.now())
    if complaint is None:
        return redirect("complaint-follow", office.code)
    form = MoreForm(request.POST, request.FILES)
    if form.is_valid() and _add(request, complaint, form):
        return redirect("complaint-mine", office.code)
    shown = page(complaint, at=timezone.now()) | {"form": form}
    return render(request, "complaint/mine.html", shown, status=422)


def _add(request: HttpRequest, complaint: Complaint, form: MoreForm) -> bool:
    if not consume(request, action="complaint_reply"):
        form.add_error(None, _("Too many messages in a short time. Try again in ten minutes."))
        return False
    if not form.keep_files():
        return False
    try:
        actions.reply(
            complaint=complaint, text=form.cleaned_data["text"], key=form.cleaned_data["key"],
            files=form.kept, at=timezone.now(),
        )  # fmt: skip
    except MoveRefused:
        messages.info(request, _("This complaint is closed. Nothing of what you wrote was kept."))
    except KeyReused:
        form.ask_again()
        return False
    finally:
        form.drop_files()
    return True


@require_POST
@office_public
def objection(request: HttpRequest, office: Office) -> HttpResponse:
    complaint = open_complaint(request, office, at=timezone.now())
    if complaint is None:
        return redirect("complaint-follow", office.code)
    form = ObjectionForm(request.POST)
    if form.is_valid() and _object(request, complaint, form):
        return redirect("complaint-mine", office.code)
    shown = page(complaint, at=timezone.now())
    if shown["objection"]:
        return render(request, "complaint/mine.html", shown | {"objection": form}, status=422)
    messages.warning(request, NOTHING_TO_DECIDE)
    if shown["form"]:
        # What was typed is not lost: it may go as a message.
        shown["form"] = MoreForm(initial={"text": form.data.get("text", "")})
    return render(request, "complaint/mine.html", shown, status=409)


def _object(request: HttpRequest, complaint: Complaint, form: ObjectionForm) -> bool:
    try:
        actions.object_to(complaint=complaint, **form.cleaned_data, at=timezone.now())
        messages.success(request, _("Your objection is received. The office looks at it once more."))
    except (actions.TooLateToObject, actions.ComplaintMoved):
        messages.warning(request, NOTHING_TO_DECIDE)
    except KeyReused:
        form.ask_again()
        return False
    return True


@require_POST
@office_public
def leave(request: HttpRequest, office: Office) -> HttpResponse:
    """The next person at this computer finds nothing."""
    close(request)
    return redirect("complaints", office.code)
