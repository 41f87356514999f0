"""The office's own voice: record a word, hear it, go back to the shipped one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.offices.models import Office
from loket.offices.recordings import NotASound, drop_recording, keep_recording
from loket.people.access import LEAD
from loket.screens.access import staff
from loket.screens.manage.voice.forms import EndForm, RecordingForm
from loket.screens.manage.voice.page import page


@require_safe
@staff(*LEAD)
def voice(request: HttpRequest, office: Office) -> HttpResponse:
    return _show(request, office, RecordingForm())


@require_POST
@staff(*LEAD)
def recordings(request: HttpRequest, office: Office) -> HttpResponse:
    form = RecordingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, office, form)
    try:
        keep_recording(
            office=office,
            clip=form.cleaned_data["clip"],
            sound=form.cleaned_data["sound"].read(),
            by=request.user.staff_id,
            at=timezone.now(),
        )
    except NotASound as refusal:
        form.add_error("sound", _why(refusal))
        return _show(request, office, form)
    return redirect("voice", office.code)


@require_POST
@staff(*LEAD)
def recording_ends(request: HttpRequest, office: Office) -> HttpResponse:
    form = EndForm(request.POST)
    if form.is_valid():
        drop_recording(
            office=office, clip=form.cleaned_data["clip"], by=request.user.staff_id, at=timezone.now()
        )
    return redirect("voice", office.code)


def _why(refusal: NotASound) -> str:
    return {
        "format": _("This is not a WAV file with one channel and 16 bit. Record the word here instead."),
        "length": _("A word lasts between a tenth of a second and six seconds. Record it again."),
        "silent": _("Nothing can be heard. Check the microphone and record the word again."),
    }[refusal.why]


def _show(request: HttpRequest, office: Office, form: RecordingForm) -> HttpResponse:
    context = {"office": office, "form": form, **page(office)}
    return render(request, "manage/voice/voice.html", context, status=422 if form.errors else 200)
