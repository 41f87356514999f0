"""What staff do with a complaint, one press a step, and who reads the confidential ones."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.feedback.actions import complaint_moves as actions
from loket.feedback.actions.complaints import ComplaintMoved
from loket.feedback.models import Complaint
from loket.feedback.queries_complaints import complaints_for
from loket.offices.models import Office
from loket.people.access import DESK
from loket.people.models import Role
from loket.rules.complaining import MoveRefused
from loket.screens.access import staff
from loket.screens.manage.complaints.forms import ReadersForm, StepForm
from loket.screens.manage.complaints.page import page
from loket.screens.manage.complaints.views import complaint_or_404


@require_POST
@staff(*DESK)
def steps(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """One step; what is wrong is said above the complaint, and nothing that was typed is lost."""
    found = complaint_or_404(request, office, pk)
    form = StepForm(request.POST, request.FILES, complaint=found)
    done = form.is_valid() and form.keep_files() and _step(request, found, form)
    if form.errors:
        messages.error(request, _("Something is missing for this step. Fill it in and press again."))
    if not complaints_for(request.user, office).filter(pk=pk).exists():
        messages.info(request, _("You no longer read this complaint."))
        return redirect("register", office.code)
    if done:
        return redirect("register-complaint", office.code, pk)
    shown = page(complaint_or_404(request, office, pk), at=timezone.now())
    return render(request, "manage/complaints/complaint.html", shown | {"write": form}, status=422)


def _step(request: HttpRequest, complaint: Complaint, form: StepForm) -> bool:
    complaint.version = form.cleaned_data["version"]
    try:
        _do(form, complaint=complaint, by=request.user, at=timezone.now())
        return True
    except ComplaintMoved:
        messages.warning(request, _("Somebody went on with this complaint in the meantime. Read it again."))
    except MoveRefused:
        messages.warning(request, _("This step does not follow from where the complaint is now."))
    except actions.AboutThem:
        messages.error(request, _("Whoever is complained about can neither read nor handle it."))
    except Complaint.DoesNotExist:
        messages.error(request, _("There is no complaint with this number that you may read."))
    form.drop_files()
    return False


def _do(form: StepForm, **signed) -> None:
    """The action that belongs to the step."""
    values = form.cleaned_data
    step, text = values["step"], values["text"]
    if step == "verify":
        actions.verify(category=values["category"], handler=form.chosen("handler"), **signed)
    elif step == "forward":
        actions.forward(to=values["to"], text=text, **signed)
    elif step == "duplicate":
        actions.mark_duplicate(of=_numbered(values["original"], **signed), **signed)
    elif step == "ask":
        actions.answer(text=text, asks=True, files=form.kept, **signed)
    elif step == "about":
        actions.name_people(about=form.chosen_people(), **signed)
    elif step in ("answer", "note", "resolve", "decide"):
        getattr(actions, step)(text=text, files=form.kept, **signed)
    else:
        {"start": actions.start, "resume": actions.resume, "restrict": actions.restrict}[step](**signed)


def _numbered(label: str, *, complaint: Complaint, by, at) -> Complaint:
    """P-2026-0003 among those this person may read."""
    year, _dash, number = label.upper().removeprefix("P-").partition("-")
    if not (year.isdecimal() and number.isdecimal() and len(year) == 4 and len(number) < 9):
        raise Complaint.DoesNotExist
    return complaints_for(by, complaint.office).get(year=int(year), number=int(number))


@staff(Role.ADMINISTRATOR)
def readers(request: HttpRequest, office: Office) -> HttpResponse:
    """Who reads the confidential complaints."""
    now = office.confidential_readers.values_list("user", flat=True)
    form = ReadersForm(request.POST or None, office=office, initial={"readers": list(now)})
    if request.method == "POST" and form.is_valid():
        actions.name_readers(
            office=office, readers=form.cleaned_data["readers"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("Saved. It counts from now on; what happened before stays as it was."))
        return redirect("register", office.code)
    return render(request, "manage/complaints/readers.html", {"part": "register", "form": form})
