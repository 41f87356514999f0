"""The desk as its officers use it, press by press, without a script."""

from datetime import timedelta

import pytest
from django.test import override_settings

from loket.consultations.models import Consultation
from loket.offices.models import Service
from loket.outbox.models import Mail
from loket.people import devices
from loket.people.actions import GuestEntry
from loket.people.models import Device, Role
from loket.rules.queueing import State
from loket.visits.actions import calling
from loket.visits.models import Break, CounterSession, NoteDraft, Ticket
from tests.cast import MORNING, an_office, an_officer, sari_at_counter, take
from tests.screens.desk import Desk, words

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
NOTE = {
    "do": "send", "version": "0", "question": "Inflasi 2025", "kind": "data", "answer": "Lihat BRS.",
    "referral": "", "what": ["Inflasi", ""], "area": ["Kota Probolinggo", ""], "years": ["2021-2025", ""],
    "level": ["regency", ""], "period": ["yearly", ""], "found": ["found", "found"],
    "title": ["BRS Januari"], "address": [""],
}  # fmt: skip


@pytest.fixture
def desk(client, time_machine):
    return Desk(client, time_machine)


def state(ticket):
    return Ticket.objects.get(pk=ticket.pk).state


def test_before_the_call_the_request_is_shown_and_the_name_is_not(desk):
    take(desk.office)

    page = words(desk.page())

    assert "Inflasi 2025" in page
    assert "Budi Santoso" not in page


def test_an_office_may_hide_the_request_until_the_call(desk):
    desk.office.settings = {"request_before_call": False}
    desk.office.save()
    take(desk.office)

    before, after = words(desk.page()), words(desk.press("panggilan"))

    assert "Inflasi 2025" not in before
    assert "Inflasi 2025" in after
    assert "Budi Santoso" in after


def test_from_call_to_the_mail_with_the_note(desk):
    ticket = desk.serves()

    page = desk.press(f"catatan/{ticket.pk}", ticket=ticket.pk, **NOTE)

    assert state(ticket) == State.SERVED
    note = Consultation.objects.get()
    assert (note.question, note.answer) == ("Inflasi 2025", "Lihat BRS.")
    item = note.items.get()
    assert (item.what, item.year_from, item.year_to, item.level) == ("Inflasi", 2021, 2025, "regency")
    mail = Mail.objects.get(kind="ticket.summary")
    assert "BRS Januari" in mail.text
    assert "/nilai/" in mail.text
    assert ticket.label in words(page)


def test_a_wrong_year_is_told_and_nothing_typed_is_lost(desk):
    ticket = desk.serves()

    page = desk.press(f"catatan/{ticket.pk}", ticket=ticket.pk, **NOTE | {"years": ["kemarin", ""]})

    assert page.status_code == 422
    assert state(ticket) == State.SERVING
    assert 'value="kemarin"' in words(page)
    assert "Lihat BRS." in words(page)


def test_a_note_is_written_in_fields_while_others_wait(desk):
    ticket = desk.serves()
    desk.press("selesai", ticket=ticket.pk)
    take(desk.office)

    page = words(desk.page())

    assert f'data-note="{ticket.pk}"' in page
    for name in ("what", "area", "years", "title", "address"):
        assert f'<input class="field__input" name="{name}"' in page
        assert f'<select class="field__input" name="{name}"' not in page


def test_a_draft_is_kept_and_found_again_after_the_finish(desk):
    ticket = desk.serves()
    saved = desk.press(f"catatan/{ticket.pk}/draf", **NOTE | {"answer": "setengah kal"})
    desk.press("selesai", ticket=ticket.pk)

    page = words(desk.page())

    assert saved.json()["version"] == 1
    assert "setengah kal" in page
    assert state(ticket) == State.SERVED


def test_a_second_window_is_told_that_the_note_went_on(desk):
    ticket = desk.serves()
    desk.press(f"catatan/{ticket.pk}/draf", **NOTE | {"answer": "jendela satu"})

    answer = desk.press(f"catatan/{ticket.pk}/draf", **NOTE | {"answer": "jendela dua"})
    page = desk.press(f"catatan/{ticket.pk}", ticket=ticket.pk, **NOTE | {"answer": "jendela dua"})

    assert answer.status_code == 409
    assert page.status_code == 422
    assert "jendela dua" in words(page)
    assert NoteDraft.objects.get().content["answer"] == "jendela satu"


def test_the_same_words_sent_again_are_no_quarrel(desk):
    ticket = desk.serves()

    answers = [desk.press(f"catatan/{ticket.pk}/draf", **NOTE) for _ in range(2)]

    assert [answer.json()["version"] for answer in answers] == [1, 1]


@pytest.mark.parametrize("noun", ["selesai", "layanan", "ketidakhadiran"])
def test_a_double_click_is_one_press_and_nothing_is_said(desk, noun):
    ticket = take(desk.office)
    desk.press("panggilan", ticket=ticket.pk)
    if noun == "selesai":
        desk.press("layanan", ticket=ticket.pk)

    desk.press(noun, ticket=ticket.pk)
    again = desk.press(noun, ticket=ticket.pk)

    assert list(again.context["messages"]) == []


def test_a_double_click_on_save_and_send_is_one_note(desk):
    ticket = desk.serves()

    for _ in range(2):
        last = desk.press(f"catatan/{ticket.pk}", ticket=ticket.pk, **NOTE)

    assert list(last.context["messages"]) == []
    assert Consultation.objects.count() == Mail.objects.filter(kind="ticket.summary").count() == 1


def test_calling_somebody_else_than_the_button_said_is_told(desk):
    first, second = take(desk.office), take(desk.office)
    tono = sari_at_counter(desk.office, name="Tono", number=2)
    calling.call_next(session=tono, at=MORNING)

    page = desk.press("panggilan", ticket=first.pk)

    assert state(second) == State.CALLED
    assert second.label in str(next(iter(page.context["messages"])))


def test_calling_out_of_turn_needs_a_reason(desk):
    take(desk.office)
    chosen = take(desk.office)

    refused = desk.press("panggilan-pilihan", ticket=chosen.pk, reason=" ")
    desk.press("panggilan-pilihan", ticket=chosen.pk, reason="rapat pukul 10")

    assert len(refused.context["messages"]) == 1
    assert state(chosen) == State.CALLED


UNSEEN = {"Loket-Shown-At": "-"}


def test_a_refresh_leaves_what_was_said_to_the_page_that_comes(desk):
    desk.client.post(f"{desk.url}istirahat/", {"announced": "on", "back_at": "08:30"})

    behind = desk.client.get(desk.url, headers=UNSEEN)

    assert '"wrap notices"' not in words(behind)
    assert '"wrap notices"' in words(desk.page())
    assert '"wrap notices"' not in words(desk.page())


def test_a_press_is_told_where_its_answer_is_shown(desk):
    here = {"Loket-Shown-At": desk.url}
    answer = {"announced": "on", "back_at": "08:30"}

    at_once = desk.client.post(f"{desk.url}istirahat/", answer, headers=here, follow=True)
    led_away = desk.client.post(f"/{desk.office.code}/petugas/loket/2/panggilan/", headers=here, follow=True)

    assert '"wrap notices"' in words(at_once)
    assert led_away.redirect_chain[-1][0] == f"/{desk.office.code}/petugas/"
    assert '"wrap notices"' not in words(led_away)
    assert '"wrap notices"' in words(desk.client.get(led_away.redirect_chain[-1][0]))


@override_settings(REQUIRE_2FA=True)
def test_what_each_refresh_has_to_say_is_said_once(desk):
    desk.session.officer.memberships.update(role=Role.SUPERVISOR)
    for _ in range(3):
        desk.client.get(desk.url, headers=UNSEEN)

    assert words(desk.client.get("/akun/keamanan/")).count("notice--wait") == 1


def test_a_press_at_a_counter_that_is_not_mine_leads_to_the_choice(desk):
    ticket = take(desk.office)

    page = desk.client.post(f"/{desk.office.code}/petugas/loket/2/panggilan/", follow=True)

    assert page.redirect_chain[-1][0] == f"/{desk.office.code}/petugas/"
    assert state(ticket) == State.WAITING


def test_a_press_can_be_taken_back_once(desk):
    ticket = desk.serves()
    press = desk.page().context["undo"]["step"].pk

    desk.press("batal", press=press)
    again = desk.press("batal", press=press)

    assert state(ticket) == State.CALLED
    assert list(again.context["messages"]) == []


def test_after_a_minute_the_offer_to_take_back_is_gone(desk):
    desk.serves()
    desk.at(MORNING + 2 * MINUTE)

    page = desk.page()

    assert page.context["undo"] is None


def test_a_break_is_announced_with_its_return(desk):
    desk.press("istirahat", announced="on", reason="salat", back_at="09:30")

    assert Break.objects.get().back_at == MORNING + 30 * MINUTE
    assert "salat" in words(desk.page())


def test_a_return_in_the_past_is_refused_with_what_to_do(desk):
    page = desk.press("istirahat", announced="on", back_at="08:30")

    assert not Break.objects.exists()
    assert len(page.context["messages"]) == 1


def test_set_aside_and_called_back(desk):
    ticket = desk.serves()

    desk.press("tunda", ticket=ticket.pk)
    parked = state(ticket)
    desk.press("panggilan-pilihan", ticket=ticket.pk)

    assert (parked, state(ticket)) == (State.PARKED, State.CALLED)


def test_only_the_officer_who_served_may_write_the_note(desk, client):
    ticket = desk.serves()
    tono = sari_at_counter(desk.office, name="Tono", number=2)
    client.force_login(tono.officer)

    answer = client.post(f"/{desk.office.code}/petugas/loket/2/catatan/{ticket.pk}/draf/", NOTE)

    assert answer.status_code == 404


def test_why_the_next_number_is_next(desk):
    take(desk.office)
    urgent = take(desk.office, priority="elderly")

    page = desk.page()

    assert (page.context["next"].pk, page.context["why"]) == (urgent.pk, "priority")


def test_how_often_a_visitor_came_before(desk):
    first = desk.serves()
    desk.press("selesai", ticket=first.pk)
    code = first.visit.visitor.code
    take(desk.office, guest=GuestEntry(name="", code=code))

    assert desk.page().context["next"].earlier == 1


@pytest.mark.parametrize("waiting", [1, 100])
def test_the_page_costs_eight_queries_however_many_wait(desk, waiting, django_assert_max_num_queries):
    gone = desk.serves()
    desk.press("selesai", ticket=gone.pk)
    desk.office.settings = {"last_number_rule": False}
    desk.office.save()
    for _ in range(waiting):
        take(desk.office)

    with django_assert_max_num_queries(8):
        page = desk.page()

    assert page.context["waiting"] == waiting


def test_called_again_and_not_there(desk):
    ticket = take(desk.office)
    desk.press("panggilan")

    again = desk.press("panggilan-ulang", ticket=ticket.pk)
    assert "A-001 diumumkan sekali lagi" in words(again)
    assert Ticket.objects.get().calls == 2
    desk.press("ketidakhadiran", ticket=ticket.pk)

    assert state(ticket) == State.NO_SHOW
    desk.press("batal")
    assert state(ticket) == State.CALLED


def test_a_visitor_passed_on_keeps_number_and_place(desk):
    library = Service.objects.create(
        office=desk.office, code="pustaka", letter="B", name_id="Perpustakaan", name_en="Library"
    )
    desk.office.counters.get(number=2).services.set([library])
    tono = sari_at_counter(desk.office, name="Tono", number=2)
    ticket = desk.serves()
    later = take(desk.office, service=library)

    answer = desk.press("alih", ticket=ticket.pk, service="pustaka", reason="mencari buku")

    assert "A-001 kini menunggu Perpustakaan" in words(answer)
    assert calling.call_next(session=tono, at=MORNING) == ticket
    assert (Ticket.objects.get(pk=ticket.pk).label, state(later)) == ("A-001", State.WAITING)
    assert ticket.moves.get(move="transfer").reason == "mencari buku"


def test_a_wrong_hand_over_is_refused_or_taken_back(desk):
    Service.objects.create(
        office=desk.office, code="pustaka", letter="B", name_id="Perpustakaan", name_en="L"
    )
    elsewhere = an_office(code="9471")
    Service.objects.create(office=elsewhere, code="lain", letter="B", name_id="Lain", name_en="Other")
    ticket = desk.serves()

    for service in ("konsultasi", "lain", "", "tidak-ada"):
        desk.press("alih", ticket=ticket.pk, service=service)
        assert state(ticket) == State.SERVING, service
    desk.press("alih", ticket=ticket.pk, service="pustaka")
    desk.press("batal")

    ticket.refresh_from_db()
    assert (ticket.state, ticket.service.code, ticket.counter.number) == (State.SERVING, "konsultasi", 1)
    assert ticket.started_at == MORNING


def test_a_counter_is_closed_when_nobody_stands_there(desk):
    ticket = desk.serves()
    desk.press("penutupan")
    assert CounterSession.objects.get().closed_at is None
    desk.press("selesai", ticket=ticket.pk)

    desk.press("penutupan")

    assert CounterSession.objects.get().closed_at == MORNING


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"sound": "blocked"}, "Perangkat 1: tanpa suara"),
        ({"sound": "broken"}, "Perangkat 1: tanpa suara"),
        ({"printer": "paper_low"}, "Perangkat 1: kertas hampir habis"),
        ({"printer": "paper_out"}, "Perangkat 1: kertas habis"),
        ({"printer": "cover_open"}, "Perangkat 1: penutup pencetak terbuka"),
        ({"printer": "unreachable"}, "Perangkat 1: pencetak tidak menjawab"),
        ({"printer": "fault"}, "Perangkat 1: pencetak melaporkan kerusakan"),
    ],
)
def test_what_is_wrong_with_a_device_is_told_at_the_desk(desk, said, told):
    device = a_device(desk.office)
    assert "Perangkat 1 tersambung" in words(desk.page())
    Device.objects.filter(pk=device.pk).update(state=said)

    page = words(desk.page())
    assert told in page
    # Below a long line nobody would see it.
    assert page.index(told) < page.index("Menunggu")


def test_a_device_that_fell_silent_is_told_at_the_desk(desk):
    a_device(desk.office)

    desk.at(MORNING + timedelta(seconds=21))

    assert "Perangkat 1: tidak tersambung" in words(desk.page())


def test_an_officer_who_changed_the_roll_says_so(desk):
    device = a_device(desk.office)
    Device.objects.filter(pk=device.pk).update(state={"printer": "paper_out"})

    answer = desk.press("kertas", device=device.pk)

    device.refresh_from_db()
    assert device.state["printer"] == "ok"
    assert "kertas habis" not in words(answer)


def test_a_device_of_another_office_is_not_set_right_here(desk):
    elsewhere = a_device(an_office(code="9471"))
    Device.objects.filter(pk=elsewhere.pk).update(state={"printer": "paper_out"})

    answer = desk.press("kertas", device=elsewhere.pk)

    elsewhere.refresh_from_db()
    assert "Perangkat ini sudah tidak ada" in words(answer)
    assert elsewhere.state["printer"] == "paper_out"


def a_device(office):
    added = devices.add_device(
        office=office, kind=Device.Kind.KIOSK, name="Perangkat 1", by="staff:1", at=MORNING
    )
    return devices.pair(office=office, kind="kiosk", code=added.pairing_code, at=MORNING)[0]


def test_strangers_do_not_find_the_desk(client):
    office, other = an_office(), an_office(code="9471", zone="Asia/Jayapura")
    client.force_login(an_officer(other, "Yosef"))

    assert client.get(f"/{office.code}/petugas/").status_code == 404
    assert client.post(f"/{office.code}/petugas/loket/1/panggilan/").status_code == 404
