"""What an office changes about itself: its settings, services and counters."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from loket.base import events
from loket.offices.limits import limits_from
from loket.offices.models import Counter, Office, Service


class LetterTaken(Exception):
    """Another service of the office starts its numbers with this letter."""


class LastOne(Exception):
    """An office keeps at least one service and one counter in use."""


@transaction.atomic
def change_settings(*, office: Office, changes: dict[str, Any], by: str, at: datetime) -> Office:
    """Set some of the office's limits; the rest stays. Refuses limits.LimitWrong.

    The event keeps each changed setting with what it was before, so that every day can be explained.
    """
    events.hold(office.code)
    stored = Office.objects.values_list("settings", flat=True).get(pk=office.pk)
    before, after = limits_from(stored).to_dict(), limits_from(stored | changes).to_dict()
    changed = sorted(name for name in after if after[name] != before[name])
    office.settings = stored | changes
    if not changed:
        return office
    Office.objects.filter(pk=office.pk).update(settings=office.settings)
    events.record(
        office=office.code,
        kind="office.settings",
        subject=f"office:{office.code}",
        by=by,
        at=at,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return office


@transaction.atomic
def add_service(
    *, office: Office, letter: str, name_id: str, name_en: str, minutes: int, by: str, at: datetime
) -> Service:
    """A further service with a letter of its own; every counter offers it at first. Refuses LetterTaken."""
    events.hold(office.code)
    _letter_free(office, letter)
    service = Service.objects.create(
        office=office,
        code=f"layanan-{letter.lower()}",
        letter=letter,
        name_id=name_id,
        name_en=name_en,
        usual_minutes=minutes,
    )
    for counter in Counter.objects.filter(office=office).order_by("number"):
        counter.services.add(service)
    _tell(office, "service.add", f"service:{service.code}", by, at, letter=letter)
    return service


@transaction.atomic
def change_service(
    *, service: Service, name_id: str, name_en: str, minutes: int, active: bool, by: str, at: datetime
) -> None:
    """Rename, re-estimate or stop a service; its letter stays, as numbers were given with it.

    A stopped service gives no more numbers; who waits is still served. Refuses LastOne.
    """
    office = service.office
    events.hold(office.code)
    others = Service.objects.filter(office=office, active=True).exclude(pk=service.pk)
    if not active and not others.exists():
        raise LastOne(service)
    Service.objects.filter(pk=service.pk).update(
        name_id=name_id, name_en=name_en, usual_minutes=minutes, active=active
    )
    _tell(office, "service.change", f"service:{service.code}", by, at, active=active, minutes=minutes)


@transaction.atomic
def add_counter(*, office: Office, by: str, at: datetime) -> Counter:
    """The next counter; it offers every service in use."""
    events.hold(office.code)
    highest = Counter.objects.filter(office=office).aggregate(highest=Max("number"))["highest"] or 0
    counter = Counter.objects.create(office=office, number=highest + 1)
    counter.services.set(Service.objects.filter(office=office, active=True))
    _tell(office, "counter.add", f"counter:{counter.number}", by, at)
    return counter


@transaction.atomic
def change_counter(*, counter: Counter, services: list[Service], active: bool, by: str, at: datetime) -> None:
    """Which services the counter offers, and whether it is in use. Refuses LastOne."""
    office = counter.office
    events.hold(office.code)
    others = Counter.objects.filter(office=office, active=True).exclude(pk=counter.pk)
    if not active and not others.exists():
        raise LastOne(counter)
    Counter.objects.filter(pk=counter.pk).update(active=active)
    counter.services.set(services)
    letters = sorted(service.letter for service in services)
    _tell(office, "counter.change", f"counter:{counter.number}", by, at, active=active, services=letters)


def _letter_free(office: Office, letter: str) -> None:
    if Service.objects.filter(office=office, letter=letter).exists():
        raise LetterTaken(letter)


def _tell(office: Office, kind: str, subject: str, by: str, at: datetime, **data: object) -> None:
    events.record(office=office.code, kind=kind, subject=subject, by=by, at=at, **data)
