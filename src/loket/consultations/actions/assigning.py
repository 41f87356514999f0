"""Who answers: taken, given, or handed to whoever has least to do."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from loket.consultations import messages
from loket.consultations.actions import saying
from loket.consultations.models import Absence, Consultation, Presence, Speciality
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.people.access import DESK
from loket.people.models import Membership, Role, User

# Somebody whose desk said so in the last half hour is there.
THERE_FOR = timedelta(minutes=30)


class AssignedMeanwhile(Exception):
    """A colleague took it or gave it away after the page was read; args: the assignee now, or None."""


class NotOfThisOffice(Exception):
    """Only people who work at the office's desk can be given its consultations."""


class NobodyThere(Exception):
    """No officer of the office is on duty; assign somebody by hand."""


@transaction.atomic
def assign(*, consultation: Consultation, to: User | None, seen: int | None, by: User, at: datetime) -> None:
    """Give it to somebody, oneself included, or back to all (None).

    `seen` is the key of the assignee whom the page showed. Refuses AssignedMeanwhile, NotOfThisOffice
    and ThreadMoved.
    """
    thread = saying.hold(consultation)
    if thread.assignee_id != seen:
        raise AssignedMeanwhile(thread.assignee)
    if to is not None and not works_at(to, thread.office):
        raise NotOfThisOffice(to)
    _give(thread, to, by=by, at=at)


@transaction.atomic
def hand_out(*, consultation: Consultation, by: User, at: datetime) -> User:
    """Give it to the officer with least to do. Refuses NobodyThere and ThreadMoved."""
    thread = saying.hold(consultation)
    officer = least_loaded(office=thread.office, kind=thread.kind, at=at)
    if officer is None:
        raise NobodyThere(thread.office)
    _give(thread, officer, by=by, at=at)
    return officer


def _give(thread: Consultation, to: User | None, *, by: User, at: datetime) -> None:
    if to == thread.assignee:
        return
    Consultation.objects.filter(pk=thread.pk).update(assignee=to)
    thread.assignee = to
    saying.note_down(thread, "assigned", at=at, public=False, to=to and to.staff_id, by=by.staff_id)
    saying.tell(thread, "assign", by=by.staff_id, at=at, data={"to": to and to.staff_id})
    if to is not None and to != by:
        messages.to_officer(
            thread,
            to,
            f"assigned:{thread.version}:{at:%Y%m%d%H%M%S%f}",
            lambda: _("Consultation %(number)s was given to you.") % {"number": thread.label},
            at=at,
        )


def works_at(user: User, office: Office) -> bool:
    return user.is_active and Membership.objects.filter(user=user, office=office, role__in=DESK).exists()


def least_loaded(*, office: Office, kind: str, at: datetime) -> User | None:
    """Of the officers on duty those who know the topic, of these those who are there now, and of these
    the one with the fewest open consultations; None when nobody is on duty.
    """
    officers = list(on_duty(office=office, at=at))
    special = Speciality.objects.filter(office=office, kind=kind).values_list("officer_id", flat=True)
    there = Presence.objects.filter(person__in=officers, seen_at__gt=at - THERE_FOR)
    officers = _rather(officers, set(special))
    officers = _rather(officers, set(there.values_list("person_id", flat=True)))
    return min(officers, key=lambda officer: (officer.load, officer.pk), default=None)


def on_duty(*, office: Office, at: datetime) -> Sequence[User]:
    """The office's officers who are not on leave today, each with their `load` of open consultations."""
    today = local_day(office, at)
    away = Absence.objects.filter(office=office, first__lte=today, last__gte=today).values("officer")
    mine = Q(assigned_consultations__office=office, assigned_consultations__state=Consultation.State.OFFICE)
    return (
        User.objects.filter(memberships__office=office, memberships__role=Role.OFFICER, is_active=True)
        .exclude(pk__in=away)
        .annotate(load=Count("assigned_consultations", filter=mine, distinct=True))
        .order_by("load", "pk")
    )


def _rather(officers: list[User], keys: set[int]) -> list[User]:
    """Those with the keys; all when there are none."""
    return [officer for officer in officers if officer.pk in keys] or officers
