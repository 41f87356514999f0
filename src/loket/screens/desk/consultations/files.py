"""Files at the desk: attached to an answer before it is sent, and saved from the conversation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.consultations.actions import attaching
from loket.consultations.actions.attaching import EmptyFile, TooManyFiles
from loket.consultations.filetypes import TypeNotAllowed
from loket.consultations.models import Attachment
from loket.consultations.queries import attachments_for
from loket.consultations.storing import TooLarge
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.people.access import DESK
from loket.screens.access import staff
from loket.screens.desk.consultations.reading import opened_or_404, thread_or_404
from loket.screens.downloads import attachment_response

REFUSED = (EmptyFile, TooManyFiles, TypeNotAllowed, TooLarge)


@staff(*DESK)
@require_POST
def upload(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """One file chosen while writing; it goes out with the message."""
    thread_or_404(office, token)
    kept, refusals = take_files(request, office)
    shown = {"files": kept, "refusals": refusals}
    return render(request, "desk/consultations/files.html", shown, status=422 if refusals else 200)


def take_files(request: HttpRequest, office: Office) -> tuple[list[Attachment], list[str]]:
    """Keep what was sent under "file"; each refusal in a sentence with the file's name."""
    kept: list[Attachment] = []
    refusals: list[str] = []
    for file in request.FILES.getlist("file"):
        try:
            kept.append(
                attaching.upload(
                    owner=request.user, office=office, blocks=file.chunks(), name=file.name, at=timezone.now()
                )
            )
        except REFUSED as refusal:
            refusals.append(f"{file.name}: {_sentence(refusal, office)}")
    return kept, refusals


@staff(*DESK)
@require_safe
def download(request: HttpRequest, office: Office, token: str, file: str) -> HttpResponse:
    """A file of this conversation."""
    thread = opened_or_404(office, token, by=request.user, at=timezone.now())
    found = attachments_for(request.user).filter(consultation=thread, token=file).first()  # unique
    if found is None:
        raise Http404
    return attachment_response(found)


def _sentence(refusal: Exception, office: Office) -> str:
    limits = limits_from(office.settings)
    if isinstance(refusal, TooLarge):
        return _("The file is larger than %(n)s MB.") % {"n": limits.attachment_megabytes}
    if isinstance(refusal, TooManyFiles):
        return _("At most %(n)s files go with one message.") % {"n": limits.attachments}
    if isinstance(refusal, EmptyFile):
        return _("The file is empty; perhaps the upload broke off. Try again.")
    return _("Files of this type are not taken. Use PDF, XLSX, CSV, DOCX, PNG or JPEG.")
