from datetime import date, timedelta

import pytest

from loket.feedback.actions import rate
from loket.jobs import counting
from loket.people.actions import GuestEntry
from loket.people.models import Visitor
from loket.reports import keeping, persons
from loket.reports.lines import line_of
from loket.reports.models import CountedUpTo, DayOrMonth, YearKey
from loket.reports.reading import read
from loket.rules import periods
from loket.visits.actions import calling, correcting
from loket.visits.actions.ending import end_day
from tests.cast import MORNING, an_office, an_officer, sari_at_counter, take

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
JANUARY = periods.month(2026, 1)
TOMORROW = MORNING + timedelta(days=1)
IN_FEBRUARY = MORNING.replace(month=2, day=3)


def a_visit(office, *, at=MORNING, minutes=12, **guest):
    session = sari_at_counter(office, at=at)
    take(office, at=at, **guest)
    calling.call_next(session=session, at=at + 2 * MINUTE)
    calling.start(session=session, at=at + 3 * MINUTE)
    return calling.finish(session=session, at=at + (3 + minutes) * MINUTE)


def january(office, *, at):
    return read([office], [JANUARY], at=at).total(JANUARY)


def hours(total, name):
    cells = total.tally.get("hall", {}).values()
    return sum(cell.get(name, 0) or cell["state"].get(name, 0) for cell in cells)


def test_days_that_are_over_are_counted_once_and_the_month_when_it_is_whole():
    office = an_office()
    a_visit(office)

    keeping.bring_up(office=office, at=TOMORROW)
    assert [row.span for row in DayOrMonth.objects.order_by("pk")] == ["day"]

    keeping.bring_up(office=office, at=IN_FEBRUARY)
    assert set(DayOrMonth.objects.values_list("span", "first")) == {
        ("day", date(2026, 1, 14)),
        ("month", date(2026, 1, 1)),
    }


def test_counting_again_changes_nothing():
    office = an_office()
    a_visit(office)
    keeping.bring_up(office=office, at=IN_FEBRUARY)
    before = list(DayOrMonth.objects.order_by("span").values_list("first", "content", "persons"))

    assert keeping.bring_up(office=office, at=IN_FEBRUARY) == 0

    assert list(DayOrMonth.objects.order_by("span").values_list("first", "content", "persons")) == before


def test_today_is_in_the_figures_while_it_goes_on():
    office = an_office()
    keeping.bring_up(office=office, at=MORNING)
    a_visit(office)

    assert hours(january(office, at=MORNING + 30 * MINUTE), "served") == 1


def test_a_correction_counts_at_once_and_is_kept_by_the_next_counting():
    office = an_office()
    rina = an_officer(office, "Rina")
    ticket = take(office)
    end_day(office=office, before=TOMORROW.date(), at=TOMORROW)
    keeping.bring_up(office=office, at=IN_FEBRUARY)
    ticket.refresh_from_db()

    correcting.set_times(
        ticket=ticket, started_at=MORNING + MINUTE, finished_at=MORNING + 5 * MINUTE, reason="Buku", by=rina,
        at=IN_FEBRUARY,
    )  # fmt: skip

    at_once = january(office, at=IN_FEBRUARY)
    keeping.bring_up(office=office, at=IN_FEBRUARY)
    kept = january(office, at=IN_FEBRUARY)
    for total in (at_once, kept):
        assert (hours(total, "served"), hours(total, "corrected"), hours(total, "expired")) == (1, 1, 0)


def test_a_late_rating_counts_for_the_day_of_the_visit():
    office = an_office()
    ticket = a_visit(office)
    keeping.bring_up(office=office, at=TOMORROW)

    rate(ticket=ticket, score=4, channel="mail", at=TOMORROW)

    day = periods.parse(MORNING.date().isoformat())
    assert read([office], [day], at=TOMORROW).total(day).tally["rating"] == {"4": 1}


def test_a_person_who_comes_twice_and_to_two_offices_is_one_person():
    here, there = an_office(), an_office(code="3500")
    budi = GuestEntry(name="Budi", email="budi@surel.example")
    take(here, guest=budi)
    take(here, guest=GuestEntry(name="Budi S.", email="BUDI@surel.example"))
    take(there, guest=budi)
    take(there, guest=GuestEntry(name="Tanpa surel"))
    for office in (here, there):
        keeping.bring_up(office=office, at=IN_FEBRUARY)

    assert read([here, there], [JANUARY], at=IN_FEBRUARY).total(JANUARY).persons == 2


def test_forgetting_a_visitor_makes_no_new_person():
    office = an_office()
    ticket = a_visit(office)
    keeping.bring_up(office=office, at=IN_FEBRUARY)
    before = january(office, at=IN_FEBRUARY)

    Visitor.objects.update(email="", name="")
    rate(ticket=ticket, score=5, channel="mail", at=MORNING + timedelta(days=5))
    keeping.bring_up(office=office, at=IN_FEBRUARY)

    assert january(office, at=IN_FEBRUARY).keys == before.keys


def test_the_secret_of_a_year_is_destroyed_when_the_year_is_counted():
    office = an_office()
    take(office)
    keeping.bring_up(office=office, at=IN_FEBRUARY)
    before = january(office, at=IN_FEBRUARY).keys
    next_january, next_february = MORNING.replace(year=2027), IN_FEBRUARY.replace(year=2027)

    assert list(counting.secrets_due(next_january)) == []
    for key in counting.secrets_due(next_february):
        counting.destroy_secret(key, next_february)

    assert YearKey.objects.get(year=2026).secret == ""
    keeping.bring_up(office=office, at=next_february)
    assert january(office, at=next_february).keys == before


def test_the_same_person_has_another_key_in_another_year():
    first, second = (
        persons.key_of("mail:budi@surel.example", "a"),
        persons.key_of("mail:budi@surel.example", "b"),
    )

    assert first != second
    assert len(first) == persons.LETTERS


def test_reading_stores_nothing():
    office = an_office()
    take(office)

    january(office, at=MORNING)

    assert not DayOrMonth.objects.exists()
    assert not YearKey.objects.exists()


def test_the_job_counts_an_office_whose_log_went_on_or_whose_yesterday_is_open():
    office = an_office()
    take(office)

    (due,) = counting.due(MORNING)
    counting.count(due, MORNING)
    assert counting.due(MORNING) == []

    take(office, at=MORNING + MINUTE)
    assert counting.due(MORNING + MINUTE) == [office]
    counting.count(office, MORNING + MINUTE)
    assert counting.due(MORNING + MINUTE) == []
    assert counting.due(TOMORROW) == [office]


def test_a_long_backlog_is_counted_in_steps_of_a_month():
    office = an_office()
    take(office)

    days = keeping.bring_up(office=office, at=MORNING.replace(month=6))

    assert days == (date(2026, 6, 13) - date(2026, 1, 13)).days
    assert CountedUpTo.objects.get().day == date(2026, 6, 13)


@pytest.mark.parametrize("offices", [1, 12])
def test_reading_costs_the_same_queries_for_one_office_and_for_many(offices, django_assert_max_num_queries):
    every = [an_office(code=f"35{number:02d}") for number in range(offices)]
    for office in every:
        take(office)
        keeping.bring_up(office=office, at=TOMORROW)
        take(office, at=TOMORROW)

    with django_assert_max_num_queries(8):
        total = read(every, [JANUARY, JANUARY.before()], at=TOMORROW, in_lines=[JANUARY]).total(JANUARY)

    assert hours(total, "taken") == 2 * offices


@pytest.mark.parametrize("corrected", [False, True])
def test_a_line_says_the_same_as_the_tally(corrected):
    office = an_office()
    a_visit(office)
    left = take(office, at=MORNING + 30 * MINUTE)
    end_day(office=office, before=TOMORROW.date(), at=TOMORROW)
    keeping.bring_up(office=office, at=IN_FEBRUARY)
    if corrected:
        left.refresh_from_db()
        correcting.set_times(
            ticket=left, started_at=MORNING + 31 * MINUTE, finished_at=MORNING + 40 * MINUTE, reason="Buku",
            by=an_officer(office, "Rina"), at=IN_FEBRUARY,
        )  # fmt: skip

    day = periods.parse(MORNING.date().isoformat())
    parts = read([office], [JANUARY], at=IN_FEBRUARY, in_lines=[JANUARY, day])

    for line in (parts.line(JANUARY), parts.line(day)):
        assert line == line_of(parts.total(JANUARY).tally) == (2, 1 + corrected, 1, 0)
