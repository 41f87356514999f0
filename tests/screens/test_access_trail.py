"""Who read whose question is noted, once a day, and can be read by the person and the supervisor."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loket.consultations.models import Consultation
from loket.people.models import Role
from loket.privacy import exporting, persons
from loket.privacy.models import Look
from tests.cast import an_office, an_officer
from tests.consultations.conversation import ask, fresh, probolinggo
from tests.rules.calendars import wib
from tests.screens.test_desk_thread import as_officer, path

pytestmark = pytest.mark.django_db
NOW = wib("2026-01-14T10:46")


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def thread():
    return ask(probolinggo(), "2026-01-13T09:00")


@pytest.fixture
def client(thread):
    return as_officer(thread)


def looks() -> list[tuple[str, str, str]]:
    return list(Look.objects.order_by("pk").values_list("by__name", "doing", "subject"))


def test_who_read_the_question_is_noted_once_a_day(client, thread):
    for _ in range(2):
        client.get(path(thread))
    as_officer(thread, "Agus").get(path(thread))
    with time_machine.travel(wib("2026-01-15T08:00"), tick=False):
        as_officer(thread).get(path(thread))

    asker = f"user:{thread.asker_id}"
    assert looks() == [("Sari", "view", asker), ("Agus", "view", asker), ("Sari", "view", asker)]


def test_the_first_reading_of_a_day_costs_one_statement_more_and_the_next_writes_nothing(client, thread):
    client.get(path(thread))

    with CaptureQueriesContext(connection) as again:
        client.get(path(thread))
    Look.objects.all().delete()
    with CaptureQueriesContext(connection) as first:
        client.get(path(thread))

    def sent(asked):
        return [
            each["sql"] for each in asked if not each["sql"].startswith(("BEGIN", "COMMIT", "SAVEP", "RELE"))
        ]

    assert len(sent(first)) == len(sent(again)) + 1 <= 12
    assert [each for each in sent(again) if each.startswith(("INSERT", "UPDATE", "DELETE"))] == []


@pytest.mark.parametrize("noun", ["tindakan", "balasan"])
def test_words_beside_the_conversation_are_read_too(client, thread, noun):
    assert client.get(f"{path(thread)}{noun}/").status_code == 200

    assert looks() == [("Sari", "view", f"user:{thread.asker_id}")]


@pytest.mark.parametrize(("words", "status"), [("", 422), ("2,41 persen.", 409)])
def test_a_refused_message_shows_the_conversation_and_is_noted(client, thread, words, status):
    written = {"kind": "answer", "text": words, "seen": 0, "key": "k"}
    answer = client.post(f"{path(thread)}pesan/", written)

    assert answer.status_code == status
    assert thread.question in answer.content.decode()
    assert looks() == [("Sari", "view", f"user:{thread.asker_id}")]


def test_nobody_who_is_not_let_in_is_noted_and_nothing_of_a_person_who_is_gone(client, thread):
    stranger = Client()
    stranger.force_login(an_officer(an_office("9471"), "Yosef"))
    stranger.get(path(thread))
    Consultation.objects.filter(pk=thread.pk).update(asker=None)

    assert client.get(path(thread)).status_code == 200
    assert looks() == []


def test_the_person_and_the_supervisor_read_who_looked(client, thread):
    client.get(path(thread))
    rina = Client()
    rina.force_login(an_officer(thread.office, "Rina", Role.SUPERVISOR))

    page = rina.get(f"/{thread.office.code}/kelola/data-pribadi/jejak/").content.decode()
    data = exporting.collected(persons.everywhere(user=thread.asker), language="id", at=NOW)

    assert fresh(thread).label in page
    assert "Sari" in page
    [look] = data["looks"]
    assert (look["what"], look["consultation"]) == ("dilihat", fresh(thread).label)
