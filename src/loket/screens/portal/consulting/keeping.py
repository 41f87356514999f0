"""A copy of one's consultation to keep: as PDF."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.base import pace
from loket.base.exports import pdf
from loket.consultations.models import Consultation
from loket.offices.explaining import wall
from loket.offices.models import Office
from loket.screens.access import office_account
from loket.screens.portal.consulting.mine import mine_or_404
from loket.screens.portal.consulting.reading import Entry, entries

COPIES_A_MINUTE = 6


@office_account
def as_pdf(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    found = mine_or_404(request.user, token)
    if too_many := _too_many(request):
        return too_many
    made = _pdf(found, entries(found, request.user), timezone.now())
    return _download(made, "application/pdf", f"{_name(found)}.pdf")


def _too_many(request: HttpRequest) -> HttpResponse | None:
    """A copy costs a second of work."""
    wait = pace.seconds_to_wait(
        door="copy", who=str(request.user.pk), a_minute=COPIES_A_MINUTE, at=timezone.now()
    )
    return render(request, "429.html", status=429, headers={"Retry-After": str(wait)}) if wait else None


def _pdf(found: Consultation, said: list[Entry], at: datetime) -> bytes:
    office = found.office
    return pdf.make(
        "consultation",
        {
            "office": office.name,
            "unit": office.unit,
            "foot": found.label or office.name,
            "says": _("Consultation %(number)s, copied on %(when)s.")
            % {"number": found.label, "when": wall(office, at)},
            "entries": [_printed(entry, office) for entry in said],
        },
        title=found.subject or _("Consultation in the hall"),
        language=get_language() or "id",
        at=at,
    )


def _printed(entry: Entry, office: Office) -> dict[str, Any]:
    parts = [entry.event or entry.plain, entry.institution, entry.address]
    who = entry.who or office.name
    return {
        "who": f"{who} · {entry.badge}" if entry.badge else who,
        "at": wall(office, entry.at),
        "office": entry.office,
        "paragraphs": [paragraph for part in parts for paragraph in part.split("\n") if paragraph],
        "files": [file.name for file in entry.files],
    }


def _name(found: Consultation) -> str:
    return found.label or f"konsultasi-{found.created_at:%Y%m%d}"


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
