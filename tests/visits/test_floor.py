"""The hall read at once says the same as the questions asked one by one."""

import random
from datetime import timedelta

import pytest

from loket.consultations.actions import Record
from loket.offices.models import Service
from loket.rules.queueing import State
from loket.visits.actions import calling, noting, sessions
from loket.visits.floor import floor_of
from loket.visits.queries import handover_of, turns
from loket.visits.spots import Desk
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


def test_services_take_turns_by_their_own_calls():
    """Two priority calls for the one service make an ordinary visitor due there, and not at the other."""
    office = an_office(settings={"priority_ratio": 2})
    consulting = office.services.get()
    library = Service.objects.create(office=office, code="pustaka", letter="B", name_id="B", name_en="B")
    office.counters.get(number=2).services.add(library)
    session = sari_at_counter(office)
    for at, priority, service in (
        (MORNING, "elderly", consulting), (MORNING, "elderly", consulting), (MORNING, "", consulting),
        (MORNING, "elderly", consulting), (MORNING, "", library), (MORNING, "elderly", library),
    ):  # fmt: skip
        take(office, at=at, priority=priority, service=service)
    for minute in (1, 2):
        calling.call_next(session=session, at=MORNING + minute * MINUTE)
        calling.skip(session=session, at=MORNING + minute * MINUTE)

    floor = floor_of(office, at=MORNING + 3 * MINUTE)

    for wanted in ([consulting.pk], [library.pk], [consulting.pk, library.pk]):
        asked = turns(office, service_ids=wanted, at=MORNING + 3 * MINUTE)
        assert [(each.spot.pk, each.reason) for each in floor.line(wanted)] == [
            (turn.place.key, turn.reason) for turn in asked
        ]
    assert [floor.line([each.pk])[0].spot.priority for each in (consulting, library)] == [False, True]


def test_the_calls_of_yesterday_make_nobody_due():
    office = an_office(settings={"priority_ratio": 1})
    session = sari_at_counter(office, at=MORNING - timedelta(days=1))
    take(office, at=MORNING - timedelta(days=1), priority="elderly")
    calling.call_next(session=session, at=MORNING - timedelta(days=1))
    calling.skip(session=session, at=MORNING - timedelta(days=1))
    take(office)
    take(office, priority="elderly")

    first = floor_of(office, at=MORNING).line([office.services.get().pk])[0]

    assert (first.spot.priority, first.reason) == (True, "priority")


def test_a_visit_without_a_note_is_its_officers_only():
    office = an_office()
    served = {}
    for number, name in ((1, "Sari"), (2, "Tono")):
        session = sari_at_counter(office, number=number, name=name)
        served[session.officer_id] = served_by(session)

    for officer_id, ticket in served.items():
        found = floor_of(office, at=MORNING, desk=Desk(officer_id)).unrecorded
        assert ([spot.pk for spot in found.spots], found.total) == ([ticket.pk], 1)
    assert floor_of(office, at=MORNING).unrecorded.total == 0


def test_a_recorded_visit_lacks_no_note():
    office = an_office()
    session = sari_at_counter(office)
    ticket = served_by(session)
    noting.note(ticket=ticket, record=Record(question="Inflasi", kind="data"), by=session.officer, at=MORNING)

    assert floor_of(office, at=MORNING, desk=Desk(session.officer_id)).unrecorded.spots == ()


def served_by(session):
    take(session.counter.office)
    calling.call_next(session=session, at=MORNING)
    calling.start(session=session, at=MORNING)
    return calling.finish(session=session, at=MORNING)


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
