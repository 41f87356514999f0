"""The hall read at once says the same as the questions asked one by one."""

import random
from datetime import timedelta

import pytest

from loket.rules.queueing import State
from loket.visits.actions import calling, sessions
from loket.visits.floor import floor_of
from loket.visits.queries import handover_of, turns
from tests.cast import MORNING, an_office, sari_at_counter, take

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("policy", ["strict", "alternate"])
def test_the_line_is_the_call_order(policy):
    office = an_office(settings={"priority": policy, "last_number_rule": False})
    session = sari_at_counter(office)
    chance = random.Random(3574)
    for step in range(40):
        at = MORNING + step * MINUTE
        if chance.random() < 0.6:
            take(office, at=at, priority=chance.choice(["", "", "elderly"]))
        elif calling.call_next(session=session, at=at):
            calling.skip(session=session, at=at)

    at = MORNING + 60 * MINUTE
    asked = [turn.place.key for turn in turns(office, service_ids=[office.services.get().pk], at=at)]
    read = [called.spot.pk for called in floor_of(office, at=at).line([office.services.get().pk])]

    assert read == asked
    assert read


def test_the_clock_is_the_tickets_own():
    office = an_office()
    sari_at_counter(office)
    ticket = take(office)
    ticket.refresh_from_db()

    floor = floor_of(office, at=MORNING + 8 * MINUTE)

    assert floor.clock(floor.spot(ticket.pk)) == handover_of(ticket, until=MORNING + 8 * MINUTE)


def test_a_counter_tells_who_is_there_and_pauses():
    office = an_office()
    session = sari_at_counter(office)
    sessions.start_break(session=session, by=session.officer, at=MORNING, reason="salat")

    mine, other = floor_of(office, at=MORNING).stands

    assert (mine.officer, mine.pause.reason, mine.is_open) == ("Sari", "salat", True)
    assert (other.officer, other.pause, other.is_open) == ("", None, False)


def test_an_office_without_a_calendar_has_no_opening():
    office = an_office()
    office.calendars.all().delete()

    assert floor_of(office, at=MORNING).opened is None


def test_a_number_that_missed_its_call_is_listed():
    office = an_office()
    session = sari_at_counter(office)
    take(office)
    calling.call_next(session=session, at=MORNING)
    calling.skip(session=session, at=MORNING)

    [spot] = floor_of(office, at=MORNING).absent()

    assert spot.state == State.NO_SHOW
