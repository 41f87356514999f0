"""The supervisor's page of the day, and corrections of what an earlier day left."""

from datetime import timedelta

import pytest

from loket.base.models import Event
from loket.offices.models import Service
from loket.outbox import actions as outbox
from loket.outbox.models import Mail
from loket.people.models import Role
from loket.reports.daytimes import Figure, figure, times_of
from loket.reports.today import today_of
from loket.rules.queueing import State
from loket.visits.actions import calling, ending, sessions
from loket.visits.models import Ticket
from tests.cast import MORNING, an_office, an_officer, sari_at_counter, take

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
TOMORROW = MORNING + timedelta(days=1)


@pytest.fixture
def office(client, time_machine):
    """Rina looks at her office on a Wednesday morning."""
    office = an_office()
    client.force_login(an_officer(office, "Rina", role=Role.SUPERVISOR))
    time_machine.move_to(MORNING, tick=False)
    return office


def serve(office, session, *, called, started, finished):
    """A visit with its times in minutes after nine; the number was taken at nine."""
    take(office)
    calling.call_next(session=session, at=MORNING + called * MINUTE)
    calling.start(session=session, at=MORNING + started * MINUTE)
    return calling.finish(session=session, at=MORNING + finished * MINUTE)


def test_four_times_are_four_figures(office):
    session = sari_at_counter(office, at=MORNING)
    serve(office, session, called=4, started=6, finished=26)

    times = times_of(office, MORNING.date())

    found = [each.mean for each in (times.waiting, times.way, times.service, times.handover)]
    assert found == [4, 2, 20, 6]
    assert (times.kept, times.missed, times.served) == (1, 0, 1)


def test_a_missed_promise_is_counted(office):
    session = sari_at_counter(office, at=MORNING)
    serve(office, session, called=9, started=11, finished=20)

    times = times_of(office, MORNING.date())

    assert (times.kept, times.missed) == (0, 1)


def test_a_visit_that_was_set_aside_counts_in_the_hand_over_only(office):
    session = sari_at_counter(office, at=MORNING)
    ticket = take(office)
    calling.call_next(session=session, at=MORNING + MINUTE)
    calling.start(session=session, at=MORNING + 2 * MINUTE)
    calling.park(session=session, reason="", at=MORNING + 3 * MINUTE)
    ticket.refresh_from_db()
    calling.call_chosen(session=session, ticket=ticket, reason="", at=MORNING + 20 * MINUTE)
    calling.start(session=session, at=MORNING + 21 * MINUTE)
    calling.finish(session=session, at=MORNING + 22 * MINUTE)

    times = times_of(office, MORNING.date())

    assert (times.waiting.count, times.way.count, times.service.count) == (0, 0, 0)
    assert times.handover.mean == 2


def test_nothing_measured_is_no_figure(office):
    take(office)

    assert figure([]).mean is None
    assert times_of(office, MORNING.date()).service.count == 0
    assert times_of(office, TOMORROW.date()).waiting.count == 0


def test_a_clock_that_was_set_back_counts_as_zero(office):
    session = sari_at_counter(office, at=MORNING)
    serve(office, session, called=6, started=4, finished=10)

    assert times_of(office, MORNING.date()).way == Figure(1, 0, 0, 0)


def test_half_are_under_the_middle(office):
    session = sari_at_counter(office, at=MORNING)
    for finished in (1, 2, 4, 9):
        serve(office, session, called=0, started=0, finished=finished)

    assert times_of(office, MORNING.date()).service == Figure(4, 4, 3, 9)


def test_the_running_clock_of_each_counter_is_shown(office):
    sari_at_counter(office, at=MORNING)
    take(office)

    today = today_of(office, at=MORNING + 8 * MINUTE)

    assert [each.clock and each.clock.tone for each in today.counters] == ["wait", None]
    assert today.lines[0].longest == 8 * MINUTE


def test_the_page_says_in_minutes_how_long_the_longest_waits(client, office, time_machine):
    sari_at_counter(office, at=MORNING)
    take(office)
    time_machine.move_to(MORNING + 49 * MINUTE)

    page = client.get(f"/{office.code}/kelola/hari-ini/").content.decode()

    assert "Yang terlama sudah menunggu 49 menit." in page


def test_who_waits_for_a_service_without_a_counter_stays_on_the_page(client, office):
    library = Service.objects.create(
        office=office, code="pustaka", letter="B", name_id="Perpustakaan", name_en="Library"
    )
    take(office, service=library)

    lines = today_of(office, at=MORNING).lines
    page = client.get(f"/{office.code}/kelola/hari-ini/").content.decode()

    assert [(line.service.letter, len(line.spots), line.counters) for line in lines] == [
        ("B", 1, 0),
        ("A", 0, 0),
    ]
    assert "B-001" in page
    assert "Tidak ada loket yang melayani." in page


def test_the_page_names_counters_breaks_and_failed_mail(client, office):
    session = sari_at_counter(office, at=MORNING)
    sessions.start_break(session=session, by=session.officer, at=MORNING, reason="salat")
    mail = outbox.put(
        to="budi@surel.example", subject="x", text="x", kind="x", at=MORNING, office=office.code
    )
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.FAILED, refusal="550 no such user")

    page = client.get(f"/{office.code}/kelola/hari-ini/").content.decode()

    assert "salat" in page
    assert "550 no such user" in page
    assert "budi@surel.example" not in page


@pytest.mark.parametrize("visits", [1, 12])
def test_the_page_costs_the_same_on_a_busy_day(client, office, visits, django_assert_max_num_queries):
    session = sari_at_counter(office, at=MORNING)
    for _ in range(visits):
        serve(office, session, called=1, started=2, finished=3)
        take(office)

    with django_assert_max_num_queries(11):
        assert client.get(f"/{office.code}/kelola/hari-ini/").status_code == 200


def test_a_counter_left_open_is_closed_by_the_supervisor(client, office):
    session = sari_at_counter(office, at=MORNING)

    client.post(f"/{office.code}/kelola/hari-ini/loket/1/penutupan/")

    session.refresh_from_db()
    assert session.closed_at == MORNING


def test_a_counter_with_a_visitor_is_not_closed(client, office):
    session = sari_at_counter(office, at=MORNING)
    take(office)
    calling.call_next(session=session, at=MORNING)

    page = client.post(f"/{office.code}/kelola/hari-ini/loket/1/penutupan/", follow=True)

    session.refresh_from_db()
    assert session.closed_at is None
    assert len(page.context["messages"]) == 1


def yesterdays_visit(office, time_machine):
    """In service when the day ended."""
    session = sari_at_counter(office, at=MORNING)
    ticket = take(office)
    calling.call_next(session=session, at=MORNING)
    calling.start(session=session, at=MORNING + MINUTE)
    Ticket.objects.filter(pk=ticket.pk).update(day=MORNING.date())
    ending.end_day(office=office, before=TOMORROW.date(), at=TOMORROW.replace(hour=0))
    time_machine.move_to(TOMORROW, tick=False)
    return ticket


def test_a_left_over_is_corrected_with_a_reason(client, office, time_machine):
    ticket = yesterdays_visit(office, time_machine)
    url = f"/{office.code}/kelola/hari-ini/koreksi/{ticket.pk}/"

    client.post(url, {"started_at": "09:01", "finished_at": "09.20", "reason": "buku catatan Sari"})

    ticket.refresh_from_db()
    assert (ticket.state, ticket.finished_at) == (State.SERVED, MORNING + 20 * MINUTE)
    assert Event.objects.filter(kind="ticket.correct", subject=f"ticket:{ticket.pk}").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"started_at": "09:30"},
        {"finished_at": "siang"},
        {"reason": ""},
        {"reason": "\u200b"},
        {"started_at": "08:00"},
    ],
)
def test_a_wrong_correction_is_told_and_changes_nothing(client, office, time_machine, wrong):
    ticket = yesterdays_visit(office, time_machine)
    url = f"/{office.code}/kelola/hari-ini/koreksi/{ticket.pk}/"

    page = client.post(url, {"started_at": "09:01", "finished_at": "09:20", "reason": "catatan"} | wrong)

    ticket.refresh_from_db()
    assert page.status_code == 422
    assert ticket.state == State.UNTIMED


def test_officers_and_strangers_do_not_find_the_page(client, office):
    for officer in (an_officer(office, "Sari"), an_officer(an_office(code="9471"), "Yosef", Role.SUPERVISOR)):
        client.force_login(officer)

        assert client.get(f"/{office.code}/kelola/hari-ini/").status_code == 404
