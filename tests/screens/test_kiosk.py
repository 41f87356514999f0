"""The kiosk answers one visitor after the other, without JavaScript as well."""

import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from loket.outbox.models import Mail
from loket.people import devices
from loket.people.models import Device, Visitor
from loket.visits.actions.leaving import cancel
from loket.visits.models import Ticket
from tests.cast import ANSWERS, MORNING, an_office, fill_one_of_two_lines, sari_at_counter, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def kiosk(office):
    return paired(office)


def paired(office, **settings) -> Client:
    added = devices.add_device(
        office=office,
        kind=Device.Kind.KIOSK,
        name="Kios 1",
        by="staff:1",
        at=timezone.now(),
        settings=settings,
    )
    _, token = devices.pair(office=office, kind="kiosk", code=added.pairing_code, at=timezone.now())
    client = Client()
    client.cookies["loket_kiosk"] = token
    return client


def page(answer) -> str:
    return answer.content.decode()


def fresh_key(answer) -> str:
    return answer.context["form"]["key"].value()


def right_of(answer) -> str:
    """What the guest book's page carries."""
    return re.search(r'name="right" value="([^"]+)"', page(answer))[1]


def test_a_screen_without_the_right_is_led_to_pairing(office):
    assert Client().get("/3574/kios/").headers["Location"] == "/3574/perangkat/kiosk/"


def test_three_screens_to_a_number(kiosk):
    welcome = kiosk.get("/3574/kios/")
    book = kiosk.get("/3574/kios/buku-tamu/")
    number = kiosk.post("/3574/kios/buku-tamu/", ANSWERS, follow=True)

    assert "/3574/kios/buku-tamu/" in page(welcome)
    assert 'action="/3574/kios/buku-tamu/"' in page(book)
    assert "A-001" in page(number)
    assert "<svg" in page(number)
    assert Ticket.objects.get().visit.door == "kiosk"


def test_no_page_is_kept_by_the_browser(kiosk):
    for path in ("", "buku-tamu/", "kode/", "saran/"):
        assert kiosk.get(f"/3574/kios/{path}").headers["Cache-Control"] == "no-store"


def test_whoever_need_not_wait_is_told_so(kiosk, office):
    sari_at_counter(office)

    number = page(kiosk.post("/3574/kios/buku-tamu/", ANSWERS, follow=True))

    assert "sebentar lagi" in number
    assert "0–0" not in number


def test_the_next_visitor_finds_nothing(kiosk):
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS)

    kiosk.get("/3574/kios/")

    assert kiosk.get("/3574/kios/nomor/").status_code == 302
    assert "Budi" not in page(kiosk.get("/3574/kios/buku-tamu/"))


def test_a_number_left_on_the_screen_is_gone_after_a_while(kiosk, clock):
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS)
    assert kiosk.get("/3574/kios/nomor/").status_code == 200

    clock.shift(91)

    assert kiosk.get("/3574/kios/nomor/").status_code == 302


def test_nothing_may_be_filled_in_by_the_browser(kiosk):
    book = page(kiosk.get("/3574/kios/buku-tamu/"))

    assert 'autocomplete="email"' not in book
    assert book.count('autocomplete="off"') >= 4


def test_english_and_large_letters_travel_in_the_address_alone(kiosk):
    english = kiosk.get("/3574/kios/?bahasa=en&huruf=besar")

    assert 'lang="en" class="large"' in page(english)
    assert "/3574/kios/buku-tamu/?bahasa=en&amp;huruf=besar" in page(english)
    assert 'lang="id"' in page(kiosk.get("/3574/kios/")).partition("<head>")[0]


def test_changing_the_language_keeps_what_was_written(kiosk):
    answer = kiosk.post("/3574/kios/buku-tamu/?bahasa=en", ANSWERS | {"switch": "language"})

    assert 'value="Budi Santoso"' in page(answer)
    assert "What are you looking for?" in page(answer)
    assert Ticket.objects.count() == 0


def test_what_is_missing_is_said_and_the_rest_stays(kiosk):
    answer = kiosk.post("/3574/kios/buku-tamu/", ANSWERS | {"purpose": ""})

    assert "data-error-summary" in page(answer)
    assert 'value="Budi Santoso"' in page(answer)


def test_a_used_form_keeps_the_words_and_the_next_press_is_a_new_number(kiosk):
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS)

    answer = kiosk.post("/3574/kios/buku-tamu/", ANSWERS | {"name": "Siti"})

    assert answer.status_code == 409
    assert "data-error-summary" in page(answer)
    assert 'value="Siti"' in page(answer)
    assert Ticket.objects.count() == 1
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS | {"name": "Siti", "key": fresh_key(answer)})
    assert Ticket.objects.count() == 2


def test_the_same_press_in_another_language_is_the_same_number(kiosk):
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS)

    answer = kiosk.post("/3574/kios/buku-tamu/?bahasa=en", ANSWERS)

    assert answer.status_code == 302
    assert Ticket.objects.count() == 1


def test_a_code_gives_a_number_and_shows_nobodys_data(kiosk, office):
    code = take(office).visit.visitor.code
    given = {"code": code, "text": "Lagi", "purpose": "study", "kind": "data", "key": "again"}

    answer = kiosk.post("/3574/kios/kode/", given, follow=True)

    assert "A-002" in page(answer)
    assert "Budi" not in page(answer)


def test_the_picture_on_an_old_ticket_is_a_code(kiosk, office):
    old = take(office)
    scanned = f"http://127.0.0.1:8000/3574/antrean/{old.token}/"
    given = {"code": scanned, "text": "Lagi", "purpose": "study", "kind": "data", "key": "again"}

    answer = kiosk.post("/3574/kios/kode/", given, follow=True)

    assert "A-002" in page(answer)
    assert "Budi" not in page(answer)
    assert Ticket.objects.get(number=2).visit.visitor == old.visit.visitor


def test_a_ticket_without_a_guest_book_or_of_elsewhere_is_no_code(kiosk, office):
    strangers = take(an_office(code="3575"))
    for token in (take(office, guest=None).token, strangers.token, "invented"):
        scanned = f"http://127.0.0.1:8000/3574/antrean/{token}/"
        given = {"code": scanned, "text": "Lagi", "purpose": "study", "kind": "data", "key": token}

        answer = kiosk.post("/3574/kios/kode/", given)

        assert "tidak mengenal kode ini" in page(answer), token
    assert Ticket.objects.filter(office=office).count() == 1


def test_codes_guessed_at_one_kiosk_leave_the_other_one_free(kiosk, office):
    guess = {"code": "ABCD2345", "text": "Lagi", "purpose": "study", "kind": "data", "key": "again"}
    known = guess | {"code": take(office).visit.visitor.code}
    for _ in range(30):
        kiosk.post("/3574/kios/kode/", guess)

    refused = kiosk.post("/3574/kios/kode/", known)

    assert "sepuluh menit" in page(refused)
    assert Ticket.objects.count() == 1
    assert paired(office).post("/3574/kios/kode/", known).status_code == 302


def test_at_closing_time_the_kiosk_says_when_it_opens(kiosk, clock):
    clock.move_to(MORNING.replace(hour=15, minute=30))

    assert "buku-tamu/" not in page(kiosk.get("/3574/kios/"))
    for answer in (
        kiosk.get("/3574/kios/"),
        kiosk.get("/3574/kios/buku-tamu/"),
        kiosk.post("/3574/kios/buku-tamu/", ANSWERS),
    ):
        assert "15 Januari" in page(answer)
        assert "tanyakan secara daring" in page(answer)
    assert Ticket.objects.count() == 0


def test_when_the_line_is_full_no_number_is_offered(kiosk, office):
    office.settings = {"daily_limit": 1}
    office.save()
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS)

    assert "buku-tamu/" not in page(kiosk.get("/3574/kios/"))
    assert "tanyakan secara daring" in page(kiosk.get("/3574/kios/"))
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS | {"key": "other"})
    assert Ticket.objects.count() == 1


def test_one_full_line_leaves_the_other_open_and_loses_no_word(kiosk, office):
    fill_one_of_two_lines(office)
    wanted = ANSWERS | {"service": "konsultasi"}

    refused = kiosk.post("/3574/kios/buku-tamu/", wanted)
    taken = kiosk.post("/3574/kios/buku-tamu/", wanted | {"service": "pustaka"}, follow=True)

    assert refused.status_code == 409
    assert "sudah diberikan. Pilih layanan lain" in page(refused)
    assert "Inflasi 2025" in page(refused)
    assert "Sedang tutup" not in page(refused)
    assert "B-001" in page(taken)


def test_the_number_comes_first_where_the_office_says_so(kiosk, office):
    office.settings = {"first": "number"}
    office.save()

    number = kiosk.post("/3574/kios/buku-tamu/", {"key": "k", "priority": "elderly"}, follow=True)
    assert "/3574/kios/nomor/buku-tamu/" in page(number)
    filled = kiosk.post("/3574/kios/nomor/buku-tamu/", ANSWERS, follow=True)

    ticket = Ticket.objects.get()
    assert "A-001" in page(filled)
    assert "/3574/kios/nomor/buku-tamu/" not in page(filled)
    assert ticket.priority
    assert ticket.visit.visitor.name == "Budi Santoso"


@pytest.fixture
def number_first(kiosk, office) -> Ticket:
    office.settings = {"first": "number"}
    office.save()
    kiosk.post("/3574/kios/buku-tamu/", {"key": "k", "priority": ""})
    return Ticket.objects.get()


BOOK = "/3574/kios/nomor/buku-tamu/"


def test_who_writes_slowly_loses_nothing(kiosk, number_first, clock):
    opened = kiosk.get(BOOK)
    clock.shift(9 * 60)
    mistaken = kiosk.post(BOOK, ANSWERS | {"purpose": "", "right": right_of(opened)})
    clock.shift(9 * 60)

    answer = kiosk.post(BOOK, ANSWERS | {"right": right_of(mistaken)})

    number_first.visit.refresh_from_db()
    assert answer.headers["Location"] == "/3574/kios/nomor/"
    assert number_first.visit.visitor.name == "Budi Santoso"


def test_who_is_too_late_is_told_what_to_do(kiosk, number_first, clock):
    opened = kiosk.get(BOOK)
    clock.shift(10 * 60 + 1)

    answer = kiosk.post(BOOK, ANSWERS | {"right": right_of(opened)})

    number_first.visit.refresh_from_db()
    assert answer.status_code == 410
    assert answer.context["why"] == "late"
    assert number_first.visit.visitor is None


@pytest.mark.parametrize("right", ["", "nonsense", "\x00:a:b"])
def test_a_made_up_right_opens_nothing(kiosk, number_first, right):
    assert kiosk.post(BOOK, ANSWERS | {"right": right}).status_code == 410
    assert Visitor.objects.count() == 0


def test_a_page_writes_for_its_own_number_alone(kiosk, number_first):
    opened = kiosk.get(BOOK)
    kiosk.post("/3574/kios/buku-tamu/", {"key": "next", "priority": ""})

    kiosk.post(BOOK, ANSWERS | {"right": right_of(opened)})

    filled = Ticket.objects.exclude(visit__visitor=None)
    assert list(filled) == [number_first]


def test_saving_the_book_twice_makes_one_visitor_and_one_mail(kiosk, number_first):
    right = right_of(kiosk.get(BOOK))
    kiosk.post(BOOK, ANSWERS | {"right": right})

    again = kiosk.post(BOOK, ANSWERS | {"right": right})

    assert (again.status_code, again.context["why"]) == (409, "filled")
    assert Visitor.objects.count() == 1
    assert Mail.objects.count() == 1


def test_a_visit_that_is_over_takes_no_guest_book(kiosk, number_first):
    right = right_of(kiosk.get(BOOK))
    cancel(ticket=number_first, at=timezone.now())

    answer = kiosk.post(BOOK, ANSWERS | {"right": right})

    assert (answer.status_code, answer.context["why"]) == (409, "over")
    assert Visitor.objects.count() == 0


@pytest.mark.parametrize("roll", ["80", "58"])
def test_a_kiosk_with_a_printer_prints_its_roll(office, roll):
    kiosk = paired(office, roll=roll)

    number = page(kiosk.post("/3574/kios/buku-tamu/", ANSWERS, follow=True))

    assert f"roll--{roll}" in number
    assert Visitor.objects.get().code in number
    assert "/3574/kios/nomor/kertas/" in number


def test_when_no_paper_comes_the_number_stands_and_staff_are_told(office):
    kiosk = paired(office, roll="80")
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS)

    answer = kiosk.post("/3574/kios/nomor/kertas/")

    assert 'href="/3574/kios/nomor/?bahasa=en"' in page(answer)
    assert "A-001" in page(answer)
    assert "data-print-again" in page(answer)
    assert Device.objects.get().state["printer"] == "paper_out"


def test_over_https_the_number_travels_encrypted_only(kiosk, settings):
    settings.HTTPS = True

    cookie = kiosk.post("/3574/kios/buku-tamu/", ANSWERS).cookies["loket_kiosk_number"]

    assert cookie["secure"]
    assert cookie["samesite"] == "Strict"
