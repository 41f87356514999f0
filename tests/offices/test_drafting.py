"""Edits of a calendar gather in a draft until somebody publishes them."""

from datetime import date
from functools import partial

import pytest

from loket.base import events
from loket.base.models import Event
from loket.offices import calendars, drafting, queries
from loket.offices.models import CalendarDraft, Office
from loket.rules.calendarchanges import AlreadyClosed, close_days, open_day
from loket.rules.calendarparts import Reason
from loket.rules.worktime import NoWorkingDay
from tests.rules.calendars import SHUT, calendar, wib

pytestmark = pytest.mark.django_db

MORNING = wib("2026-01-05T08:30")
OCTOBER_23 = date(2026, 10, 23)
shut_october = partial(close_days, first=OCTOBER_23, last=OCTOBER_23, name="Perbaikan listrik")


@pytest.fixture
def office():
    office = Office.objects.create(code="3574", name="BPS Kota Probolinggo")
    calendars.publish(office=office, calendar=calendar(), by="loket", at=MORNING, reason="Berkas unit")
    return office


def change(office, edit, by="staff:1"):
    drafting.change(office=office, edit=edit, by=by, at=MORNING)


def publish(office, *, reason="Listrik", seen=None):
    draft = queries.calendar_draft(office)
    return drafting.publish_draft(
        office=office,
        seen=seen or calendars.digest(draft.content if draft else {}),
        by="staff:1",
        at=MORNING,
        reason=reason,
    )


def test_a_draft_changes_nothing_until_it_is_published(office):
    change(office, shut_october)

    assert queries.calendar_of(office).is_working_day(OCTOBER_23)
    assert publish(office).version == 2
    assert not queries.calendar_of(office).is_working_day(OCTOBER_23)
    assert queries.calendar_draft(office) is None


def test_edits_of_two_people_gather_in_one_draft(office):
    change(office, shut_october, by="staff:1")
    change(office, partial(open_day, day=date(2026, 12, 24)), by="staff:2")

    publish(office)

    published = queries.calendar_of(office)
    assert not published.is_working_day(OCTOBER_23)
    assert published.is_working_day(date(2026, 12, 24))


def test_an_edit_taken_back_leaves_no_draft(office):
    change(office, shut_october)
    change(office, partial(open_day, day=OCTOBER_23))

    assert not CalendarDraft.objects.exists()


def test_a_refused_edit_leaves_the_draft_as_it_was(office):
    change(office, shut_october)

    with pytest.raises(AlreadyClosed):
        change(office, shut_october)

    assert queries.calendar_draft(office).follows == 1


def test_discarding_a_draft(office):
    change(office, shut_october)

    drafting.discard(office=office, by="staff:1", at=MORNING)

    assert not CalendarDraft.objects.exists()
    with pytest.raises(drafting.NoDraft):
        drafting.discard(office=office, by="staff:1", at=MORNING)


def test_only_the_draft_that_was_seen_is_published(office):
    change(office, shut_october)
    seen = calendars.digest(queries.calendar_draft(office).content)
    change(office, partial(open_day, day=date(2026, 12, 24)))

    with pytest.raises(drafting.DraftMoved):
        publish(office, seen=seen)

    assert queries.newest_version(office).version == 1


def test_publishing_twice_publishes_once(office):
    change(office, shut_october)
    publish(office)

    with pytest.raises(drafting.NoDraft):
        publish(office)


def test_a_draft_of_an_old_version_is_brought_up_first(office):
    change(office, shut_october)
    flooded = close_days(calendar(), first=date(2026, 1, 8), last=date(2026, 1, 8), name="Banjir")
    calendars.publish(office=office, calendar=flooded, by="staff:2", at=MORNING, reason="Banjir")

    with pytest.raises(calendars.OtherVersion):
        publish(office)
    drafting.bring_up(office=office, by="staff:1", at=MORNING)
    publish(office)

    published = queries.calendar_of(office)
    assert published.closed_day(date(2026, 1, 8)).kind is Reason.LOCAL
    assert not published.is_working_day(OCTOBER_23)


@pytest.mark.parametrize(
    ("edit", "reason", "refusal"),
    [
        (shut_october, " ", calendars.ReasonMissing),
        (lambda office: calendar(week=(SHUT,) * 7), "Tutup selamanya", NoWorkingDay),
    ],
)
def test_a_refused_publication_keeps_the_draft(office, edit, reason, refusal):
    change(office, edit)

    with pytest.raises(refusal):
        publish(office, reason=reason)

    assert CalendarDraft.objects.exists()
    assert queries.newest_version(office).version == 1


def test_every_step_is_an_event(office):
    change(office, shut_october)
    drafting.discard(office=office, by="staff:1", at=MORNING)
    change(office, shut_october)
    publish(office)

    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == [
        "calendar.published",
        "calendar.drafted",
        "calendar.draft_discarded",
        "calendar.drafted",
        "calendar.published",
    ]
    assert list(events.verify()) == []


def test_an_office_without_calendar_has_nothing_to_edit():
    empty = Office.objects.create(code="9471", name="BPS Kota Jayapura", zone="Asia/Jayapura")

    with pytest.raises(queries.NoCalendar):
        change(empty, shut_october)
