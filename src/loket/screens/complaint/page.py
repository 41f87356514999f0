"""What the complainant sees of the complaint."""

from datetime import datetime
from typing import Any

from loket.feedback.models import Complaint
from loket.feedback.queries_complaints import due_of, public_entries
from loket.offices.clock import last_day
from loket.rules.complaining import MAY_OBJECT, OPEN, State
from loket.screens.complaint_form import MoreForm, ObjectionForm
from loket.screens.complaint_words import state_words


def page(complaint: Complaint, *, at: datetime) -> dict[str, Any]:
    state = State(complaint.state)
    may_object = (
        state in MAY_OBJECT and complaint.objection_until is not None and at < complaint.objection_until
    )
    due = due_of(complaint)
    return {
        "complaint": complaint,
        "state": state_words(state),
        "due": last_day(complaint.office, due) if due else None,
        "answered": complaint.responded_at is not None,
        "thread": public_entries(complaint),
        "files": complaint.files.filter(message=None).order_by("pk"),
        "form": MoreForm() if state in OPEN else None,
        "objection": ObjectionForm() if may_object else None,
        "objection_until": last_day(complaint.office, complaint.objection_until) if may_object else None,
    }
