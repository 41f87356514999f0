"""The board through its door: what it shows, what it says, and who may open it."""

import json
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse

from loket.offices.models import Service
from loket.people.devices import add_device, pair, revoke
from loket.visits.actions import calling, sessions, undoing
from tests.cast import MORNING, an_office, fill_one_of_two_lines, sari_at_counter, take

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _nothing_rendered_yet():
    caches["memory"].clear()


@pytest.fixture
def office():
    return an_office(counters=3)


@pytest.fixture
def board(office):
    device = add_device(office=office, kind="board", name="Layar 1", by="staff:1", at=MORNING)
    return pair(office=office, kind="board", code=device.pairing_code, at=MORNING)


@pytest.fixture
def television(client, board, time_machine):
    """A browser that holds the board's token, in the middle of the morning."""
    time_machine.move_to(MORNING + 30 * MINUTE, tick=False)
    client.cookies["loket_board"] = board[1]
    return client


def page(client, office):
    return client.get(reverse("board", args=[office.code]))


def fragment(client, office, etag=""):
    headers = {"If-None-Match": etag} if etag else {}
    return client.get(reverse("board-snapshot", args=[office.code]), headers=headers)


def call(session, at=MORNING + 30 * MINUTE - 10 * SECOND):
    return calling.call_next(session=session, at=at)


def test_a_stranger_is_led_to_the_pairing_page(client, office):
    answer = page(client, office)

    assert answer.status_code == 302
    assert answer["Location"] == reverse("device-pair", args=[office.code, "board"])


def test_the_token_of_another_office_opens_nothing(television):
    other = an_office("9471")

    assert page(television, other).status_code == 302


def test_a_revoked_board_is_shut_out_at_its_next_request(television, board, office):
    revoke(device=board[0], by="staff:1", at=MORNING)

    assert page(television, office).status_code == 302
    assert fragment(television, office).status_code == 302


def test_it_shows_the_newest_call_the_four_before_and_the_next_five(television, office):
    session = sari_at_counter(office)
    for _ in range(12):
        take(office)
    for turn in range(6):
        at = MORNING + turn * MINUTE
        call(session, at)
        calling.start(session=session, at=at)
        if turn < 5:
            calling.finish(session=session, at=at + SECOND)

    shown = fragment(television, office).context["snapshot"]

    assert shown.now.label == "A-006"
    assert [past.label for past in shown.past] == ["A-005", "A-004", "A-003", "A-002"]
    assert shown.next == ["A-007", "A-008", "A-009", "A-010", "A-011"]


def test_orange_means_that_somebody_is_expected(television, office):
    session = sari_at_counter(office)
    take(office)
    call(session)
    calls = fragment(television, office).content.decode()
    calling.start(session=session, at=MORNING + 30 * MINUTE)
    serves = fragment(television, office).content.decode()

    assert "called--running" in calls.split("<template")[0]
    assert "called--running" not in serves.split("<template")[0]


def test_without_scripts_the_numbers_are_there_and_drawn_anew(television, office):
    take(office)
    call(sari_at_counter(office))

    html = page(television, office).content.decode()

    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in html
    assert "A-001" in html.split("<template")[0]


def test_no_name_is_ever_on_the_board(television, office):
    session = sari_at_counter(office)
    take(office), take(office)
    call(session)

    html = page(television, office).content.decode()

    assert "Budi" not in html
    assert "Sari" not in html


def test_two_calls_are_both_spoken_in_their_order(television, office):
    one, two = sari_at_counter(office), sari_at_counter(office, number=2, name="Dewi")
    take(office), take(office)
    call(two, MORNING + 30 * MINUTE - 2 * SECOND)
    call(one, MORNING + 30 * MINUTE - SECOND)

    spoken = fragment(television, office).context["snapshot"].spoken

    assert [(said.label, said.counter) for said in spoken] == [("A-001", 2), ("A-002", 1)]


def test_a_call_is_spoken_with_number_and_counter(television, office):
    session = sari_at_counter(office, number=3)
    take(office)
    call(session)

    (spoken,) = fragment(television, office).context["snapshot"].spoken

    words = [address.split("/sounds/")[1] for address in json.loads(spoken.clips)]
    assert words == [f"id/{word}.ogg" for word in ("queue-number", "a", "0", "0", "1", "go-to-counter", "3")]


def test_an_office_may_have_its_calls_in_two_languages(television, office):
    office.settings = {"announce_languages": ["en", "id"], "announce_times": 3}
    office.save()
    take(office)
    call(sari_at_counter(office))

    answer = page(television, office)

    languages = [
        clip.split("/sounds/")[1][:2] for clip in json.loads(answer.context["snapshot"].spoken[0].clips)
    ]
    assert languages == ["en"] * 7 + ["id"] * 7
    assert answer.context["repeat"] == 3
    assert '<html lang="en"' in answer.content.decode()


def test_an_office_may_have_the_number_read_as_a_number(television, office):
    office.settings = {"announce_reading": "number"}
    office.save()
    for _ in range(12):
        last = take(office)
    calling.call_chosen(
        session=sari_at_counter(office), ticket=last, reason="has to leave", at=MORNING + 30 * MINUTE
    )

    (spoken,) = fragment(television, office).context["snapshot"].spoken

    words = [address.split("/sounds/")[1] for address in json.loads(spoken.clips)]
    assert words == [f"id/{word}.ogg" for word in ("queue-number", "a", "12", "go-to-counter", "1")]


def test_a_recall_is_spoken_again(television, office):
    session = sari_at_counter(office)
    take(office)
    call(session, MORNING + 10 * MINUTE)
    before = fragment(television, office).context["snapshot"].spoken
    calling.recall(session=session, at=MORNING + 30 * MINUTE)

    again = fragment(television, office).context["snapshot"].spoken

    assert before == []
    assert [said.label for said in again] == ["A-001"]


def test_a_call_taken_back_is_neither_shown_nor_spoken(television, office):
    session = sari_at_counter(office)
    take(office)
    call(session)
    undoing.undo(session=session, at=MORNING + 30 * MINUTE)

    shown = fragment(television, office).context["snapshot"]

    assert (shown.shown, shown.spoken, shown.next) == ([], [], ["A-001"])


def test_announced_breaks_are_shown_and_others_are_not(television, office):
    one, two = sari_at_counter(office), sari_at_counter(office, number=2, name="Dewi")
    sessions.start_break(session=one, by=one.officer, at=MORNING, back_at=MORNING + 60 * MINUTE)
    sessions.start_break(session=two, by=two.officer, at=MORNING, announced=False)

    (sentence,) = fragment(television, office).context["snapshot"].breaks

    assert "1" in sentence
    assert "10.00" in sentence
    assert "2" not in sentence


def test_the_end_of_a_break_is_not_shown_any_more_once_it_has_passed(television, office):
    session = sari_at_counter(office)
    sessions.start_break(session=session, by=session.officer, at=MORNING, back_at=MORNING + 20 * MINUTE)

    shown = fragment(television, office).context["snapshot"]

    assert shown.breaks == ["Loket 1"]


def limit_numbers(office, limit):
    office.settings = {"daily_limit": limit}
    office.save()


def test_when_all_numbers_are_given_nobody_is_asked_to_take_one(television, office):
    sari_at_counter(office)
    limit_numbers(office, 2)
    take(office)
    take(office)

    shown = fragment(television, office).context["snapshot"]

    assert shown.empty_text == "Nomor hari ini sudah habis dibagikan"
    assert shown.joining == ["Nomor hari ini sudah habis dibagikan"]


def test_a_service_that_is_full_is_told_beside_one_that_is_not(television, office):
    fill_one_of_two_lines(office)
    sari_at_counter(office)
    office.counters.get(number=1).services.add(office.services.get(letter="B"))

    shown = fragment(television, office).context["snapshot"]

    range_, full = shown.joining
    assert range_.startswith("Perpustakaan: sekitar ")
    assert full == "Nomor hari ini sudah habis: Konsultasi statistik"
    assert shown.empty_text == "Ambil nomor, lalu silakan duduk."


def test_several_services_that_are_full_are_told_by_their_letters(television, office):
    limit_numbers(office, 1)
    for letter in "BCDE":
        Service.objects.create(office=office, code=letter, letter=letter, name_id=letter, name_en=letter)
    for letter in "ABCD":
        take(office, service=office.services.get(letter=letter))

    shown = fragment(television, office).context["snapshot"]

    assert shown.joining == ["Nomor hari ini sudah habis: layanan A, B, C, D"]


def test_the_doors_of_many_services_cost_no_more_than_those_of_a_few(
    television, office, django_assert_max_num_queries
):
    for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ":
        Service.objects.create(office=office, code=letter, letter=letter, name_id=letter, name_en=letter)

    with django_assert_max_num_queries(50):
        fragment(television, office)


def test_nothing_is_sent_again_while_nothing_changed(television, office):
    first = fragment(television, office)
    second = fragment(television, office, first["ETag"])
    take(office)
    third = fragment(television, office, first["ETag"])

    assert (first.status_code, second.status_code, third.status_code) == (200, 304, 200)
    assert "A-001" in third.content.decode()


def test_it_is_drawn_anew_each_minute(television, office, time_machine):
    etag = fragment(television, office)["ETag"]

    time_machine.shift(60)

    assert fragment(television, office, etag).status_code == 200


def test_staff_see_that_a_board_cannot_be_heard(television, office, board):
    beat = reverse("device-beat", args=[office.code, "board"])
    television.post(beat, {"sound": "broken"}, content_type="application/json")

    board[0].refresh_from_db()
    assert board[0].state["sound"] == "broken"


def test_outside_hours_it_says_when_the_office_opens(television, office, time_machine):
    time_machine.move_to(MORNING.replace(hour=18), tick=False)

    shown = fragment(television, office).context["snapshot"]

    assert "08.00 WIB" in shown.hours
