"""The calendar against a slow, independent walk: one day and one minute at a time."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from loket.rules.calendarfile import from_dict, to_dict
from loket.rules.calendarparts import WEEKDAYS, ClosedDay, Interval, Reason, SpecialPeriod
from loket.rules.consulting import answer_due, later_deadline, silence
from loket.rules.worktime import Calendar

FIRST, LAST = date(2025, 11, 1), date(2026, 4, 30)
ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}

some_day = st.dates(FIRST, LAST)
instants = st.datetimes(
    datetime(2025, 11, 1), datetime(2026, 4, 30), timezones=st.just(UTC), allow_imaginary=False
)


@st.composite
def opening_hours(draw):
    """No, one or two intervals, in whole minutes."""
    ends = sorted(draw(st.sets(st.integers(0, 23 * 60 + 59), max_size=4)))
    ends = ends[: len(ends) // 2 * 2]
    walls = [time(minute // 60, minute % 60) for minute in ends]
    return tuple(Interval(*pair) for pair in zip(walls[::2], walls[1::2], strict=True))


@st.composite
def periods(draw):
    first = draw(some_day)
    hours = draw(st.lists(st.none() | opening_hours(), min_size=7, max_size=7))
    return SpecialPeriod(first, first + timedelta(days=draw(st.integers(0, 40))), "Khusus", tuple(hours))


@st.composite
def calendars(draw):
    days = draw(st.sets(some_day, max_size=40))
    week = draw(st.lists(opening_hours(), min_size=7, max_size=7).filter(any))
    return Calendar(
        zone=draw(st.sampled_from(list(ZONES))),
        week=tuple(week),
        closed=tuple(ClosedDay(day, Reason.NATIONAL, "Libur") for day in sorted(days)),
        special=tuple(draw(st.lists(periods(), max_size=2))),
    )


# ----- the slow walk: plain dictionaries and fixed offsets, nothing of the program's own arithmetic


def slow_hours(office: dict, day: date) -> list[tuple[int, int]]:
    if any(closed["date"] == day.isoformat() for closed in office["closed"]):
        return []
    name = WEEKDAYS[day.isoweekday() - 1]
    spans = office["week"].get(name, [])
    lengths = []
    for period in office["special"]:
        first, last = date.fromisoformat(period["first"]), date.fromisoformat(period["last"])
        if first <= day <= last:
            lengths.append(((last - first).days, first, period["hours"].get(name)))
    if lengths:
        lengths.sort(key=lambda entry: entry[:2])
        if lengths[0][2] is not None:
            spans = lengths[0][2]
    return [(minutes(span[:5]), minutes(span[6:])) for span in spans]


def minutes(wall: str) -> int:
    return int(wall[:2]) * 60 + int(wall[3:])


def slow_wall(office: dict, at: datetime) -> datetime:
    return (at + timedelta(hours=ZONES[office["zone"]])).replace(tzinfo=None)


def slow_due(office: dict, received: datetime, days: int) -> datetime:
    day = slow_wall(office, received).date()
    while days:
        day += timedelta(days=1)
        if slow_hours(office, day):
            days -= 1
    closing = datetime.combine(day, time.min) + timedelta(minutes=slow_hours(office, day)[-1][1])
    return (closing - timedelta(hours=ZONES[office["zone"]])).replace(tzinfo=UTC)


def slow_open_minutes(office: dict, start: datetime, length: int) -> int:
    total = 0
    for ahead in range(length):
        wall = slow_wall(office, start + timedelta(minutes=ahead))
        now = wall.hour * 60 + wall.minute
        total += any(opens <= now < closes for opens, closes in slow_hours(office, wall.date()))
    return total


@given(calendars(), instants, st.integers(1, 12))
def test_the_deadline_is_that_of_the_slow_walk(office, received, days):
    assert answer_due(calendar=office, received=received, days=days).due == slow_due(
        to_dict(office), received, days
    )


@given(calendars(), instants, st.integers(1, 3000))
def test_opening_time_is_that_of_a_walk_by_the_minute(office, start, length):
    start = start.replace(second=0, microsecond=0)

    total = office.open_time(start, start + timedelta(minutes=length))

    assert total == timedelta(minutes=slow_open_minutes(to_dict(office), start, length))


@given(calendars(), instants)
def test_open_now_is_what_the_hours_say(office, at):
    wall = slow_wall(to_dict(office), at)
    now = wall.hour * 60 + wall.minute
    moment = office.moment(at)

    assert moment.is_open == any(a <= now < b for a, b in slow_hours(to_dict(office), wall.date()))
    assert moment.opens_at is None or moment.opens_at > at
    if moment.opens_at:
        assert office.moment(moment.opens_at).is_open
    if not moment.is_open and moment.opens_at:
        assert office.open_time(at, moment.opens_at) == timedelta()


@given(calendars(), instants, instants, st.integers(1, 5))
def test_later_questions_are_never_due_earlier(office, one, other, days):
    earlier, later = sorted((one, other))

    first = answer_due(calendar=office, received=earlier, days=days)
    second = answer_due(calendar=office, received=later, days=days)

    assert earlier < first.due <= second.due


@given(calendars(), instants, some_day, st.integers(1, 5))
def test_another_closed_day_never_makes_a_deadline_earlier(office, received, day, days):
    kept = [closed for closed in office.closed if closed.day != day]
    fuller = Calendar(
        office.zone,
        office.week,
        tuple(sorted([*kept, ClosedDay(day, Reason.LOCAL, "Banjir")])),
        office.special,
    )
    shown = answer_due(calendar=office, received=received, days=days)
    computed = answer_due(calendar=fuller, received=received, days=days)

    assert computed.due >= shown.due
    assert later_deadline(shown, computed) in (shown, computed)


@given(calendars(), instants, st.integers(1, 5))
def test_counted_and_skipped_days_are_all_days_of_the_way(office, received, days):
    deadline = answer_due(calendar=office, received=received, days=days)

    told = sorted([*deadline.counted, *(skipped.day for skipped in deadline.skipped)])
    assert told == [deadline.received + timedelta(days=n + 1) for n in range(len(told))]
    assert len(deadline.counted) == days
    assert all(office.is_working_day(day) for day in deadline.counted)
    assert not any(office.is_working_day(skipped.day) for skipped in deadline.skipped)


@given(calendars(), instants, st.integers(1, 5))
def test_the_warning_comes_before_the_closing_on_the_same_day(office, answered, days):
    clock = silence(calendar=office, answered=answered, days=days)

    assert answered < clock.warn_at < clock.close_at
    assert clock.close_at - clock.warn_at <= timedelta(days=1)
    assert office.moment(clock.warn_at).is_open


@given(calendars())
def test_every_calendar_is_read_back_as_written(office):
    assert from_dict(to_dict(office)) == office
