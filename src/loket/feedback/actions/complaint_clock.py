"""What the calendar does to complaints: reminders, escalation, the end of the time for objections."""

from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.feedback import messages
from loket.feedback.models import Complaint
from loket.feedback.queries_complaints import due_of, open_complaints
from loket.offices.queries import calendar_of
from loket.outbox import actions as outbox
from loket.rules.complaining import MAY_OBJECT, remind_at
from loket.rules.worktime import NoWorkingDay


def pressing(*, at: datetime) -> list[Complaint]:
    """Open complaints that are nearly due or overdue, and of which nobody was told yet."""
    return [
        complaint
        for complaint in open_complaints()
        if (what := _what(complaint, at)) and messages.told(complaint, what) and not _told(complaint, at)
    ]


def _what(complaint: Complaint, at: datetime) -> str:
    due = due_of(complaint)
    if due is None or complaint.waiting_since:
        return ""
    if at >= due:
        return "overdue"
    return "reminder" if at >= remind_at(calendar=calendar_of(complaint.office), due=due) else ""


def _told(complaint: Complaint, at: datetime) -> bool:
    return outbox.stored(key=_mark(complaint, _what(complaint, at)))


def _mark(complaint: Complaint, what: str) -> str:
    """The mail to the first of those who are told."""
    first = messages.told(complaint, what)[0]
    return f"complaint:{complaint.pk}:{what}:{due_of(complaint):%Y%m%d%H%M}:{first.pk}"


@transaction.atomic
def press(*, complaint: Complaint, at: datetime) -> bool:
    """Remind or escalate, in opening hours, once for each deadline; again changes nothing."""
    events.hold(complaint.office.code)
    now = Complaint.objects.select_related("office", "handler").get(pk=complaint.pk)
    what = _what(now, at)
    if not what or not messages.told(now, what) or _told(now, at):
        return False
    try:
        not_before = calendar_of(now.office).open_from(at)
    except NoWorkingDay:
        return False
    messages.complaint_presses(now, what, at=at, not_before=not_before)
    events.record(
        office=now.office.code, kind=f"complaint.{what}", subject=f"complaint:{now.pk}", by="loket", at=at
    )
    return True


def expiring(*, at: datetime) -> list[Complaint]:
    """Decided complaints whose time for an objection is over."""
    decided = Complaint.objects.filter(
        state__in=[state.value for state in MAY_OBJECT], objection_until__lte=at
    )
    return list(decided.select_related("office").order_by("pk")[:100])
