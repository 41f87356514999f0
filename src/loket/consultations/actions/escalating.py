"""Colleagues are reminded before and after a deadline, in opening hours (issue: day 2, day 3, breach)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.consultations import colleagues
from loket.consultations.actions import clocking, saying
from loket.consultations.models import Consultation, Turn
from loket.offices.explaining import until
from loket.offices.models import Office
from loket.people.models import Membership, Role, User
from loket.rules import consulting

ASSIGNEE, SUPERVISOR, BREACH = 1, 2, 3


@transaction.atomic
def escalate(*, consultation: Consultation, at: datetime) -> int | None:
    """Take the latest step that is due: 1 the assignee, 2 the supervisor, 3 both, after the breach.

    None when none is. A worker that comes late takes only the last of the steps it missed; at night it
    puts them off until the next opening. Nobody reads from this that something is overdue: that is
    said by `due_at`.
    """
    thread = saying.hold(consultation)
    if thread.state != Consultation.State.OFFICE or thread.escalate_at is None or at < thread.escalate_at:
        return None
    turn = clocking.open_turn(thread)
    calendar = clocking.published(turn.office).calendar
    opens = calendar.open_from(at)
    if opens > at:
        saying.plan(thread, escalate_at=opens)
        return None
    steps = consulting.escalations(calendar=calendar, deadline=turn.deadline)
    step = max(sum(moment <= at for moment in steps), turn.escalated + 1)
    Turn.objects.filter(pk=turn.pk).update(escalated=step)
    saying.plan(thread, escalate_at=steps[step] if step < BREACH else None)
    for person in _whom(thread, step, told=turn.escalated):
        colleagues.to_officer(
            thread, person, f"escalation:{turn.number}:{step}", lambda: _sentence(thread, step), at=at
        )
    saying.tell(thread, "escalate", by=saying.LOKET, at=at, data={"turn": turn.number, "step": step})
    return step


def _whom(thread: Consultation, step: int, *, told: int) -> list[User]:
    """The assignee alone at first; where nobody is assigned, the supervisor has to see to it."""
    assignee = thread.assignee if thread.assignee and thread.assignee.is_active else None
    if step == ASSIGNEE and assignee:
        return [assignee]
    people = {person.pk: person for person in supervisors(thread.office)}
    if assignee and (step == BREACH or told < ASSIGNEE):
        people[assignee.pk] = assignee
    return [people[key] for key in sorted(people)]


def supervisors(office: Office) -> Iterable[User]:
    """Those who answer for the office; its administrators where it has no supervisor."""
    for role in (Role.SUPERVISOR, Role.ADMINISTRATOR):
        held = Membership.objects.filter(office=office, role=role, user__is_active=True)
        if people := [each.user for each in held.select_related("user").order_by("pk")]:
            return people
    return []


def _sentence(thread: Consultation, step: int) -> str:
    facts = {"number": thread.label, "due": until(thread.office, thread.due_at)}
    if step == BREACH:
        return _("Consultation %(number)s was due on %(due)s and has no answer yet.") % facts
    return _("Consultation %(number)s is due on %(due)s and has no answer yet.") % facts
