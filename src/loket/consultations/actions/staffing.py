"""What an officer is away for, and what an officer knows best."""

from datetime import date, datetime

from django.db import transaction

from loket.base import events
from loket.consultations.models import Absence, Speciality
from loket.offices.models import Office
from loket.people.models import User


class DaysWrong(Exception):
    """The last day of an absence comes before the first."""


@transaction.atomic
def be_absent(*, officer: User, office: Office, first: date, last: date, by: str, at: datetime) -> Absence:
    """Days on which nothing new is handed to the officer, both included. Refuses DaysWrong."""
    if last < first:
        raise DaysWrong
    events.hold(office.code)
    absence = Absence.objects.create(officer=officer, office=office, first=first, last=last)
    _tell(office, "absence.begin", officer, by, at, first=first.isoformat(), last=last.isoformat())
    return absence


@transaction.atomic
def be_back(*, absence: Absence, by: str, at: datetime) -> None:
    """Take the absence out; again changes nothing."""
    events.hold(absence.office.code)
    if Absence.objects.filter(pk=absence.pk).delete()[0]:
        _tell(absence.office, "absence.end", absence.officer, by, at)


@transaction.atomic
def know(*, officer: User, office: Office, kinds: set[str], by: str, at: datetime) -> None:
    """The kinds of question that the officer is asked first; exactly these."""
    events.hold(office.code)
    own = Speciality.objects.filter(officer=officer, office=office)
    own.exclude(kind__in=kinds).delete()
    held = set(own.values_list("kind", flat=True))
    Speciality.objects.bulk_create(
        Speciality(officer=officer, office=office, kind=kind) for kind in sorted(kinds - held)
    )
    _tell(office, "speciality.set", officer, by, at, kinds=sorted(kinds))


def _tell(office: Office, kind: str, officer: User, by: str, at: datetime, **data: object) -> None:
    events.record(office=office.code, kind=kind, subject=officer.staff_id, by=by, at=at, **data)
