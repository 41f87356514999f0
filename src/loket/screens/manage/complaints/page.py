"""What the register shows of a complaint."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from loket.feedback.models import Complaint
from loket.feedback.queries_complaints import class_words, due_of, staff_of
from loket.offices.clock import last_day
from loket.people.queries import staff_names
from loket.rules.complaining import OPEN, Move, State, moves_from
from loket.screens.complaint_words import state_words
from loket.screens.manage.complaints.forms import WriteForm, handlers_of


@dataclass(frozen=True)
class Row:
    """One line of the register."""

    complaint: Complaint
    state: str
    due: date | None
    late: bool


def row(complaint: Complaint, *, at: datetime) -> Row:
    due = due_of(complaint)
    return Row(
        complaint=complaint,
        state=state_words(State(complaint.state)),
        due=last_day(complaint.office, due) if due else None,
        late=due is not None and at >= due,
    )


def page(complaint: Complaint, *, at: datetime) -> dict[str, Any]:
    state = State(complaint.state)
    entries = list(complaint.messages.prefetch_related("files").order_by("at", "pk"))
    names = staff_names({entry.by for entry in entries} | {complaint.entered_by})
    about = list(complaint.about.order_by("name", "pk"))
    return {
        "part": "register",
        "complaint": complaint,
        "row": row(complaint, at=at),
        "class": class_words(complaint.office).get(complaint.category, complaint.category),
        "entries": [(entry, names.get(entry.by, "")) for entry in entries],
        "entered_by": names.get(complaint.entered_by, ""),
        "files": complaint.files.filter(message=None).order_by("pk"),
        "about": about,
        "moves": {move.value for move in moves_from(state) if move is not Move.EXPIRE},
        "write": WriteForm() if state in OPEN else None,
        "classes": class_words(complaint.office).items(),
        "handlers": handlers_of(complaint),
        "nameable": [user for user in staff_of(complaint.office) if user not in about],
    }
