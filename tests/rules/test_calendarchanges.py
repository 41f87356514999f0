"""Edits of a calendar, what differs between two, and doing it again on a third."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from loket.rules.calendarchanges import (
    AlreadyClosed,
    Changes,
    NotThere,
    add_period,
    changes,
    close_days,
    end_period,
    open_day,
    repeat,
)
from loket.rules.calendarparts import ClosedDay, Reason, Year, YearStatus
from tests.rules.calendars import SHUT, calendar, hours, ramadan
from tests.rules.test_worktime_properties import calendars

OCTOBER_23 = date(2026, 10, 23)
POWER_CUT = ClosedDay(OCTOBER_23, Reason.LOCAL, "Perbaikan listrik")


def test_closing_a_day():
    office = close_days(calendar(), first=OCTOBER_23, last=OCTOBER_23, name="Perbaikan listrik")

    assert office.closed_day(OCTOBER_23) == POWER_CUT
    assert changes(calendar(), office) == Changes(closed=(POWER_CUT,))


def test_closing_a_span_leaves_its_holidays_as_they_are():
    office = close_days(calendar(), first=date(2026, 12, 23), last=date(2026, 12, 28), name="Pindah gedung")

    added = changes(calendar(), office).closed
    assert [closed.day.day for closed in added] == [23, 26, 27, 28]
    assert office.closed_day(date(2026, 12, 25)).name == "Natal"


def test_a_closed_day_is_not_closed_again():
    with pytest.raises(AlreadyClosed) as refused:
        close_days(calendar(), first=date(2026, 12, 24), last=date(2026, 12, 25), name="Pindah")

    assert refused.value.args[0].kind is Reason.JOINT_LEAVE


def test_opening_a_day_again():
    office = open_day(calendar(more=(POWER_CUT,)), OCTOBER_23)

    assert office == calendar(more=())
    with pytest.raises(NotThere):
        open_day(office, OCTOBER_23)


def test_a_special_period_comes_replaces_and_goes():
    first, last = date(2026, 2, 19), date(2026, 3, 20)
    once = add_period(calendar(), ramadan(first, last))
    again = add_period(once, replace(ramadan(first, last), name="Puasa"))

    assert [period.name for period in again.special] == ["Puasa"]
    assert end_period(again, first=first, last=last) == calendar()
    with pytest.raises(NotThere):
        end_period(again, first=first, last=first)


def test_nothing_changed_is_falsy():
    assert not changes(calendar(), calendar())
    assert changes(calendar(), calendar(more=(POWER_CUT,)))


def test_the_same_changes_on_a_calendar_published_in_between():
    draft = close_days(calendar(), first=OCTOBER_23, last=OCTOBER_23, name="Perbaikan listrik")
    draft = open_day(draft, date(2026, 1, 16))
    meanwhile = replace(calendar(), week=(hours("08:00-15:00"), *[SHUT] * 6))

    both = repeat(changes(calendar(), draft), meanwhile)

    assert both.week == meanwhile.week
    assert both.closed == draft.closed


def test_repeating_wins_over_what_is_on_the_same_date():
    draft = close_days(calendar(), first=OCTOBER_23, last=OCTOBER_23, name="Perbaikan listrik")
    meanwhile = calendar(more=(ClosedDay(OCTOBER_23, Reason.NATIONAL, "Libur"),))

    assert repeat(changes(calendar(), draft), meanwhile).closed_day(OCTOBER_23) == POWER_CUT


def test_years_of_the_change_replace_those_there():
    decreed = Year(2027, YearStatus.DECREED, "SKB")
    draft = replace(calendar(), years=(*calendar().years[:-1], decreed))

    assert repeat(changes(calendar(), draft), calendar()) == draft


@given(calendars(), calendars())
def test_the_changes_from_one_to_another_lead_there(one, other):
    other = replace(other, zone=one.zone, special=tuple(dict.fromkeys(other.special)))
    reached = repeat(changes(one, other), one)

    assert reached.week == other.week
    assert reached.closed == other.closed
    assert {(p.first, p.last) for p in reached.special} == {(p.first, p.last) for p in other.special}
