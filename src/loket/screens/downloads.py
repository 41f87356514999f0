"""Handing out an attached file: always saved, never shown, so that nothing in it runs as one of our pages."""

from django.http import FileResponse, Http404

from loket.consultations import storing
from loket.consultations.models import Attachment


def attachment_response(attachment: Attachment) -> FileResponse:
    """The file as a download. 404 while it was not looked at, or was refused.

    Who may have it is decided before, by consultations.queries.attachments_for.
    """
    path = storing.path_of(attachment.stored_as)
    if attachment.state != Attachment.State.CLEAN or not path.is_file():
        raise Http404
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=attachment.name, content_type=attachment.type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
