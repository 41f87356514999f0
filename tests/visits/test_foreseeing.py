from datetime import timedelta

import pytest

from loket.visits import estimating
from loket.visits.actions.calling import call_next
from loket.visits.actions.sessions import end_break, start_break
from loket.visits.estimating import line_of
from tests.cast import MORNING, an_office, sari_at_counter, take

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def three_are_foreseen(monkeypatch):
    monkeypatch.setattr(estimating, "FORESEEN", 3)


def test_in_a_very_long_line_only_the_first_are_told_minutes(three_are_foreseen):
    office = an_office()
    sari_at_counter(office)
    tickets = [take(office) for _ in range(5)]

    line = line_of(tickets[0].service, at=MORNING)

    told = [line.range_of(ticket) is not None for ticket in tickets]
    assert told == [True, True, True, True, False]
    assert line.joining is None
    assert line.place(tickets[4]) == 4


def test_whoever_joins_a_line_that_is_foreseen_is_told_minutes(three_are_foreseen):
    office = an_office()
    sari_at_counter(office)
    tickets = [take(office) for _ in range(3)]

    line = line_of(tickets[0].service, at=MORNING)

    assert line.joining == line.ranges[3].rounded()


def test_a_line_too_long_to_be_played_through_is_estimated_from_its_length(three_are_foreseen, monkeypatch):
    office = an_office(counters=1)
    sari_at_counter(office)
    tickets = [take(office) for _ in range(4)]
    service = tickets[0].service
    service.usual_minutes = 30

    assert estimating.Queue(service, at=MORNING).expected_end == (4 + 2) * 30


def pause(session, **choices):
    return start_break(session=session, by=session.officer, at=MORNING, **choices)


@pytest.mark.parametrize("announced", [True, False])
def test_a_break_without_an_end_is_no_counter(announced):
    """As before anybody has signed in: a place, and no minutes."""
    office = an_office(counters=1)
    ticket = take(office)
    pause(sari_at_counter(office), announced=announced)

    line = line_of(ticket.service, at=MORNING)

    assert (line.place(ticket), line.range_of(ticket), line.joining) == (0, None, None)


def test_a_counter_is_foreseen_alone_beside_a_break_without_an_end():
    office = an_office()
    service = office.services.get()
    sari_at_counter(office)
    for _ in range(3):
        take(office)
    alone = line_of(service, at=MORNING)

    pause(sari_at_counter(office, name="Tono", number=2))

    assert line_of(service, at=MORNING) == alone


def test_a_break_with_an_end_is_waited_for():
    office = an_office(counters=1)
    pause(sari_at_counter(office), back_at=MORNING + 20 * MINUTE)

    wait = line_of(office.services.get(), at=MORNING).joining

    assert (wait.low, wait.high) == (20, 20)


def test_nobody_is_told_any_moment_while_an_officer_is_late_from_a_break():
    office = an_office(counters=1)
    service = office.services.get()
    session = sari_at_counter(office)
    pause(session, back_at=MORNING + 20 * MINUTE)
    late = MORNING + 80 * MINUTE
    nobody_waits = line_of(service, at=late).joining
    ticket = take(office, at=late)
    line = line_of(service, at=late)

    end_break(session=session, by=session.officer, at=late)

    assert (nobody_waits, line.range_of(ticket)) == (None, None)
    assert line.joining.high >= 1
    assert line_of(service, at=late).range_of(ticket).high == 0


def test_an_officer_who_is_late_is_no_free_counter_beside_one_who_serves():
    office = an_office()
    first = sari_at_counter(office)
    pause(sari_at_counter(office, name="Tono", number=2), back_at=MORNING + MINUTE)
    take(office)
    call_next(session=first, at=MORNING)

    assert line_of(office.services.get(), at=MORNING + 2 * MINUTE).joining is None


def test_while_everybody_pauses_without_an_end_the_counters_are_expected_to_open():
    """So that numbers go on as in the morning, before anybody has signed in (CLOCKS 16)."""
    office = an_office(counters=1)
    service = office.services.get()
    before = estimating.Queue(service, at=MORNING).expected_end

    pause(sari_at_counter(office))

    assert estimating.Queue(service, at=MORNING).expected_end == before > 0
