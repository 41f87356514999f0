"""What a browser remembers of a complaint: the fresh receipt, and which one it has opened."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from loket.feedback.actions.complaints import Filed
from loket.feedback.models import Complaint
from loket.offices.models import Office

# Long enough to copy two words; the next person at this computer finds nothing.
RECEIPT_FOR = timedelta(minutes=15)
OPEN_FOR = timedelta(minutes=30)


def remember_receipt(request: HttpRequest, filed: Filed, *, at: datetime) -> None:
    request.session["complaint_receipt"] = {
        "pk": filed.complaint.pk,
        "secret": filed.secret,
        "until": (at + RECEIPT_FOR).timestamp(),
    }


def shown_receipt(request: HttpRequest, office: Office, *, at: datetime) -> tuple[Complaint, str] | None:
    kept = request.session.get("complaint_receipt")
    complaint = _still(kept, office, at)
    if complaint is None:
        request.session.pop("complaint_receipt", None)
        return None
    return complaint, kept["secret"]


def remember_open(request: HttpRequest, complaint: Complaint, *, at: datetime) -> None:
    request.session["complaint_open"] = {"pk": complaint.pk, "until": (at + OPEN_FOR).timestamp()}


def open_complaint(request: HttpRequest, office: Office, *, at: datetime) -> Complaint | None:
    """The complaint this browser opened with code and secret within half an hour."""
    return _still(request.session.get("complaint_open"), office, at)


def close(request: HttpRequest) -> None:
    for name in ("complaint_open", "complaint_receipt"):
        request.session.pop(name, None)


def _still(kept, office: Office, at: datetime) -> Complaint | None:
    if not kept or at.timestamp() > kept["until"]:
        return None
    return (
        Complaint.objects.select_related("office").filter(pk=kept["pk"], office=office).first()
    )  # by its key
