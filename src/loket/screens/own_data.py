"""One person's data as a file, for the person and for the office that hands it over."""

import json
from collections.abc import Collection
from datetime import datetime

from django.http import HttpResponse

from loket.privacy import exporting, persons
from loket.privacy.models import DataRequest
from loket.privacy.persons import Person


def person_of(asked: DataRequest) -> Person:
    """An account has proved the address for every office; a person at the counter only for this one."""
    if asked.user and asked.proof == DataRequest.Proof.CODE:
        return persons.everywhere(user=asked.user)
    return persons.at_office(office=asked.office, email=asked.email)


def export_file(
    person: Person,
    *,
    office: str,
    language: str,
    as_pdf: bool,
    at: datetime,
    without: Collection[str] = (),
) -> HttpResponse:
    """The export as a download that no cache keeps; `without` as exporting.collected says."""
    data = exporting.collected(person, language=language, at=at, without=without)
    if as_pdf:
        content, kind = exporting.as_pdf(data, office=office, language=language, at=at), "pdf"
    else:
        content, kind = json.dumps(data, ensure_ascii=False, indent=1).encode(), "json"
    disposition = f'attachment; filename="data-saya.{kind}"'
    return HttpResponse(
        content,
        content_type=f"application/{kind}",
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )
