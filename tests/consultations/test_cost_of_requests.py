"""A question and an answer through the door: statements of the request, with session, limits and mail."""

import pytest
import time_machine
from django.test import Client

from loket.consultations.models import Draft
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
@pytest.mark.parametrize(("begun", "most"), [("", 13), ("draft", 14), ("search", 14)])
def test_a_question_costs_at_most_fourteen_statements(before, begun, most):
    office = probolinggo()
    for _ in range(before):
        ask(office, "2026-01-13T09:00")
    his, path = signed_in(budi()), f"/{office.code}/konsultasi/tanya/"
    form = {"text": "Berapa inflasi?", "kind": "data", "purpose": "study", "key": "satu"}
    if begun == "draft":
        his.post(f"{path}draf/", form)
    if begun == "search":
        form["cari"] = "token-of-the-search"

    def press():
        assert his.post(path, form).status_code == 302

    assert cost(press) == most
    assert not Draft.objects.exists()


@pytest.mark.parametrize("before", [1, 30])
def test_handing_a_question_out_costs_three_more(before):
    """Who gets it, a line in the thread, a mail; however many officers and questions there are."""
    office = probolinggo(settings={"assign_on_asking": True})
    for number in range(before):
        sari(office, f"Sari {number}")
        ask(office, "2026-01-13T09:00")
    his, form = signed_in(budi()), {"text": "Inflasi?", "kind": "data", "purpose": "study", "key": "satu"}

    def press():
        assert his.post(f"/{office.code}/konsultasi/tanya/", form).status_code == 302

    assert cost(press) == 16


@pytest.mark.parametrize("before", [1, 30])
@pytest.mark.parametrize(("begun", "most"), [("", 12), ("draft", 13), ("late", 12)])
def test_an_answer_costs_twelve_statements_and_one_for_its_draft(before, begun, most):
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
@pytest.mark.parametrize(("begun", "most"), [("", 12), ("first turn", 11), ("draft", 13)])
def test_a_reply_costs_twelve_statements_and_one_for_its_draft(before, begun, most):
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
