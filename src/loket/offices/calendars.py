"""Publishing an office's calendar: a new version each time, never a change of an old one."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from loket.base import events
from loket.offices import queries
from loket.offices.clock import local_day
from loket.offices.models import CalendarVersion, Office
from loket.offices.proposals import NATIONWIDE, Proposal, accept, proposal
from loket.rules import calendarfile
from loket.rules.calendarparts import CalendarWrong
from loket.rules.worktime import Calendar


class NothingChanged(Exception):
    """The calendar is the one already published."""


class ReasonMissing(Exception):
    """A calendar changes people's deadlines, so each version says why."""


class OtherVersion(Exception):
    """Somebody else has published in the meantime; look at their version first."""


def publish(
    *,
    office: Office,
    calendar: Calendar,
    by: str,
    at: datetime,
    reason: str,
    follows: int | None = None,
) -> CalendarVersion:
    """Make `calendar` the office's calendar from now on, as the version after the newest.

    `by` is a staff id or "loket". `follows`: the number of the version the author saw, where a person
    edits. Refuses ReasonMissing, OtherVersion, NothingChanged, CalendarWrong (the zone is not the
    office's) and NoWorkingDay (not open once in the next 366 days).
    """
    if not reason.strip():
        raise ReasonMissing
    if calendar.zone != office.zone:
        raise CalendarWrong("zone", f"{office.zone}, the zone of the office")
    calendar.check_opens(local_day(office, at))
    with transaction.atomic():
        events.hold(office.code)
        newest = queries.newest_version(office)
        number = newest.version if newest else 0
        content = calendarfile.to_dict(calendar)
        if follows is not None and follows != number:
            raise OtherVersion(number)
        if newest and calendarfile.from_dict(newest.content) == calendar:
            raise NothingChanged(number)
        version = CalendarVersion.objects.create(
            office=office,
            version=number + 1,
            content=content,
            digest=digest(content),
            published_at=at,
            published_by=by,
            reason=reason.strip(),
        )
        events.record(
            office=office.code,
            kind="calendar.published",
            subject=f"calendar:{version.version}",
            by=by,
            at=at,
            version=version.version,
            digest=version.digest,
            reason=version.reason,
        )
    return version


def digest(content: dict[str, Any]) -> str:
    """SHA-256 over the one canonical spelling of a calendar."""
    spelled = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(spelled.encode()).hexdigest()


def load(
    *, office: Office, section: Mapping[str, Any], by: str, at: datetime, reason: str
) -> CalendarVersion:
    """Publish the [calendar] of an office file, or keep the newest version when that says the same.

    A list the file does not mention stays as it was published: closures and special periods that the
    office has entered itself survive. Refuses as `publish` and, for the section, CalendarWrong.
    """
    newest = queries.newest_version(office)
    before = calendarfile.from_dict(newest.content) if newest else None
    calendar = read_section(office.zone, section, before)
    try:
        return publish(office=office, calendar=calendar, by=by, at=at, reason=reason)
    except NothingChanged:
        return queries.newest_version(office)


def read_section(zone: str, section: Mapping[str, Any], before: Calendar | None = None) -> Calendar:
    """The shape of rules.calendarfile without `zone`, and `holidays`: the years to fill in."""
    own = {name: value for name, value in section.items() if name != "holidays"}
    calendar = calendarfile.from_dict({"zone": zone, **own})
    if before:
        calendar = keep_unmentioned(calendar, before, section)
    years = section.get("holidays", [])
    if not isinstance(years, list) or not all(type(year) is int and 1946 <= year <= 2100 for year in years):
        raise CalendarWrong("holidays", f"a list of years from 1946 to 2100, not {years!r}")
    for year in years:
        calendar = accept(calendar, proposal(year))
    return calendar


def keep_unmentioned(calendar: Calendar, before: Calendar, section: Mapping[str, Any]) -> Calendar:
    taken = {closed.day for closed in calendar.closed}
    known = {year.year for year in calendar.years}
    kept = [
        closed
        for closed in before.closed
        if closed.day not in taken and (closed.kind in NATIONWIDE or "closed" not in section)
    ]
    return replace(
        calendar,
        closed=tuple(sorted([*calendar.closed, *kept])),
        special=calendar.special if "special" in section else before.special,
        years=tuple(sorted([*calendar.years, *(year for year in before.years if year.year not in known)])),
    )


def take_over(
    *, office: Office, proposals: Iterable[Proposal], by: str, at: datetime, reason: str
) -> CalendarVersion:
    """Accept proposals into the published calendar. Refuses as `publish`, and NoCalendar."""
    newest = queries.newest_version(office)
    if newest is None:
        raise queries.NoCalendar(office)
    calendar = calendarfile.from_dict(newest.content)
    for proposed in proposals:
        calendar = accept(calendar, proposed)
    return publish(office=office, calendar=calendar, by=by, at=at, reason=reason, follows=newest.version)
