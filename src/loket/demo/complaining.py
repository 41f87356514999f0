"""The demo's complaints, played through the ordinary actions at the times they say."""

from datetime import datetime, timedelta

from django.conf import settings

from loket.demo.grievances import ELSEWHERE, GRIEVANCES, Grievance, Step
from loket.demo.talking import moments
from loket.feedback.actions import complaint_moves as moves
from loket.feedback.actions import complaints as actions
from loket.feedback.models import Complaint
from loket.offices.models import Office
from loket.people.models import User

# A demo that is looked at again later has new ones then.
PAUSE = timedelta(days=30)
LONGEST = max(each.filed[0] for each in GRIEVANCES)
WRITES = {"answer": moves.answer, "resolve": moves.resolve, "decide": moves.decide, "note": moves.note}


def complain(*, office: Office, supervisor: User, handler: User, at: datetime) -> int:
    """Let everybody complain unless somebody did within a month; how many complaints there are more now."""
    if Complaint.objects.filter(office=office, received_at__gt=at - PAUSE).exists():
        return 0
    moment = moments(office, LONGEST, at)
    first: Complaint | None = None
    for number, each in enumerate(sorted(GRIEVANCES, key=lambda case: -case.filed[0])):
        filed = _file(each, office, f"{number}", moment(*each.filed))
        first = first or filed
        for step in each.steps:
            _step(step, filed.pk, first, supervisor, handler, moment(step.back, step.clock))
    return len(GRIEVANCES)


def _file(case: Grievance, office: Office, number: str, at: datetime) -> Complaint:
    email = f"{case.email}@{settings.DEMO_DOMAIN}" if case.email else ""
    return actions.file_complaint(
        office=office,
        words=actions.Words(case.subject, case.text, confidential=case.confidential),
        door=Complaint.Door(case.door),
        key=f"demo-complaint-{at:%Y%m%d}-{number}",
        contact=actions.Contact(case.name, email),
        at=at,
    ).complaint


def _step(step: Step, pk: int, first: Complaint, supervisor: User, handler: User, at: datetime) -> None:
    complaint = Complaint.objects.select_related("office").get(pk=pk)
    text = step.text
    if step.verb == "verify":
        moves.verify(complaint=complaint, category="", handler=handler, by=supervisor, at=at)
    elif step.verb == "start":
        moves.start(complaint=complaint, by=supervisor, at=at)
    elif step.verb == "question":
        moves.answer(complaint=complaint, text=text, by=supervisor, at=at, asks=True)
    elif step.verb == "forward":
        moves.forward(complaint=complaint, to=ELSEWHERE, text=text, by=supervisor, at=at)
    elif step.verb == "duplicate":
        moves.mark_duplicate(complaint=complaint, of=first, by=supervisor, at=at)
    elif step.verb == "reply":
        actions.reply(complaint=complaint, text=text, key=f"demo-{complaint.pk}", at=at)
    elif step.verb == "object":
        actions.object_to(complaint=complaint, text=text, key=f"demo-{complaint.pk}", at=at)
    else:
        WRITES[step.verb](complaint=complaint, text=text, by=supervisor, at=at)
