"""The draft of an office's calendar: edits gather here until somebody publishes them with a reason."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.offices import calendars, queries
from loket.offices.models import CalendarDraft, CalendarVersion, Office
from loket.rules import calendarfile
from loket.rules.calendarchanges import changes, repeat
from loket.rules.worktime import Calendar


class NoDraft(Exception):
    """There is nothing to publish; somebody else published or discarded it."""


class DraftMoved(Exception):
    """The draft is not the one the author saw."""


def change(*, office: Office, edit: Callable[[Calendar], Calendar], by: str, at: datetime) -> None:
    """Make one edit in the draft, beginning one when there is none.

    A draft that says again what is published disappears. Refuses what `edit` refuses, and NoCalendar.
    """
    with transaction.atomic():
        events.hold(office.code)
        newest = newest_or_refuse(office)
        draft = queries.calendar_draft(office)
        before = calendarfile.from_dict(draft.content if draft else newest.content)
        follows = draft.follows if draft else newest.version
        keep(office, newest, edit(before), follows, by=by, at=at)


def bring_up(*, office: Office, by: str, at: datetime) -> None:
    """Make the draft's changes to the version published since. Refuses NoDraft."""
    with transaction.atomic():
        events.hold(office.code)
        newest, draft = newest_or_refuse(office), draft_or_refuse(office)
        base = office.calendars.get(version=draft.follows)
        changed = changes(calendarfile.from_dict(base.content), calendarfile.from_dict(draft.content))
        calendar = repeat(changed, calendarfile.from_dict(newest.content))
        keep(office, newest, calendar, newest.version, by=by, at=at)


def discard(*, office: Office, by: str, at: datetime) -> None:
    """Refuses NoDraft."""
    with transaction.atomic():
        events.hold(office.code)
        draft_or_refuse(office).delete()
        note(office, "calendar.draft_discarded", by=by, at=at)


def publish_draft(*, office: Office, seen: str, by: str, at: datetime, reason: str) -> CalendarVersion:
    """Publish the draft whose digest is `seen`. Refuses NoDraft, DraftMoved, and as calendars.publish."""
    with transaction.atomic():
        events.hold(office.code)
        draft = draft_or_refuse(office)
        if calendars.digest(draft.content) != seen:
            raise DraftMoved
        version = calendars.publish(
            office=office,
            calendar=calendarfile.from_dict(draft.content),
            by=by,
            at=at,
            reason=reason,
            follows=draft.follows,
        )
        draft.delete()
    return version


def keep(
    office: Office, newest: CalendarVersion, calendar: Calendar, follows: int, *, by: str, at: datetime
) -> None:
    content = calendarfile.to_dict(calendar)
    if calendar == calendarfile.from_dict(newest.content):
        CalendarDraft.objects.filter(office=office).delete()
    else:
        CalendarDraft.objects.update_or_create(
            office=office,
            defaults={"content": content, "follows": follows, "changed_at": at, "changed_by": by},
        )
    note(office, "calendar.drafted", by=by, at=at, digest=calendars.digest(content))


def note(office: Office, kind: str, *, by: str, at: datetime, **data: str) -> None:
    events.record(office=office.code, kind=kind, subject="calendar:draft", by=by, at=at, **data)


def newest_or_refuse(office: Office) -> CalendarVersion:
    newest = queries.newest_version(office)
    if newest is None:
        raise queries.NoCalendar(office)
    return newest


def draft_or_refuse(office: Office) -> CalendarDraft:
    draft = queries.calendar_draft(office)
    if draft is None:
        raise NoDraft
    return draft
