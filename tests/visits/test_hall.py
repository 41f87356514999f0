from datetime import timedelta

import pytest

from loket.base import events, replay
from loket.offices import calendars
from loket.outbox.models import Mail
from loket.rules.queueing import MoveNotAllowed, State
from loket.visits.actions import calling, ending, leaving, numbering, sessions, undoing
from loket.visits.models import Ticket
from loket.visits.queries import handover_of
from tests.cast import MORNING, an_office, an_officer, sari_at_counter, take

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_numbers_count_up_from_one():
    office = an_office()

    labels = [take(office).label for _ in range(3)]

    assert labels == ["A-001", "A-002", "A-003"]


def test_pressing_twice_gives_one_number():
    office = an_office()

    first, again = take(office, key="k"), take(office, key="k")

    assert first.pk == again.pk
    assert Ticket.objects.count() == 1


def test_the_same_key_with_another_request_is_refused():
    office = an_office()
    take(office, key="k")

    with pytest.raises(replay.KeyReused):
        take(office, key="k", priority="elderly")


def test_before_opening_no_number_is_given():
    office = an_office()

    with pytest.raises(numbering.Closed) as refusal:
        take(office, at=MORNING.replace(hour=7, minute=59))

    assert refusal.value.opens_at == MORNING.replace(hour=8)


def test_the_last_number_leaves_time_to_be_served():
    office = an_office(counters=1)

    with pytest.raises(numbering.LineFull) as refusal:
        take(office, at=MORNING.replace(hour=15, minute=20))

    assert refusal.value.why == "closing"


def test_where_the_office_never_closes_a_full_day_ends_at_midnight():
    office = an_office(settings={"daily_limit": 1})
    calendar = office.calendars.get(version=1)
    calendar.content |= {"week": {"wed": ["00:00-24:00"], "thu": ["00:00-24:00"]}}
    calendar.digest = calendars.digest(calendar.content)
    calendar.save()
    take(office, at=MORNING.replace(hour=23))

    with pytest.raises(numbering.LineFull) as full:
        take(office, at=MORNING.replace(hour=23, minute=59))

    assert full.value.opens_at == MORNING.replace(day=15, hour=0)


def test_the_daily_limit_ends_the_numbers():
    office = an_office(settings={"daily_limit": 2})
    take(office), take(office)

    with pytest.raises(numbering.LineFull):
        take(office)


def test_a_ticket_goes_from_call_to_finish():
    office = an_office()
    ticket = take(office)
    session = sari_at_counter(office)

    calling.call_next(session=session, at=MORNING + MINUTE)
    calling.start(session=session, at=MORNING + 2 * MINUTE)
    calling.finish(session=session, at=MORNING + 20 * MINUTE)

    ticket.refresh_from_db()
    assert ticket.state == State.SERVED
    assert ticket.handover == 2 * MINUTE
    assert list(events.verify()) == []


def test_one_visitor_at_a_counter():
    office = an_office()
    take(office), take(office)
    session = sari_at_counter(office)
    calling.call_next(session=session, at=MORNING)

    with pytest.raises(calling.CounterBusy):
        calling.call_next(session=session, at=MORNING)


def test_priority_visitors_come_first_but_nobody_starves():
    office = an_office()
    ordinary = take(office)
    urgent = [take(office, priority="elderly") for _ in range(3)]
    session = sari_at_counter(office)

    called = []
    for minute in range(4):
        called.append(calling.call_next(session=session, at=MORNING + minute * MINUTE))
        calling.skip(session=session, at=MORNING + minute * MINUTE)

    assert called == [urgent[0], urgent[1], ordinary, urgent[2]]


def test_a_wrong_finish_is_taken_back():
    office = an_office()
    ticket = take(office)
    session = sari_at_counter(office)
    calling.call_next(session=session, at=MORNING)
    calling.start(session=session, at=MORNING + MINUTE)
    calling.finish(session=session, at=MORNING + 2 * MINUTE)

    undoing.undo(session=session, at=MORNING + 3 * MINUTE)

    ticket.refresh_from_db()
    assert ticket.state == State.SERVING
    assert ticket.finished_at is None


def test_after_sixty_seconds_nothing_is_taken_back():
    office = an_office()
    take(office)
    session = sari_at_counter(office)
    calling.call_next(session=session, at=MORNING)

    with pytest.raises(undoing.NothingToUndo):
        undoing.undo(session=session, at=MORNING + timedelta(seconds=61))


def test_an_undone_call_keeps_the_place_in_line():
    office = an_office()
    first, _second = take(office), take(office)
    session = sari_at_counter(office)
    calling.call_next(session=session, at=MORNING)

    undoing.undo(session=session, at=MORNING)

    assert calling.call_next(session=session, at=MORNING) == first


def test_the_hand_over_clock_starts_when_the_previous_visitor_ends():
    office = an_office(counters=1)
    take(office)
    second = take(office)
    session = sari_at_counter(office)
    calling.call_next(session=session, at=MORNING)
    calling.start(session=session, at=MORNING)
    calling.finish(session=session, at=MORNING + 30 * MINUTE)

    second.refresh_from_db()
    clock = handover_of(second, until=MORNING + 41 * MINUTE)

    assert clock.started == MORNING + 30 * MINUTE
    assert not clock.met


def test_an_announced_break_stops_the_clock_and_another_does_not():
    office = an_office(counters=1)
    ticket = take(office)
    session = sari_at_counter(office)
    sessions.start_break(session=session, by=session.officer, at=MORNING + 2 * MINUTE)
    sessions.end_break(session=session, by=session.officer, at=MORNING + 20 * MINUTE)
    sessions.start_break(session=session, by=session.officer, at=MORNING + 23 * MINUTE, announced=False)

    ticket.refresh_from_db()
    clock = handover_of(ticket, until=MORNING + 25 * MINUTE)

    assert clock.ran == 7 * MINUTE


def test_a_finish_taken_back_takes_back_the_clock_it_started():
    office = an_office(counters=1)
    take(office)
    second = take(office)
    session = sari_at_counter(office)
    calling.call_next(session=session, at=MORNING)
    calling.start(session=session, at=MORNING)
    calling.finish(session=session, at=MORNING + 5 * MINUTE)

    undoing.undo(session=session, at=MORNING + 5 * MINUTE + timedelta(seconds=20))

    second.refresh_from_db()
    assert handover_of(second, until=MORNING + 30 * MINUTE) is None


def test_a_no_show_joins_again_at_the_end():
    office = an_office()
    late, waiting = take(office), take(office)
    session = sari_at_counter(office)
    calling.call_next(session=session, at=MORNING)
    calling.skip(session=session, at=MORNING + MINUTE)
    late.refresh_from_db()

    leaving.rejoin(ticket=late, at=MORNING + 2 * MINUTE)

    assert calling.call_next(session=session, at=MORNING + 3 * MINUTE) == waiting


def test_a_served_ticket_cannot_be_given_back():
    office = an_office()
    ticket = take(office)
    session = sari_at_counter(office)
    calling.call_next(session=session, at=MORNING)
    calling.start(session=session, at=MORNING)

    with pytest.raises(MoveNotAllowed):
        leaving.cancel(ticket=ticket, at=MORNING)


def test_a_clock_set_back_an_hour_keeps_the_order():
    office = an_office()
    first = take(office, at=MORNING + 60 * MINUTE)
    take(office, at=MORNING)
    session = sari_at_counter(office)

    assert calling.call_next(session=session, at=MORNING + MINUTE) == first


def test_the_end_of_the_day_closes_what_was_left_once():
    office = an_office()
    take(office)
    serving = take(office)
    session = sari_at_counter(office)
    calling.call_chosen(session=session, ticket=serving, reason="pulang jauh", at=MORNING)
    calling.start(session=session, at=MORNING)
    tomorrow = MORNING + timedelta(days=1)

    counts = [ending.end_day(office=office, before=tomorrow.date(), at=tomorrow) for _ in range(2)]

    assert counts == [2, 0]
    assert sorted(Ticket.objects.values_list("state", flat=True)) == ["expired", "untimed"]


def test_who_did_not_come_stays_a_no_show_and_cannot_join_the_next_day():
    office = an_office()
    ticket = take(office)
    session = sari_at_counter(office)
    calling.call_next(session=session, at=MORNING)
    calling.skip(session=session, at=MORNING + MINUTE)
    tomorrow = MORNING + timedelta(days=1)

    assert ending.end_day(office=office, before=tomorrow.date(), at=tomorrow) == 0
    ticket.refresh_from_db()
    with pytest.raises(MoveNotAllowed):
        leaving.rejoin(ticket=ticket, at=tomorrow)


def test_another_officer_cannot_take_a_counter():
    office = an_office()
    sari_at_counter(office)
    tono = an_officer(office, "Tono")

    with pytest.raises(sessions.CounterTaken):
        sessions.open_counter(counter=office.counters.get(number=1), by=tono, at=MORNING)


def test_the_number_is_mailed_with_its_page():
    office = an_office()

    ticket = take(office)

    mail = Mail.objects.get()
    assert ticket.token in mail.text
    assert f"/3574/buku-tamu/kode/?kode={ticket.visit.visitor.code}\n" in mail.text


def test_a_changed_event_is_found():
    from loket.base.models import Event

    office = an_office()
    take(office), take(office)
    Event.objects.filter(seq=1).update(at=MORNING - MINUTE)

    assert [fault.reason for fault in events.verify()] == ["changed"]
