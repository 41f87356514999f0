"""The kiosk answers one visitor after the other, without JavaScript as well."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from loket.people import devices
from loket.people.models import Device
from loket.visits.models import Ticket
from tests.cast import ANSWERS, MORNING, an_office, take

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


def test_a_used_form_leads_back_to_the_beginning(kiosk):
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS)

    answer = kiosk.post("/3574/kios/buku-tamu/", ANSWERS | {"name": "Siti"})

    assert answer.headers["Location"] == "/3574/kios/"
    assert Ticket.objects.count() == 1


def test_a_code_gives_a_number_and_shows_nobodys_data(kiosk, office):
    code = take(office).visit.visitor.code
    given = {"code": code, "text": "Lagi", "purpose": "study", "kind": "data", "key": "again"}

    answer = kiosk.post("/3574/kios/kode/", given, follow=True)

    assert "A-002" in page(answer)
    assert "Budi" not in page(answer)


def test_at_closing_time_the_kiosk_says_when_it_opens(kiosk, clock):
    clock.move_to(MORNING.replace(hour=15, minute=30))

    assert "buku-tamu/" not in page(kiosk.get("/3574/kios/"))
    assert "15 Januari" in page(kiosk.get("/3574/kios/buku-tamu/"))
    assert "15 Januari" in page(kiosk.post("/3574/kios/buku-tamu/", ANSWERS))
    assert Ticket.objects.count() == 0


def test_when_the_line_is_full_no_number_is_offered(kiosk, office):
    office.settings = {"daily_limit": 1}
    office.save()
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS)

    assert "buku-tamu/" not in page(kiosk.get("/3574/kios/"))
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS | {"key": "other"})
    assert Ticket.objects.count() == 1


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


@pytest.mark.parametrize("roll", ["80", "58"])
def test_a_kiosk_with_a_printer_prints_its_roll(office, roll):
    kiosk = paired(office, roll=roll)

    number = page(kiosk.post("/3574/kios/buku-tamu/", ANSWERS, follow=True))

    assert f"roll--{roll}" in number
    assert "/3574/kios/nomor/kertas/" in number


def test_when_no_paper_comes_the_number_stands_and_staff_are_told(office):
    kiosk = paired(office, roll="80")
    kiosk.post("/3574/kios/buku-tamu/", ANSWERS)

    answer = kiosk.post("/3574/kios/nomor/kertas/")

    assert "A-001" in page(answer)
    assert "data-print-again" in page(answer)
    assert Device.objects.get().state["printer"] == "paper_out"


def test_over_https_the_number_travels_encrypted_only(kiosk, settings):
    settings.HTTPS = True

    cookie = kiosk.post("/3574/kios/buku-tamu/", ANSWERS).cookies["loket_kiosk_number"]

    assert cookie["secure"]
    assert cookie["samesite"] == "Strict"
