"""A question and an answer through the door: statements of the request, with session, limits and mail."""

import pytest
import time_machine
from django.test import Client

from loket.consultations.models import Draft
from loket.outbox.models import Mail
from tests.consultations.conversation import answer, ask, budi, fresh, probolinggo, sari, turn
from tests.consultations.test_cost import cost
from tests.rules.calendars import wib

pytestmark = pytest.mark.django_db
NOW = wib("2026-01-14T10:46")


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("before", [1, 30])
@pytest.mark.parametrize(
    ("begun", "most"),
    [((), 12), (("draft",), 13), (("search",), 13), (("draft", "search"), 14)],
)
def test_a_question_costs_at_most_fourteen_statements(before, begun, most):
    office = probolinggo()
    for _ in range(before):
        ask(office, "2026-01-13T09:00")

    assert cost(pressed_to_ask(office, begun)) == most
    assert not Draft.objects.exists()


@pytest.mark.parametrize("before", [1, 30])
@pytest.mark.parametrize(("begun", "most"), [((), 13), (("draft",), 14), (("search",), 14)])
def test_a_question_that_is_handed_out_costs_one_more(before, begun, most):
    """Who gets it; the line in the thread and the mail go along, however many officers and questions."""
    office = probolinggo(settings={"assign_on_asking": True})
    for number in range(before):
        sari(office, f"Sari {number}")
        ask(office, "2026-01-13T09:00")

    assert cost(pressed_to_ask(office, begun)) == most
    assert set(Mail.objects.values_list("kind", flat=True)) == {
        "consultation.received",
        "consultation.reminder",
    }


def pressed_to_ask(office, begun):
    """Budi has begun in these ways; what is returned presses the button."""
    his, path = signed_in(budi()), f"/{office.code}/konsultasi/tanya/"
    form = {"text": "Berapa inflasi?", "kind": "data", "purpose": "study", "key": "satu"}
    if "draft" in begun:
        his.post(f"{path}draf/", form)
    if "search" in begun:
        form["cari"] = "token-of-the-search"

    def press():
        assert his.post(path, form).status_code == 302

    return press


@pytest.mark.parametrize("before", [1, 30])
@pytest.mark.parametrize(("begun", "most"), [("", 11), ("draft", 12), ("late", 11)])
def test_an_answer_costs_at_most_twelve_statements(before, begun, most):
    office = probolinggo()
    at = "2026-01-08T09:00" if begun == "late" else "2026-01-13T09:00"
    asked = [ask(office, at) for _ in range(before)][-1]
    hers, path = signed_in(sari(office)), f"/{office.code}/petugas/konsultasi/{asked.token}/"
    form = {"kind": "answer", "text": "2,41 persen.", "seen": fresh(asked).version, "key": "satu"}
    if begun == "draft":
        hers.post(f"{path}draf/", form | {"version": "0"})
        assert Draft.objects.exists()

    def press():
        assert hers.post(f"{path}pesan/", form).status_code == 302

    assert cost(press) == most
    assert not Draft.objects.exists()
    assert turn(asked).met == (begun != "late")


@pytest.mark.parametrize("before", [1, 30])
@pytest.mark.parametrize(("begun", "most"), [("", 11), ("first turn", 10), ("draft", 12)])
def test_a_reply_costs_at_most_twelve_statements(before, begun, most):
    office = probolinggo()
    asked = [ask(office, "2026-01-13T09:00") for _ in range(before)][-1]
    if begun != "first turn":
        answer(asked, "2026-01-13T10:00")
    his, path = signed_in(budi()), f"/{office.code}/konsultasi/{asked.token}/"
    if begun == "draft":
        his.post(f"{path}draf/", {"text": "Terima"})
        assert Draft.objects.exists()

    def press():
        assert his.post(f"{path}balasan/", {"text": "Terima kasih.", "key": "satu"}).status_code == 302

    assert cost(press) == most
    assert not Draft.objects.exists()
