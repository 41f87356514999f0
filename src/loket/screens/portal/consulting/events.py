"""What the program itself says in a thread, in the reader's language."""

from django.utils.translation import gettext as _

from loket.consultations.models import Consultation, Message

Reason = Consultation.Reason


def event_words(message: Message) -> str:
    """A sentence for the visitor; empty for what concerns the staff only."""
    code = message.facts.get("code", "")
    if code == "closed":
        return _closed(message.facts.get("reason", ""))
    return {
        "reopened": _("The consultation is open again."),
        "voided": _("Your message had arrived before the closing; the closing does not count."),
        "warned": _("We have reminded you that the consultation will close by itself."),
        "moved": _("The office's calendar has changed; the deadline moved later."),
        "merged": _("The consultation was merged with another one of yours."),
        "office": _("The question was passed on to another office; the deadline stays as it was."),
    }.get(code, "")


def _closed(reason: str) -> str:
    return {
        Reason.SOLVED: _("You said that your question is answered. The consultation is closed."),
        Reason.NO_RESPONSE: _("There was no message from you for some working days, so it was closed."),
        Reason.WITHDRAWN: _("You have withdrawn the question. The consultation is closed."),
        Reason.MERGED: _("The consultation goes on in another one of yours."),
    }.get(reason, _("The consultation is closed."))
