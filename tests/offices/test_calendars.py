"""Publishing the calendar of an office."""

import json
from dataclasses import replace
from datetime import date

import pytest

from loket.base import events
from loket.base.models import Event
from loket.offices import calendars, queries
from loket.offices.models import CalendarVersion, Office
from loket.offices.proposals import Proposal, proposal
from loket.rules.calendarfile import to_dict
from loket.rules.calendarparts import CalendarWrong, ClosedDay, Reason, Year, YearStatus
from loket.rules.worktime import Calendar, NoWorkingDay
from tests.rules.calendars import SHUT, STANDARD, calendar, ramadan, wib

pytestmark = pytest.mark.django_db

MORNING = wib("2026-01-05T08:30")
WEEK = {name: ["08:00-15:30"] for name in ("mon", "tue", "wed", "thu")} | {"fri": ["08:00-16:00"]}
FLOOD = ClosedDay(date(2026, 1, 8), Reason.LOCAL, "Banjir")


@pytest.fixture
def office():
    return Office.objects.create(code="3574", name="BPS Kota Probolinggo")


def publish(office, content, **changes):
    given = {"by": "rina", "at": MORNING, "reason": "Uji coba"} | changes
    return calendars.publish(office=office, calendar=content, **given)


def test_versions_follow_each_other_and_the_newest_counts(office):
    first = publish(office, calendar())
    second = publish(office, calendar(more=(FLOOD,)), reason=" Banjir di kantor ")

    assert (first.version, second.version) == (1, 2)
    assert (second.published_by, second.published_at, second.reason) == ("rina", MORNING, "Banjir di kantor")
    assert queries.calendar_of(office) == calendar(more=(FLOOD,))
    first.refresh_from_db()
    assert first.content == to_dict(calendar())


def test_publishing_is_an_event_of_the_office(office):
    publish(office, calendar())

    event = Event.objects.get()
    assert (event.office, event.kind, event.by) == ("3574", "calendar.published", "rina")
    assert event.data == {"version": 1, "digest": CalendarVersion.objects.get().digest, "reason": "Uji coba"}
    assert list(events.verify()) == []


@pytest.mark.parametrize(
    ("content", "changes", "refusal"),
    [
        (calendar(), {"reason": "  "}, calendars.ReasonMissing),
        (calendar(), {"follows": 7}, calendars.OtherVersion),
        (calendar(zone="Asia/Jayapura"), {}, CalendarWrong),
        (calendar(week=(SHUT,) * 7), {}, NoWorkingDay),
    ],
)
def test_what_cannot_be_published_leaves_nothing_behind(office, content, changes, refusal):
    with pytest.raises(refusal):
        publish(office, content, **changes)

    assert not CalendarVersion.objects.exists()
    assert not Event.objects.exists()


def test_the_same_calendar_again_is_no_new_version(office):
    publish(office, calendar())

    with pytest.raises(calendars.NothingChanged):
        publish(office, calendar())


def test_of_two_authors_the_second_is_told(office):
    publish(office, calendar())
    publish(office, calendar(more=(FLOOD,)), follows=1)

    with pytest.raises(calendars.OtherVersion):
        publish(office, calendar(more=()), follows=1)


def load(office, section, **changes):
    given = {"by": "loket", "at": MORNING, "reason": "Berkas unit"} | changes
    return calendars.load(office=office, section=section, **given)


def test_loading_an_office_file_publishes_its_years(office):
    load(office, {"week": WEEK, "holidays": [2024, 2025, 2026, 2027]})

    loaded = queries.calendar_of(office)
    statuses = [loaded.year(number).status for number in (2024, 2025, 2026, 2027, 2028)]
    assert statuses == [*[YearStatus.DECREED] * 3, YearStatus.ESTIMATED, YearStatus.MISSING]
    assert loaded.week == STANDARD
    assert loaded.closed_day(date(2024, 2, 14)).kind is Reason.ELECTION
    assert not loaded.is_working_day(date(2025, 8, 18))


def test_loading_the_same_file_again_keeps_the_version(office):
    section = {"week": WEEK, "holidays": [2026]}

    assert load(office, section) == load(office, section)
    assert CalendarVersion.objects.count() == 1


def test_loading_again_keeps_what_the_office_entered_itself(office):
    load(office, {"week": WEEK, "holidays": [2026]})
    month = ramadan(date(2026, 2, 19), date(2026, 3, 20))
    edited = queries.calendar_of(office)
    publish(office, replace(edited, closed=tuple(sorted([*edited.closed, FLOOD])), special=(month,)))

    longer = WEEK | {"fri": ["08:00-16:30"]}
    load(office, {"week": longer, "holidays": [2027]})

    loaded = queries.calendar_of(office)
    assert loaded.closed_day(FLOOD.day) == FLOOD
    assert loaded.special == (month,)
    assert loaded.year(2026).status is YearStatus.DECREED
    assert not loaded.is_working_day(date(2027, 1, 1))
    assert loaded.closing(date(2026, 1, 9)) == wib("2026-01-09T16:30")


def test_a_list_in_the_file_replaces_the_published_one(office):
    load(office, {"week": WEEK, "closed": [{"date": "2026-01-08", "name": "Banjir"}]})

    load(office, {"week": WEEK, "closed": []})

    assert queries.calendar_of(office).is_working_day(date(2026, 1, 8))


@pytest.mark.parametrize(
    ("section", "field"),
    [
        ({"week": {"mon": ["8"]}}, "week.mon"),
        ({"holiday": [2026]}, "calendar.holiday"),
        ({"week": WEEK, "holidays": ["2026"]}, "holidays"),
        ({"week": WEEK, "holidays": 2026}, "holidays"),
        ({"week": WEEK, "holidays": [1900]}, "holidays"),
    ],
)
def test_a_wrong_section_is_refused_whole(office, section, field):
    with pytest.raises(CalendarWrong) as refused:
        load(office, section)

    assert refused.value.field == field
    assert not CalendarVersion.objects.exists()


def test_the_stored_days_do_not_depend_on_the_library_later(office, monkeypatch):
    load(office, {"week": WEEK, "holidays": [2026]})
    monkeypatch.setattr("loket.offices.proposals.library_days", lambda year, category: {})

    assert not queries.calendar_of(office).is_working_day(date(2026, 12, 25))
    assert "Hari Raya Natal" in json.dumps(CalendarVersion.objects.get().content)


def take_over(office, *proposals):
    return calendars.take_over(office=office, proposals=proposals, by="rina", at=MORNING, reason="SKB baru")


def test_a_decree_is_taken_over_into_the_published_calendar(office):
    publish(office, calendar(without=(date(2025, 8, 18),)))

    version = take_over(office, proposal(2025))

    assert version.version == 2
    assert not queries.calendar_of(office).is_working_day(date(2025, 8, 18))


def test_without_a_calendar_nothing_is_taken_over(office):
    with pytest.raises(queries.NoCalendar):
        take_over(office, Proposal(Year(2026, YearStatus.DECREED), ()))


def test_a_calendar_of_another_zone_is_refused_before_it_is_stored():
    jayapura = Office.objects.create(code="9471", name="BPS Kota Jayapura", zone="Asia/Jayapura")

    with pytest.raises(CalendarWrong, match="zone"):
        publish(jayapura, Calendar(zone="Asia/Jakarta", week=STANDARD))
