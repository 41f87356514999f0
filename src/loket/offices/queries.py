"""Reads of offices and their calendars that more than one place needs."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Q

from loket.base import sql
from loket.offices.models import CalendarDraft, CalendarVersion, Office, Service
from loket.rules import calendarfile
from loket.rules.worktime import Calendar


class NoCalendar(Exception):
    """The office has not published a calendar yet; nothing can be promised without one."""


def loaded_offices() -> set[str]:
    """Codes of the offices that came from a file; parents that only group others did not."""
    loaded = Office.objects.filter(Q(serves=True) | Q(calendars__isnull=False))
    return set(loaded.values_list("code", flat=True))


def serving_below(office: Office) -> list[Office]:
    """The offices with doors below this one, itself among them where it has doors; by code."""
    every = list(Office.objects.order_by("code"))
    below = {office.pk}
    # Parents come before their children only by chance, so until nothing is added any more.
    while more := {each.pk for each in every if each.parent_id in below} - below:
        below |= more
    return [each for each in every if each.pk in below and each.serves]


def newest_version(office: Office) -> CalendarVersion | None:
    return CalendarVersion.objects.filter(office=office).order_by("-version").first()


def calendar_draft(office: Office) -> CalendarDraft | None:
    return CalendarDraft.objects.filter(office=office).first()  # one an office, so no order is needed


def active_services(office: Office) -> list[Service]:
    """What can be queued for now, by letter; each knows its office."""
    services = sql.select(Service, "office_id = %s AND active ORDER BY letter", office.pk)
    for service in services:
        service._state.fields_cache["office"] = office
    return services


def calendar_of(office: Office) -> Calendar:
    """The office's published calendar as of now. Refuses NoCalendar."""
    return ask_calendar(office)()


def ask_calendar(office: Office) -> Callable[[], Calendar]:
    """As `calendar_of`, read with the answers that somebody waits for anyway; see sql.later."""
    asked = sql.later(
        "SELECT digest FROM offices_calendarversion WHERE office_id = %s ORDER BY version DESC LIMIT 1",
        office.pk,
    )

    def calendar() -> Calendar:
        newest = asked.fetchone()
        if newest is None:
            raise NoCalendar(office)
        return calendar_with(newest[0])

    return calendar


# Kept by content, not by number: a number given in a transaction that failed is given again.
@lru_cache(maxsize=2048)
def calendar_with(digest: str) -> Calendar:
    """The published calendar of this content."""
    versions = CalendarVersion.objects.filter(digest=digest).order_by("pk")
    return calendarfile.from_dict(versions.values_list("content", flat=True)[0])


def opening_of_day(office: Office, day: date) -> datetime | None:
    """When the office opens on `day`; None when it does not."""
    calendar = calendar_of(office)
    return calendar.opening(day) if calendar.is_working_day(day) else None
