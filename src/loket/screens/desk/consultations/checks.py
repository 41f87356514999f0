"""What waits for a second officer: released, given back, or taken back by its author."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from loket.consultations.actions import checking
from loket.consultations.models import Consultation
from loket.screens.desk.consultations.tools import press


@press
def release(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    checking.release(consultation=thread, proposal=_shown(request), by=request.user, at=at)
    return _("%(number)s: it is on its way, in its author's name.") % {"number": thread.label}


@press
def give_back(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    checking.give_back(
        consultation=thread,
        proposal=_shown(request),
        note=request.POST.get("note", ""),
        by=request.user,
        at=at,
    )
    return _("%(number)s: its author has it again, with your note.") % {"number": thread.label}


@press
def take_back(request: HttpRequest, thread: Consultation, at: datetime) -> str:
    checking.take_back(consultation=thread, proposal=_shown(request), by=request.user, at=at)
    return _("%(number)s: it is your draft again.") % {"number": thread.label}


def _shown(request: HttpRequest) -> int:
    """Which proposal the page showed; 0, which none has, where it says nothing of the kind."""
    text = request.POST.get("proposal", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
