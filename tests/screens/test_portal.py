"""The office's pages as visitors open them."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client

from loket.people.models import Visitor
from loket.visits import estimating
from loket.visits.actions import calling
from loket.visits.actions.sessions import start_break
from loket.visits.models import Ticket
from tests.cast import ANSWERS, MORNING, WIB, an_office, fill_one_of_two_lines, sari_at_counter, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture(autouse=True)
def a_wednesday_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def test_the_only_office_is_the_front_page(visitor, office):
    assert visitor.get("/").headers["Location"] == "/3574/"


def test_several_offices_are_offered(visitor, office):
    an_office(code="9471", zone="Asia/Jayapura")

    page = visitor.get("/").content.decode()

    assert "/3574/" in page
    assert "/9471/" in page


def test_an_unknown_office_is_not_found(visitor):
    assert visitor.get("/1234/").status_code == 404


def test_the_front_page_says_open_until_when_and_how_many_wait(visitor, office):
    sari_at_counter(office)
    take(office)

    page = visitor.get("/3574/").content.decode()

    assert "15.30 WIB" in page
    assert 'href="/3574/buku-tamu/"' in page


def test_the_front_page_at_night_says_when_it_opens(visitor, office):
    with time_machine.travel(datetime(2026, 1, 14, 20, 0, tzinfo=WIB)):
        page = visitor.get("/3574/").content.decode()

    assert "15 Januari" in page
    assert "08.00 WIB" in page
    assert "choice--first" not in page


def test_the_front_page_is_light(visitor, office):
    assert len(visitor.get("/3574/").content) < 20_000


def test_a_number_by_phone(visitor, office):
    answer = visitor.post("/3574/buku-tamu/", ANSWERS)

    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == f"/3574/antrean/{ticket.token}/"
    assert "A-001" in visitor.get(answer.headers["Location"]).content.decode()
    assert ticket.visit.door == "phone"


def test_the_same_press_twice_is_one_number(visitor, office):
    visitor.post("/3574/buku-tamu/", ANSWERS)
    visitor.post("/3574/buku-tamu/", ANSWERS)

    assert Ticket.objects.count() == 1


def test_another_request_with_a_used_form_is_told_so(visitor, office):
    visitor.post("/3574/buku-tamu/", ANSWERS)

    answer = visitor.post("/3574/buku-tamu/", ANSWERS | {"text": "Penduduk"})

    assert answer.status_code == 409
    assert Ticket.objects.count() == 1
    page = answer.content.decode()
    assert "data-error-summary" in page
    assert "Penduduk" in page
    key = answer.context["form"]["key"].value()
    visitor.post("/3574/buku-tamu/", ANSWERS | {"text": "Penduduk", "key": key})
    assert Ticket.objects.count() == 2


def test_nothing_written_is_lost_when_something_is_missing(visitor, office):
    answer = visitor.post("/3574/buku-tamu/", ANSWERS | {"email": "budi", "text": "Inflasi <b>2025</b>"})

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Inflasi &lt;b&gt;2025&lt;/b&gt;" in page
    assert 'value="Budi Santoso"' in page
    assert 'aria-invalid="true"' in page
    assert Ticket.objects.count() == 0


def test_no_address_is_no_hindrance(visitor, office):
    visitor.post("/3574/buku-tamu/", ANSWERS | {"email": "", "no_email": "on"})

    assert Ticket.objects.get().visit.visitor.email == ""


@pytest.mark.parametrize("name", ["\u200d", "\u3164", "\u061c\u00ad", "😀", "---"])
def test_a_name_nobody_could_read_out_is_asked_for_again(visitor, office, name):
    answer = visitor.post("/3574/buku-tamu/", ANSWERS | {"name": name})

    assert answer.context["form"].has_error("name")
    assert Ticket.objects.count() == 0


def test_consent_is_stored_only_when_ticked(visitor, office):
    visitor.post("/3574/buku-tamu/", ANSWERS | {"consent_survey": "on"})

    consents = Ticket.objects.get().visit.visitor.consents
    assert list(consents.values_list("purpose", "language")) == [("survey", "id")]


def test_a_child_is_asked_for_no_consent(visitor, office):
    visitor.post("/3574/buku-tamu/", ANSWERS | {"consent_survey": "on", "age_band": "under_18"})

    assert Ticket.objects.get().visit.visitor.consents.count() == 0


def test_a_code_shortens_the_next_visit(visitor, office):
    code = take(office).visit.visitor.code
    spelled = f" {code[:4].lower()} {code[4:]} "

    answer = visitor.post(
        "/3574/buku-tamu/kode/",
        {"code": spelled, "text": "Lagi", "purpose": "study", "kind": "data", "key": "second"},
    )

    assert answer.status_code == 302
    first, second = Ticket.objects.order_by("pk")
    assert first.visit.visitor == second.visit.visitor
    assert second.visit.visitor.name == "Budi Santoso"


def test_an_unknown_code_is_told_and_nothing_is_lost(visitor, office):
    answer = visitor.post(
        "/3574/buku-tamu/kode/",
        {"code": "ABCD2345", "text": "Inflasi", "purpose": "study", "kind": "data", "key": "k"},
    )

    assert answer.status_code == 200
    assert "Inflasi" in answer.content.decode()


def test_codes_cannot_be_guessed_without_end(visitor, office):
    guess = {"code": "ABCD2345", "text": "Inflasi", "purpose": "study", "kind": "data", "key": "k"}
    for _ in range(30):
        visitor.post("/3574/buku-tamu/kode/", guess)

    # The right one is not told apart any more, and what was written stays.
    known = guess | {"code": take(office).visit.visitor.code}
    answer = visitor.post("/3574/buku-tamu/kode/", known)

    assert answer.status_code == 200
    assert "sepuluh menit" in answer.content.decode()
    assert "Inflasi" in answer.content.decode()
    assert Ticket.objects.count() == 1


def test_a_known_address_says_nothing(visitor, office):
    take(office)

    visitor.post("/3574/buku-tamu/", ANSWERS | {"name": "Orang Lain"})

    assert "Budi" not in visitor.get(f"/3574/antrean/{Ticket.objects.latest('pk').token}/").content.decode()
    assert Ticket.objects.latest("pk").visit.visitor.name == "Orang Lain"


def test_closed_doors_give_no_number_and_say_when_they_open(visitor, office):
    with time_machine.travel(datetime(2026, 1, 14, 16, 0, tzinfo=WIB)):
        answer = visitor.post("/3574/buku-tamu/", ANSWERS)

    assert answer.status_code == 409
    assert "15 Januari" in answer.content.decode()
    assert 'href="/3574/konsultasi/tanya/"' in answer.content.decode()


def test_one_full_line_leaves_the_other_open_and_loses_no_word(visitor, office):
    fill_one_of_two_lines(office)
    wanted = ANSWERS | {"service": "konsultasi"}

    refused = visitor.post("/3574/buku-tamu/", wanted)
    taken = visitor.post("/3574/buku-tamu/", wanted | {"service": "pustaka"}, follow=True)

    assert refused.status_code == 409
    assert "sudah diberikan. Pilih layanan lain" in refused.content.decode()
    assert "Inflasi 2025" in refused.content.decode()
    assert "Sedang tutup" not in refused.content.decode()
    assert "B-001" in taken.content.decode()


def test_at_half_past_eleven_in_probolinggo_it_is_already_tomorrow_in_jayapura(visitor):
    jayapura = an_office(code="9471", zone="Asia/Jayapura")

    with time_machine.travel(datetime(2026, 1, 14, 23, 30, tzinfo=WIB)):
        page = visitor.get("/9471/").content.decode()

    assert "Sedang tutup" in page
    assert "08.00 WIT" in page
    assert not Ticket.objects.filter(office=jayapura).exists()


def test_my_number_can_be_given_back_once(visitor, office):
    ticket = take(office)

    visitor.post(f"/3574/antrean/{ticket.token}/batal/")
    again = visitor.post(f"/3574/antrean/{ticket.token}/batal/", follow=True)

    ticket.refresh_from_db()
    assert ticket.state == "cancelled"
    assert again.status_code == 200


def test_who_missed_the_call_joins_the_line_again_by_phone(visitor, office):
    session = sari_at_counter(office)
    missed, other = take(office), take(office)
    calling.call_next(session=session, at=MORNING)
    calling.skip(session=session, at=MORNING)
    page = f"/3574/antrean/{missed.token}/"
    assert f'action="{page}kembali/"' in visitor.get(page).content.decode()

    back = visitor.post(f"{page}kembali/", follow=True).content.decode()
    again = visitor.post(f"{page}kembali/", follow=True).content.decode()

    assert "1 orang di depan Anda" in back
    assert "tidak dapat antre lagi" in again
    assert [calling.call_next(session=session, at=MORNING), missed.moves.count()] == [other, 3]


def test_a_foreign_token_is_not_found(visitor, office):
    other = an_office(code="9471", zone="Asia/Jayapura")
    ticket = take(office)

    assert visitor.get(f"/{other.code}/antrean/{ticket.token}/").status_code == 404
    assert visitor.get("/3574/antrean/nonsense/").status_code == 404


def test_yesterdays_number_says_so_before_the_night_has_closed_it(visitor, office):
    ticket = take(office)

    with time_machine.travel(datetime(2026, 1, 15, 0, 0, 5, tzinfo=WIB)):
        page = visitor.get(f"/3574/antrean/{ticket.token}/").content.decode()

    assert "Nomor ini sudah tidak berlaku" in page
    assert "data-ring" not in page


def test_a_get_gives_no_number_back(visitor, office):
    ticket = take(office)

    assert visitor.get(f"/3574/antrean/{ticket.token}/batal/").status_code == 405


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\u200b\u200e",
        "x" * 5000,
        "\u202egnirts",
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "😀" * 300,
    ],
)
@pytest.mark.parametrize("field", ["name", "email", "text", "code", "purpose", "kind", "key", "phone"])
def test_odd_input_is_answered_in_words_and_never_breaks(visitor, office, field, typed):
    door = "/3574/buku-tamu/kode/" if field == "code" else "/3574/buku-tamu/"

    answer = visitor.post(door, ANSWERS | {field: typed})

    assert answer.status_code in (200, 302)
    assert "<script>alert(1)</script>" not in answer.content.decode()


def test_english_is_one_press_away(visitor, office):
    visitor.post("/bahasa/", {"language": "en", "next": "/3574/"})

    assert "Open now" in visitor.get("/3574/").content.decode()


def test_the_number_comes_first_and_the_book_on_the_phone(visitor, office):
    office.settings = {"first": "number"}
    office.save()
    ticket = take(office, guest=None)
    book = f"/3574/antrean/{ticket.token}/buku-tamu/"

    assert book in visitor.get(f"/3574/antrean/{ticket.token}/").content.decode()
    visitor.post(book, ANSWERS)

    ticket.visit.refresh_from_db()
    assert ticket.visit.visitor.name == "Budi Santoso"
    assert visitor.get(book).headers["Location"] == f"/3574/antrean/{ticket.token}/"


@pytest.mark.parametrize("filled", [True, False])
def test_a_book_that_is_closed_meanwhile_is_told(visitor, office, filled):
    ticket = take(office, guest=None)
    book = f"/3574/antrean/{ticket.token}/buku-tamu/"
    if filled:
        visitor.post(book, ANSWERS)
    else:
        visitor.post(f"/3574/antrean/{ticket.token}/batal/")

    answer = visitor.post(book, ANSWERS | {"name": "Orang Lain"}, follow=True)

    assert len(answer.context["messages"]) == 1
    assert not Visitor.objects.filter(name="Orang Lain").exists()


def test_my_number_carries_the_code_for_the_next_visit(visitor, office):
    ticket = take(office)

    page = visitor.get(f"/3574/antrean/{ticket.token}/").content.decode()

    assert ticket.visit.visitor.code in page


def test_a_scanned_address_is_a_code(visitor, office):
    code = take(office).visit.visitor.code
    scanned = f"http://127.0.0.1:8000/3574/buku-tamu/kode/?kode={code}"
    given = {"code": scanned, "text": "Lagi", "purpose": "study", "kind": "data", "key": "k"}

    assert visitor.post("/3574/buku-tamu/kode/", given).status_code == 302


def test_whoever_was_forgotten_is_recognised_by_nothing_they_kept(visitor, office):
    ticket = take(office)
    page = f"/3574/antrean/{ticket.token}/"
    Visitor.objects.update(code="ABCDEFGH2345", name="", email="", forgotten_at=MORNING)

    shown = visitor.get(page).content.decode()
    for code in (f"http://127.0.0.1:8000{page}", "ABCDEFGH2345"):
        given = {"code": code, "text": "Lagi", "purpose": "study", "kind": "data", "key": "k"}
        assert visitor.post("/3574/buku-tamu/kode/", given).status_code == 200

    assert "ABCDEFGH2345" not in shown
    assert Ticket.objects.count() == 1


def test_the_sheet_for_the_door_has_a_code(visitor, office):
    assert 'class="qr"' in visitor.get("/3574/pintu/").content.decode()


def test_the_page_of_a_number_names_no_counter_whose_officer_pauses(visitor, office):
    ticket = take(office)
    session = sari_at_counter(office)
    start_break(session=session, by=session.officer, at=MORNING)

    page = visitor.get(f"/3574/antrean/{ticket.token}/").content.decode()

    assert "Perkiraan menit tampil begitu petugas siap di loket." in page
    assert "Loket buka" not in page
    assert "sebentar lagi" not in page


def test_far_back_in_a_long_line_the_page_says_why_there_are_no_minutes(visitor, office, monkeypatch):
    monkeypatch.setattr(estimating, "FORESEEN", 1)
    sari_at_counter(office)
    first, _, third = take(office), take(office), take(office)

    told = visitor.get(f"/3574/antrean/{first.token}/").content.decode()
    beyond = visitor.get(f"/3574/antrean/{third.token}/").content.decode()

    too_long = "Antrean di depan Anda terlalu panjang untuk diperkirakan menitnya."
    assert (too_long in told, too_long in beyond) == (False, True)
    assert "begitu petugas siap di loket" not in beyond
