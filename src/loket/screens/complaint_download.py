"""A complaint's file as a download: to staff who read it, and to whoever sent it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from loket.consultations import storing
from loket.feedback.actions.complaint_files import FOLDER
from loket.feedback.models import Complaint, ComplaintFile


def download(complaint: Complaint, token: str) -> HttpResponse:
    """After the scanner looked at it; 404 before, and for a file of another complaint."""
    found = get_object_or_404(complaint.files, token=token)
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
