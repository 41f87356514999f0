"""Who answers: taken, given, or handed to whoever has least to do."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from loket.base import sql
from loket.consultations import colleagues
from loket.consultations.actions import nudging, saying
from loket.consultations.models import Absence, Consultation, Message, Presence, Speciality
from loket.offices.clock import local_day
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.offices.queries import calendar_of
from loket.people.access import works_at
from loket.people.models import Role, User
from loket.rules.worktime import Calendar

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
    calendar = calendar_of(thread.office)
    officer = least_loaded(office=thread.office, kind=thread.kind, calendar=calendar, at=at)
    if officer is None:
        raise NobodyThere(thread.office)
    _give(thread, officer, by=by, at=at)
    return officer


@transaction.atomic
def let_go(*, consultation: Consultation, at: datetime) -> bool:
    """Back to all, where whoever has it works at this desk no more; False where nobody has to let go."""
    thread = saying.hold(consultation)
    if thread.assignee is None or works_at(thread.assignee, thread.office):
        return False
    _give(thread, None, by=None, at=at)
    return True


def _give(thread: Consultation, to: User | None, *, by: User | None, at: datetime) -> None:
    """`by` None: the program itself."""
    if to == thread.assignee:
        return
    giver = by.staff_id if by else saying.LOKET
    Consultation.objects.filter(pk=thread.pk).update(assignee=to)
    thread.assignee = to
    say_given(thread, to, by=giver, at=at)
    nudging.ask_others(thread, but=by, at=at)
    saying.tell(thread, "assign", by=giver, at=at, data={"to": to and to.staff_id})


def say_given(thread: Consultation, to: User | None, *, by: str, at: datetime) -> None:
    """What the thread and its officer hear of it; the event is the caller's."""
    sql.insert(line_of(thread, to, by=by, at=at))
    if to is not None:
        colleagues.given(thread, to, by=by, at=at)


def line_of(thread: Consultation, to: User | None, *, by: str, at: datetime) -> Message:
    """What the thread says of it, not stored yet."""
    return saying.noted(
        thread, "assigned" if to else "unassigned", at=at, public=False, to=to and to.staff_id, by=by
    )


def next_officer(*, office: Office, kind: str, calendar: Calendar, at: datetime) -> User | None:
    """Who gets what arrives now, where the office hands out on arrival (`assign_on_asking`); else None."""
    if not limits_from(office.settings).assign_on_asking:
        return None
    return least_loaded(office=office, kind=kind, calendar=calendar, at=at)


def least_loaded(*, office: Office, kind: str, calendar: Calendar, at: datetime) -> User | None:
    """Of the officers on duty those who know the topic, of these those who are there now, and of these
    the one with the fewest open consultations; None when nobody is on duty.
    """
    special = Speciality.objects.filter(officer=OuterRef("pk"), office=office, kind=kind)
    there = Presence.objects.filter(person=OuterRef("pk"), seen_at__gt=at - THERE_FOR)
    officers = on_duty(office=office, calendar=calendar, at=at)
    known = officers.annotate(knows=Exists(special), is_there=Exists(there))
    return known.order_by("-knows", "-is_there", "load", "pk").first()


def on_duty(*, office: Office, calendar: Calendar, at: datetime) -> QuerySet[User]:
    """The office's officers who are not on leave, each with their `load` of open consultations.

    What arrives after the doors have closed is for whoever is there when they open again.
    """
    day = local_day(office, calendar.open_from(at))
    away = Absence.objects.filter(office=office, first__lte=day, last__gte=day).values("officer")
    mine = Q(assigned_consultations__office=office, assigned_consultations__state=Consultation.State.OFFICE)
    return (
        User.objects.filter(memberships__office=office, memberships__role=Role.OFFICER, is_active=True)
        .exclude(pk__in=away)
        .annotate(load=Count("assigned_consultations", filter=mine, distinct=True))
        .order_by("load", "pk")
    )
