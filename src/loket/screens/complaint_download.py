"""A complaint's file as a download: to staff who read it, and to the complainant."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from loket.consultations import storing
from loket.feedback.actions.complaint_files import FOLDER
from loket.feedback.models import ComplaintFile


def download(files: QuerySet[ComplaintFile], token: str) -> HttpResponse:
    """One of the files this person may have, once the scanner looked at it; 404 before and for others."""
    found = get_object_or_404(files, token=token)
    path = storing.path_of(found.stored_as, below=FOLDER)
    if found.state != ComplaintFile.State.CLEAN or not path.is_file():
        raise Http404
    # At most ten megabytes (complaint_files.LARGEST).
    return HttpResponse(
        path.read_bytes(),
        content_type=found.type,
        headers={
            "Content-Disposition": content_disposition_header(True, found.name),
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )
