"""Numbers that an officer gives, and what the desk does with odd input."""

import pytest

from loket.base.models import Event
from loket.consultations.models import Consultation
from loket.offices.models import Service
from loket.rules.queueing import State
from loket.screens.desk import numbers
from loket.visits.models import Ticket
from tests.cast import MORNING, an_office, an_officer, take
from tests.screens.test_desk import NOTE, Desk, state

pytestmark = pytest.mark.django_db
FORM = {
    "key": "k1", "name": "Budi Santoso", "email": "budi@surel.example", "text": "Inflasi",
    "kind": "data", "purpose": "study", "priority": "", "institution_kind": "university",
}  # fmt: skip


@pytest.fixture
def desk(client, time_machine):
    return Desk(client, time_machine)


def give(desk, way="buku-tamu", **fields):
    return desk.client.post(f"/{desk.office.code}/petugas/nomor/?cara={way}", FORM | fields, follow=True)


def test_an_officer_gives_a_number(desk):
    page = give(desk)

    ticket = Ticket.objects.get()
    assert (ticket.visit.door, ticket.visit.visitor.name) == ("desk", "Budi Santoso")
    assert ticket.label in page.content.decode()


def test_pressing_twice_gives_one_number(desk):
    give(desk), give(desk)

    assert Ticket.objects.count() == 1


def test_the_same_form_with_other_words_is_refused_with_what_to_do(desk):
    give(desk)

    page = give(desk, text="Kemiskinan")

    assert Ticket.objects.count() == 1
    assert page.status_code == 409
    assert "data-error-summary" in page.content.decode()
    assert "Kemiskinan" in page.content.decode()
    give(desk, text="Kemiskinan", key=page.context["form"]["key"].value())
    assert Ticket.objects.count() == 2


def test_after_hours_a_number_needs_a_reason_that_is_kept(desk):
    desk.at(MORNING.replace(hour=17))

    refused = give(desk)
    give(desk, override="sudah menunggu sejak sore")

    assert refused.status_code == 422
    assert Ticket.objects.count() == 1
    assert Event.objects.get(kind="ticket.take").data["override"] == "sudah menunggu sejak sore"


def test_each_line_has_its_own_last_number(desk):
    Service.objects.create(office=desk.office, code="pustaka", letter="B", name_id="Pustaka", name_en="L")
    desk.office.settings = {"daily_limit": 1}
    desk.office.save()
    give(desk, service="pustaka")

    refused = give(desk, service="pustaka", key="k2")
    give(desk, service="pustaka", key="k2", override="datang dari jauh")
    give(desk, service="konsultasi", key="k3")

    assert refused.status_code == 422
    assert 'name="override"' in refused.content.decode()
    assert sorted(ticket.label for ticket in Ticket.objects.all()) == ["A-001", "B-001", "B-002"]


def test_doors_that_close_between_look_and_press_ask_for_a_reason(desk, monkeypatch):
    desk.at(MORNING.replace(hour=17))
    monkeypatch.setattr(numbers, "check_doors", lambda **_: None)

    assert give(desk).status_code == 422
    assert Ticket.objects.count() == 0


def test_a_number_can_come_before_the_guest_book(desk):
    give(desk, way="nomor")

    assert Ticket.objects.get().visit.visitor is None


def test_strangers_give_no_numbers(client):
    office, other = an_office(), an_office(code="9471")
    client.force_login(an_officer(other, "Yosef"))

    assert client.post(f"/{office.code}/petugas/nomor/", FORM).status_code == 404


def test_who_missed_the_call_joins_again_at_the_desk(desk):
    ticket = take(desk.office)
    desk.press("panggilan")
    desk.press("ketidakhadiran", ticket=ticket.pk)

    desk.press("kembali-antre", ticket=ticket.pk)

    assert state(ticket) == State.WAITING


@pytest.mark.parametrize(
    "odd",
    [
        "\x00nol",
        "\u202ekanan",
        "\u200b",
        "😀 emoji",
        "<script>alert(1)</script>",
        "=1+1",
        "k" * 30_000,
        "' --",
    ],
)
def test_odd_words_are_kept_or_refused_and_never_run(desk, odd):
    ticket = desk.serves()

    saved = desk.press(f"catatan/{ticket.pk}/draf", **NOTE | {"answer": odd})
    page = desk.press(f"catatan/{ticket.pk}", ticket=ticket.pk, **NOTE | {"answer": odd, "version": "1"})

    assert saved.status_code == 200
    assert page.status_code in (200, 422)
    assert "<script>alert" not in page.content.decode()
    assert page.status_code == 422 or Consultation.objects.get().question == "Inflasi 2025"


def send_note(desk, **fields):
    ticket = desk.serves()
    return desk.press(f"catatan/{ticket.pk}", ticket=ticket.pk, **NOTE | fields)


def test_a_question_of_unseen_marks_is_no_question(desk):
    page = send_note(desk, question="\u200b")

    assert page.status_code == 422
    assert Consultation.objects.count() == 0


@pytest.mark.parametrize("years", ["0000", "1899", "1899-2020", "2020-3000", "9999"])
def test_years_far_away_are_told_beside_their_field(desk, years):
    page = send_note(desk, years=[years, ""])

    assert page.status_code == 422
    assert "1900" in page.content.decode()
    assert Consultation.objects.count() == 0


@pytest.mark.parametrize("fields", [{}, {"ticket": "x"}, {"ticket": "9" * 40}, {"press": "-1"}])
@pytest.mark.parametrize("noun", ["layanan", "selesai", "batal", "alih", "tunda", "panggilan-pilihan"])
def test_a_press_without_sense_is_told_or_not_found(desk, noun, fields):
    answer = desk.press(noun, **fields)

    assert answer.status_code in (200, 404)
