"""Opening hours, closed days and working days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from loket.rules.calendarparts import (
    MIDNIGHT,
    CalendarWrong,
    ClosedDay,
    Interval,
    Reason,
    SpecialPeriod,
    Year,
    YearStatus,
)
from loket.rules.worktime import Calendar, NoWorkingDay, Skipped
from tests.rules.calendars import SHUT, STANDARD, calendar, hours, ramadan, wib

LUNCH = (*[hours("08:00-12:00", "13:00-15:30")] * 5, SHUT, SHUT)


def test_a_holiday_and_a_sunday_are_no_working_days():
    office = calendar()

    assert office.is_working_day(date(2026, 1, 15))
    assert not office.is_working_day(date(2026, 1, 16))
    assert not office.is_working_day(date(2026, 1, 18))


@pytest.mark.parametrize(
    ("day", "reason", "name"),
    [
        ("2026-01-16", Reason.NATIONAL, "Isra Mikraj"),
        ("2026-02-16", Reason.JOINT_LEAVE, "Imlek"),
        ("2024-02-14", Reason.ELECTION, "Pemilu"),
        ("2024-11-27", Reason.ELECTION, "Pilkada"),
        ("2026-01-17", Reason.WEEKEND, ""),
        ("2026-05-31", Reason.NATIONAL, "Waisak"),  # a Sunday: one reason, not two
    ],
)
def test_a_closed_date_has_one_reason(day, reason, name):
    day = date.fromisoformat(day)

    assert calendar().why_closed(day) == Skipped(day, reason, name)


EVENING = (*[(Interval(time(18), MIDNIGHT),)] * 5, SHUT, SHUT)
ROUND_THE_CLOCK = ((Interval(time(0), MIDNIGHT),),) * 7


@pytest.mark.parametrize(
    ("at", "closes_at", "opens_at"),
    [
        pytest.param("2026-01-05T17:59:59", None, "2026-01-05T18:00", id="before it opens"),
        pytest.param("2026-01-05T18:00", "2026-01-06T00:00", "2026-01-06T18:00", id="as it opens"),
        pytest.param("2026-01-05T23:59:59.9", "2026-01-06T00:00", "2026-01-06T18:00", id="just before"),
        pytest.param("2026-01-06T00:00", None, "2026-01-06T18:00", id="at midnight"),
        pytest.param("2026-01-10T00:00", None, "2026-01-12T18:00", id="Saturday"),
    ],
)
def test_what_closes_at_24_00_is_open_until_the_next_day_begins(at, closes_at, opens_at):
    moment = calendar(week=EVENING).moment(wib(at))

    assert moment.closes_at == (closes_at and wib(closes_at))
    assert moment.is_open == bool(closes_at)
    assert moment.opens_at == wib(opens_at)


def test_a_working_day_that_ends_at_24_00_closes_as_the_next_one_begins():
    assert calendar(week=EVENING).closing(date(2026, 1, 5)) == wib("2026-01-06T00:00")


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        ("2026-01-05T23:00", "2026-01-06T00:00", timedelta(hours=1)),
        ("2026-01-05T23:00", "2026-01-06T19:30", timedelta(hours=2, minutes=30)),
        ("2026-01-06T00:00", "2026-01-06T18:00", timedelta()),
    ],
)
def test_the_hour_before_24_00_is_open_time(start, end, length):
    assert calendar(week=EVENING).open_time(wib(start), wib(end)) == length


def test_an_office_open_round_the_clock_never_closes():
    office = calendar(week=ROUND_THE_CLOCK)

    for wall in ("00:00", "12:00", "23:59:59.999999"):
        assert office.moment(wib(f"2026-01-05T{wall}")).is_open
    assert office.next_opening(wib("2026-01-05T23:59:59.999999")) == wib("2026-01-06T00:00")
    assert office.open_time(wib("2026-01-05T12:00"), wib("2026-01-07T12:00")) == timedelta(days=2)


def test_a_weekday_without_hours_is_a_day_off():
    office = calendar(week=(SHUT, *STANDARD[1:]))

    assert office.why_closed(date(2026, 1, 5)) == Skipped(date(2026, 1, 5), Reason.DAY_OFF)


def test_a_special_period_replaces_the_hours_of_the_days_it_names():
    office = calendar(special=(ramadan(date(2026, 2, 19), date(2026, 3, 20)),))

    assert office.closing(date(2026, 3, 5)) == wib("2026-03-05T15:00")
    assert office.closing(date(2026, 3, 6)) == wib("2026-03-06T16:00")
    assert office.closing(date(2026, 2, 18)) == wib("2026-02-18T15:30")
    assert office.closing(date(2026, 3, 25)) == wib("2026-03-25T15:30")


def test_a_special_period_can_open_a_saturday_and_shut_a_monday():
    period = SpecialPeriod(
        date(2026, 1, 5), date(2026, 1, 10), "Sensus", (SHUT, *[None] * 4, hours("09:00-12:00"), None)
    )
    office = calendar(special=(period,))

    assert office.why_closed(date(2026, 1, 5)) == Skipped(date(2026, 1, 5), Reason.SPECIAL, "Sensus")
    assert office.opening(date(2026, 1, 10)) == wib("2026-01-10T09:00")


def test_a_sunday_in_a_special_period_is_still_the_weekend():
    office = calendar(special=(ramadan(date(2026, 2, 19), date(2026, 3, 20)),))

    assert office.why_closed(date(2026, 3, 1)) == Skipped(date(2026, 3, 1), Reason.WEEKEND)


def test_the_shorter_of_two_special_periods_counts():
    half_day = SpecialPeriod(date(2026, 3, 5), date(2026, 3, 5), "Rapat", (hours("08:00-11:00"),) * 7)
    month = ramadan(date(2026, 2, 19), date(2026, 3, 20))

    for special in ((half_day, month), (month, half_day)):
        assert calendar(special=special).closing(date(2026, 3, 5)) == wib("2026-03-05T11:00")


def test_a_special_period_does_not_open_a_holiday():
    office = calendar(special=(ramadan(date(2026, 1, 1), date(2026, 1, 30)),))

    assert not office.is_working_day(date(2026, 1, 16))


@pytest.mark.parametrize(
    ("now", "is_open", "closes", "opens"),
    [
        ("2026-01-05T07:59:59", False, None, "2026-01-05T08:00"),
        ("2026-01-05T08:00:00", True, "2026-01-05T12:00", "2026-01-05T13:00"),
        ("2026-01-05T11:59:59.999999", True, "2026-01-05T12:00", "2026-01-05T13:00"),
        ("2026-01-05T12:00:00", False, None, "2026-01-05T13:00"),
        ("2026-01-05T15:30:00", False, None, "2026-01-06T08:00"),
        ("2026-01-15T23:00:00", False, None, "2026-01-19T08:00"),  # Isra Mikraj, then the weekend
    ],
)
def test_open_now_with_a_lunch_break(now, is_open, closes, opens):
    moment = calendar(week=LUNCH).moment(wib(now))

    assert moment.is_open is is_open
    assert moment.closes_at == (wib(closes) if closes else None)
    assert moment.opens_at == wib(opens)


def test_on_a_holiday_the_moment_says_why():
    assert calendar().moment(wib("2026-01-16T10:00")).today.name == "Isra Mikraj"
    assert calendar().moment(wib("2026-01-15T10:00")).today is None


def test_the_same_instant_is_open_in_one_zone_and_closed_in_another():
    late = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)  # 14.00 WIB, 15.00 WITA, 16.00 WIT

    assert calendar().moment(late).is_open
    assert calendar(zone="Asia/Makassar").moment(late).is_open
    assert not calendar(zone="Asia/Jayapura").moment(late).is_open


def test_the_local_day_is_that_of_the_office():
    evening = wib("2026-01-05T23:30")

    assert calendar().local_day(evening) == date(2026, 1, 5)
    assert calendar(zone="Asia/Jayapura").local_day(evening) == date(2026, 1, 6)


def test_people_are_written_to_in_opening_hours():
    office = calendar()

    assert office.open_from(wib("2026-01-09T15:59")) == wib("2026-01-09T15:59")
    assert office.open_from(wib("2026-01-09T16:00")) == wib("2026-01-12T08:00")


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("2026-01-08T15:30", "2026-01-09T08:05", 300),
        ("2026-01-08T15:29:59", "2026-01-08T15:30:01", 1),
        ("2026-01-08T15:30", "2026-01-08T15:30:00.001", 0),
        ("2026-01-09T15:00", "2026-01-12T09:00", 2 * 3600),  # over the weekend
        ("2026-01-15T15:00", "2026-01-19T08:10", 40 * 60),  # over Isra Mikraj and the weekend
        ("2026-01-09T10:00", "2026-01-09T09:00", 0),
    ],
)
def test_opening_time_between_two_instants(start, end, seconds):
    assert calendar().open_time(wib(start), wib(end)) == timedelta(seconds=seconds)


def test_a_clock_change_does_not_lengthen_the_opening_time():
    # On 29 March 2026 clocks in Berlin jump from 2 to 3; Indonesia has no such day, the arithmetic must.
    office = Calendar(zone="Europe/Berlin", week=(hours("00:00-06:00"),) * 7)
    start = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)

    assert office.open_time(start, start + timedelta(days=1)) == timedelta(hours=6)


def test_a_clock_change_within_the_opening_hours_is_not_counted():
    office = Calendar(zone="Europe/Berlin", week=(hours("00:00-06:00"),) * 7)
    start = datetime(2026, 3, 29, 0, 30, tzinfo=office.tz)

    assert office.open_time(start, start.replace(hour=5, minute=0)) == timedelta(hours=3, minutes=30)


def test_lunch_is_not_opening_time():
    office = calendar(week=LUNCH)

    assert office.open_time(wib("2026-01-05T11:30"), wib("2026-01-05T13:30")) == timedelta(hours=1)


def test_working_days_are_counted_after_the_first_date():
    assert calendar().working_days_after(date(2026, 1, 15), date(2026, 1, 20)) == 2
    assert calendar().working_days_after(date(2026, 1, 20), date(2026, 1, 15)) == 0


def test_working_days_are_counted_across_months_and_years_as_one_by_one():
    office = calendar()
    first = date(2025, 11, 28)

    for ahead in range(0, 500, 7):
        last = first + timedelta(days=ahead)
        one_by_one = sum(office.is_working_day(first + timedelta(days=day)) for day in range(1, ahead + 1))
        assert office.working_days_after(first, last) == one_by_one


def test_an_unknown_year_is_missing():
    office = calendar()

    assert office.year(2026).status is YearStatus.DECREED
    assert office.year(2028) == Year(2028, YearStatus.MISSING)
    assert office.undecreed(date(2026, 12, 30), date(2028, 1, 2)) == (
        Year(2027, YearStatus.ESTIMATED),
        Year(2028, YearStatus.MISSING),
    )


def test_a_calendar_that_never_opens_is_refused():
    never = Calendar(zone="Asia/Jakarta", week=(SHUT,) * 7)

    with pytest.raises(NoWorkingDay):
        never.check_opens(date(2026, 1, 1))
    with pytest.raises(NoWorkingDay):
        never.walk(date(2026, 1, 1), 1)
    with pytest.raises(NoWorkingDay):
        never.open_from(wib("2026-01-01T09:00"))
    assert never.moment(wib("2026-01-01T09:00")).opens_at is None


def shut_for(days: int) -> Calendar:
    first = date(2026, 1, 1)
    away = SpecialPeriod(first + timedelta(days=1), first + timedelta(days=days), "Gempa", (SHUT,) * 7)
    return Calendar(zone="Asia/Jakarta", week=(hours("08:00-16:00"),) * 7, special=(away,))


def test_the_366th_day_is_the_last_that_may_be_the_first_open_one():
    shut_for(365).check_opens(date(2026, 1, 1))
    with pytest.raises(NoWorkingDay):
        shut_for(366).check_opens(date(2026, 1, 1))


def test_the_search_ends_at_the_end_of_time():
    with pytest.raises(NoWorkingDay):
        calendar().walk(date(9999, 12, 31), 1)


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        calendar().local_day(datetime(2026, 1, 5, 9, 0))


@pytest.mark.parametrize("days", [0, -1])
def test_less_than_one_working_day_is_refused(days):
    with pytest.raises(ValueError, match="at least 1"):
        calendar().walk(date(2026, 1, 5), days)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"zone": "Asia/Probolinggo"}, "zone"),
        ({"zone": "../etc/passwd"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"week": (SHUT,) * 6}, "week"),
        ({"week": (hours("15:30-08:00"), *STANDARD[1:])}, "week.mon"),
        ({"week": (hours("08:00-08:00"), *STANDARD[1:])}, "week.mon"),
        ({"week": (*STANDARD[:4], hours("08:00-12:00", "11:00-16:00"), SHUT, SHUT)}, "week.fri"),
        ({"special": (ramadan(date(2026, 3, 20), date(2026, 2, 19)),)}, "special[1].last"),
        ({"closed": (ClosedDay(date(2026, 1, 1), Reason.WEEKEND, "x"),)}, "closed[1].kind"),
        ({"closed": (ClosedDay(date(2026, 1, 1), Reason.LOCAL, "x"),) * 2}, "closed"),
        ({"years": (Year(2026, YearStatus.DECREED), Year(2026, YearStatus.ESTIMATED))}, "years"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(change, field):
    with pytest.raises(CalendarWrong) as refused:
        Calendar(**{"zone": "Asia/Jakarta", "week": STANDARD, **change})

    assert refused.value.field == field


def test_intervals_may_touch():
    touching = (Interval(time(8), time(12)), Interval(time(12), time(15)))

    assert Calendar(zone="Asia/Jakarta", week=(touching, *STANDARD[1:])).hours(date(2026, 1, 5)) == touching
