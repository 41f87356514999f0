"""Files on their way to the office: uploaded one by one, listed, taken out again; and downloads."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.consultations.actions import attaching
from loket.consultations.filetypes import TypeNotAllowed, safe_name
from loket.consultations.models import Attachment
from loket.consultations.queries import attachments_for
from loket.consultations.storing import TooLarge
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.people.models import User
from loket.screens.access import office_account
from loket.screens.downloads import attachment_response
from loket.screens.limits import consume

REFUSALS = (TooLarge, attaching.TooManyFiles, attaching.EmptyFile, TypeNotAllowed)


@require_POST
@office_account
def attachments(request: HttpRequest, office: Office) -> HttpResponse:
    """One file for a message that is not sent yet; answered in JSON, because only a script asks here."""
    sent = request.FILES.get("upload")
    if sent is None:
        return JsonResponse({"refused": _("No file has arrived. Try again.")}, status=400)
    if not consume(request, action="upload", user=request.user):
        return JsonResponse(
            {"refused": _("You have sent many files in a short time. Try again in a few minutes.")},
            status=429,
        )
    try:
        kept = _keep(request.user, office, sent, timezone.now())
    except REFUSALS as refusal:
        return JsonResponse({"refused": refusal_words(refusal, office)}, status=422)
    return JsonResponse({"token": kept.token, "name": kept.name, "size": filesizeformat(kept.size)})


@office_account
def attachment(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """The bytes, as a download, for who may see the thread; of one's own unsent files as well."""
    found = attachments_for(request.user).filter(office=office, token=token).first()  # unique
    if found is None:
        raise Http404
    return attachment_response(found)


@require_POST
@office_account
def removals(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """Take an unsent file of mine out again; doing it twice changes nothing."""
    mine = attaching.unsent_of(request.user, office).filter(token=token).select_related("office").first()
    if mine is None:
        raise Http404
    attaching.discard(attachment=mine, owner=request.user)
    return HttpResponse(status=204)


def add_chosen(request: HttpRequest, office: Office, tokens: list[str], *, at: datetime) -> list[str]:
    """Keep the files that came along with the page itself, where no script sent them before.

    What is refused is said on the next page, by its name; the rest goes on.
    """
    for sent in request.FILES.getlist("upload"):
        try:
            tokens = [*tokens, _keep(request.user, office, sent, at).token]
        except REFUSALS as refusal:
            words = {"name": safe_name(sent.name or ""), "why": refusal_words(refusal, office)}
            messages.warning(request, _("%(name)s was not attached. %(why)s") % words)
    return tokens


def unsent(user: User, office: Office, tokens: list[str]) -> list[Attachment]:
    """Those of the named files that are the person's own and not sent."""
    if not user.is_authenticated or not tokens:
        return []
    return list(attaching.unsent_of(user, office).filter(token__in=tokens))


def shown_limits(office: Office) -> dict[str, Any]:
    limits = limits_from(office.settings)
    megabytes = limits.attachment_megabytes
    return {
        "files": limits.attachments,
        "size": f"{megabytes} MB",
        "bytes": megabytes * attaching.MEGABYTE,
    }


def refusal_words(refusal: Exception, office: Office) -> str:
    limits = limits_from(office.settings)
    if isinstance(refusal, TooLarge):
        return _("A file may have at most %(size)s MB.") % {"size": limits.attachment_megabytes}
    if isinstance(refusal, attaching.TooManyFiles):
        return _("At most %(files)s files fit into one message.") % {"files": limits.attachments}
    if isinstance(refusal, attaching.EmptyFile):
        return _("The file is empty.")
    return _("This kind of file is not taken. Save it as PDF, picture, text, CSV or an office document.")


def _keep(user: User, office: Office, sent: UploadedFile, at: datetime) -> Attachment:
    return attaching.upload(owner=user, office=office, blocks=sent.chunks(), name=sent.name or "", at=at)
