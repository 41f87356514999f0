"""Loading an office file: the office, its parents, what it offers, its calendar and its standard."""

from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from django.db import transaction

from loket.base import events
from loket.offices import calendars, queries
from loket.offices.models import Counter, Office, Service, Standard
from loket.offices.officefile import CounterEntry, OfficeFile, ServiceEntry

EXAMPLES = ("3574", "9471")


class LetterTaken(Exception):
    """The letter belongs to another service of the office, perhaps one no longer offered."""


@dataclass(frozen=True)
class Loaded:
    """What loading did: the office, and which parts are different now."""

    office: Office
    changed: tuple[str, ...]


def example(code: str) -> str:
    """The text of an office file that comes with the program."""
    return resources.files("loket.offices").joinpath("examples", f"{code}.toml").read_text("utf-8")


@transaction.atomic
def load(*, file: OfficeFile, by: str, at: datetime) -> Loaded:
    """Make the office what the file says; loading the same file again changes nothing.

    Services and counters that the file leaves out are taken out of use, not deleted: tickets point
    at them. Settings the file does not mention keep what the office chose. Refuses LetterTaken and
    what offices.calendars.publish refuses.
    """
    events.hold(file.fields["code"])
    parent = _store_parents(file.parents)
    office, is_new = _store_office(file, parent)
    parts = {
        "office": is_new,
        "services": _store_services(office, file.services),
        "counters": _store_counters(office, file.counters),
        "calendar": _store_calendar(office, file.calendar, by=by, at=at),
        "standard": _store_standard(office, file, at=at),
    }
    changed = tuple(name for name, is_changed in parts.items() if is_changed)
    if changed:
        events.record(
            office=office.code, kind="office.loaded", subject="office", by=by, at=at, changed=list(changed)
        )
    return Loaded(office, changed)


def _store_parents(parents: list[dict[str, str]]) -> Office | None:
    above = None
    for entry in parents:
        parent, _ = Office.objects.get_or_create(code=entry["code"], defaults={"serves": False})
        # An office with a file of its own knows its name best.
        if not parent.serves:
            _update(parent, entry | {"parent": above})
        above = parent
    return above


def _store_office(file: OfficeFile, parent: Office | None) -> tuple[Office, bool]:
    office = Office.objects.filter(code=file.fields["code"]).first()  # one by constraint
    is_new = office is None
    office = office or Office(code=file.fields["code"])
    wanted = file.fields | {
        "parent": parent,
        "serves": True,
        "settings": office.settings | file.limits,
    }
    return office, _update(office, wanted) or is_new


def _store_services(office: Office, entries: list[ServiceEntry]) -> bool:
    changed = False
    for entry in entries:
        held = office.services.exclude(code=entry.code).filter(letter=entry.letter)
        if held.exists():
            raise LetterTaken(entry.letter, held.get().code)
        service = office.services.filter(code=entry.code).first() or Service(office=office)  # one
        changed |= _update(service, vars(entry) | {"active": True})
    gone = office.services.filter(active=True).exclude(code__in=[entry.code for entry in entries])
    return bool(gone.update(active=False)) or changed


def _store_counters(office: Office, entries: list[CounterEntry]) -> bool:
    changed = False
    for entry in entries:
        counter = office.counters.filter(number=entry.number).first() or Counter(office=office)  # one
        changed |= _update(counter, {"number": entry.number, "active": True})
        wanted = set(office.services.filter(code__in=entry.services))
        if set(counter.services.all()) != wanted:
            counter.services.set(wanted)
            changed = True
    gone = office.counters.filter(active=True).exclude(number__in=[entry.number for entry in entries])
    return bool(gone.update(active=False)) or changed


def _store_calendar(office: Office, section: dict[str, Any], *, by: str, at: datetime) -> bool:
    before = queries.newest_version(office)
    after = calendars.load(office=office, section=section, by=by, at=at, reason="office file")
    return before != after


def _store_standard(office: Office, file: OfficeFile, *, at: datetime) -> bool:
    newest = office.standards.order_by("-version").first()
    if newest and (newest.decree, newest.content) == (file.decree, file.standard):
        return False
    Standard.objects.create(
        office=office,
        version=newest.version + 1 if newest else 1,
        decree=file.decree,
        content=file.standard,
        published_at=at,
    )
    return True


def _update(row: Any, wanted: dict[str, Any]) -> bool:
    """Store the row when it is new or says something else; True when it was stored."""
    if row.pk and all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save()
    return True
