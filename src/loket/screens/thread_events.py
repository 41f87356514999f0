"""What the program itself says in a conversation, in the words of whoever reads it.

The actions note a code and its facts down; both readings of a code stand side by side here.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.consultations.models import Consultation, Message

Reason = Consultation.Reason
# What an older note may lack.
NO_FACTS = {"why": "", "before": "", "after": "", "label": ""}


@dataclass(frozen=True)
class Said:
    """A code in words; `visitor` is empty for what concerns the staff only."""

    staff: str | Promise
    visitor: str | Promise = ""


SAID = {
    "reopened": Said(
        gettext_lazy("Opened again by the visitor's message"),
        gettext_lazy("The consultation is open again."),
    ),
    "voided": Said(
        gettext_lazy("The closing is void: the visitor's message had arrived before it"),
        gettext_lazy("Your message had arrived before the closing; the closing does not count."),
    ),
    "warned": Said(
        gettext_lazy("Reminder sent before the closing"),
        gettext_lazy("We have reminded you that the consultation will close by itself."),
    ),
    "deadline_moved": Said(
        gettext_lazy("The deadline has moved, because the calendar changed: %(why)s"),
        gettext_lazy("The office's calendar has changed, so the deadline is later: %(why)s."),
    ),
    "closing_moved": Said(
        gettext_lazy("The closing has moved, because the calendar changed: %(why)s"),
        gettext_lazy("The office's calendar has changed, so you have more time to reply: %(why)s."),
    ),
    "moved": Said(
        gettext_lazy("Passed on from %(before)s to %(after)s; the deadline stays as it was"),
        gettext_lazy("%(before)s passed the question on to %(after)s; the deadline stays as it was."),
    ),
    "merged": Said(
        gettext_lazy("Merged with %(label)s"),
        gettext_lazy("Your consultation %(label)s goes on here as well."),
    ),
    "taken_apart": Said(
        gettext_lazy("Separated again from %(label)s"),
        gettext_lazy("Your consultation %(label)s goes on by itself again."),
    ),
    "split": Said(
        gettext_lazy("A part of it goes on as %(label)s"),
        gettext_lazy("A part of your question goes on as %(label)s."),
    ),
    "restored": Said(gettext_lazy("Opened again: it was not spam")),
    "assigned": Said(gettext_lazy("Given to an officer")),
    "unassigned": Said(gettext_lazy("Given back to all: no officer has it")),
    "not_sent": Said(gettext_lazy("Waited for a second officer and was not sent; kept as a note")),
    "complaint": Said(gettext_lazy("Marked as a complaint")),
    "no_complaint": Said(gettext_lazy("No longer marked as a complaint")),
    "excused": Said(gettext_lazy("The delay was excused; it stays on record: %(why)s")),
}
CLOSED = {
    Reason.SOLVED: gettext_lazy("You said that your question is answered. The consultation is closed."),
    Reason.NO_RESPONSE: gettext_lazy(
        "There was no message from you for some working days, so it was closed."
    ),
    Reason.WITHDRAWN: gettext_lazy("You have withdrawn the question. The consultation is closed."),
    Reason.MERGED: gettext_lazy("The consultation goes on in another one of yours."),
}


def for_staff(message: Message) -> str:
    code, facts = _noted(message)
    if code == "closed":
        return _("Closed: %(reason)s") % {"reason": Reason(facts.get("reason", "")).label}
    words = SAID[code].staff if code in SAID else _("The consultation has changed")
    return str(words) % (NO_FACTS | facts)


def for_visitor(message: Message) -> str:
    """A sentence for the visitor; empty for what concerns the staff only."""
    code, facts = _noted(message)
    if code == "closed":
        return str(CLOSED.get(facts.get("reason", ""), _("The consultation is closed.")))
    words = SAID[code].visitor if code in SAID else ""
    return str(words) % (NO_FACTS | facts)


def _noted(message: Message) -> tuple[str, dict[str, Any]]:
    return message.facts.get("code", ""), message.facts
