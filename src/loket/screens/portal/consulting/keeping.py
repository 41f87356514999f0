"""A copy of one's consultation to keep: as PDF, or as ZIP with every file."""

import re
import tempfile
import zipfile
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.base import pace
from loket.base.exports import pdf
from loket.consultations import storing
from loket.consultations.models import Attachment, Consultation, DataItem
from loket.offices.explaining import wall
from loket.offices.models import Office
from loket.screens.access import office_account
from loket.screens.portal.consulting.mine import mine_or_404
from loket.screens.portal.consulting.reading import Entry, entries

# Larger copies are written to the disk while they are made.
IN_MEMORY = 2_000_000
COPIES_A_MINUTE = 6


@office_account
def as_pdf(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    found = mine_or_404(request.user, token)
    if too_many := _too_many(request, found):
        return too_many
    made = _pdf(found, entries(found, request.user), timezone.now())
    return _download(made, "application/pdf", f"{_name(found)}.pdf")


@office_account
def as_zip(request: HttpRequest, office: Office, token: str) -> HttpResponse | FileResponse:
    """The conversation as PDF and every file that was found to be clean, under its own name."""
    found = mine_or_404(request.user, token)
    if too_many := _too_many(request, found):
        return too_many
    said = entries(found, request.user)
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        copy.writestr(f"{_name(found)}.pdf", _pdf(found, said, timezone.now()))
        for number, file in enumerate(_files(said), 1):
            copy.write(storing.path_of(file.stored_as), f"{number:02d}-{_plain(file.name)}")
    target.seek(0)
    answer = FileResponse(target, as_attachment=True, filename=f"{_name(found)}.zip")
    answer.headers["Content-Type"] = "application/zip"
    return answer


def _files(said: list[Entry]) -> list[Attachment]:
    return [file for entry in said for file in entry.files if file.state == Attachment.State.CLEAN]


def _too_many(request: HttpRequest, found: Consultation) -> HttpResponse | None:
    """A copy costs a second of work."""
    wait = pace.seconds_to_wait(
        door="copy", who=str(request.user.pk), a_minute=COPIES_A_MINUTE, at=timezone.now()
    )
    if not wait:
        return None
    back = reverse("consultation", args=[found.office.code, found.token])
    answer = render(request, "429.html", {"wait": wait, "back": back}, status=429)
    answer.headers["Retry-After"] = str(wait)
    return answer


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
            "wanted_title": _("Data you need"),
            "wanted": [_wanted(item) for item in found.items.order_by("position")],
            "entries": [_printed(entry, found) for entry in said],
        },
        title=found.subject or _("Consultation in the hall"),
        language=get_language() or "id",
        at=at,
    )


def _wanted(item: DataItem) -> str:
    """ "Inflasi, Kota Probolinggo, 2020–2025: found"; the last as soon as somebody has looked for it."""
    years = "–".join(dict.fromkeys(str(year) for year in (item.year_from, item.year_to) if year))
    asked = ", ".join(part for part in (item.what, item.area, years) if part)
    return f"{asked}: {item.get_found_display()}" if item.found else asked


def _printed(entry: Entry, found: Consultation) -> dict[str, Any]:
    parts = [entry.event or entry.plain, entry.institution, entry.address]
    who = _who(entry, found)
    return {
        "who": f"{who} · {entry.badge}" if entry.badge else who,
        "at": wall(found.office, entry.at),
        "office": entry.office,
        "paragraphs": [paragraph for part in parts for paragraph in part.split("\n") if paragraph],
        "files": [file.name for file in entry.files],
    }


def _who(entry: Entry, found: Consultation) -> str:
    """A copy is read by others too, so whoever asked has a name in it."""
    if entry.office or entry.event or found.asker is None:
        return entry.who or found.office.name
    return found.asker.name or entry.who


def _name(found: Consultation) -> str:
    return found.label or f"konsultasi-{found.created_at:%Y%m%d}"


def _plain(name: str) -> str:
    """A name that unpacks into its own folder on every system."""
    return re.sub(r"[^\w.()\- ]", "_", name).lstrip(".") or "berkas"


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
