"""Who is not let in by a look or a press is let in by no other method, stream or suggestion either."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client

from loket.consultations.models import Consultation, Message
from loket.library.models import ArticleVersion
from tests.screens.doors import DOORS, PEOPLE
from tests.screens.test_doors import Building, the_morning  # noqa: F401 - the same morning

pytestmark = pytest.mark.django_db
OTHER_METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
# Nobody, a visitor with nothing here, and who leads another office.
KNOCKING = ("stranger", "siti", "yosef")
# One's own session, and the count of tries that keeps strangers from trying for ever.
OF_THE_KNOCK = ("django_session", "base_cache")
HEARS_THE_THREAD = {"sari", "rina", "adi", "ayu", "budi"}
HEARS_THE_INBOX = {"sari", "rina", "adi", "ayu"}


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements that changed something; of the office and of people."""
    statements: list[str] = []

    def watch(execute, sql, params, many, context):
        changes = sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        if changes and not any(table in sql for table in OF_THE_KNOCK):
            statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield statements


def got(client: Client, method: str, address: str) -> tuple[bool, list[str]]:
    """Whether the answer was a page, and what the knock changed, which is taken back."""
    with transaction.atomic(), written() as changes:
        response = client.generic(method, address)
        if response.streaming:
            list(response.streaming_content)  # read to its end, a file is closed
        transaction.set_rollback(True)
    # Django's own views name their methods to anybody who asks for OPTIONS, with an empty page.
    return 200 <= response.status_code < 300 and response.headers.get("Content-Length") != "0", changes


def test_no_other_method_leads_further_in_or_changes_anything():
    building = Building()
    addresses = {name: building.address(name) for name in DOORS}
    further, changed = set(), set()

    for who in KNOCKING:
        client = building.visitor(who)
        for name, address in addresses.items():
            if DOORS[name][who] == "in":
                continue
            for method in OTHER_METHODS:
                let_in, changes = got(client, method, address)
                if let_in:
                    further.add((who, method, name))
                if changes and method != "HEAD":
                    changed.add((who, method, name, changes[0][:60]))

    assert (further, changed) == (set(), set())


def test_an_officer_changes_nothing_by_a_method_that_no_page_uses():
    building = Building()
    sari = building.visitor("sari")

    changed = {
        (method, name)
        for name in DOORS
        for method in ("PUT", "DELETE")
        if got(sari, method, building.address(name))[1]
    }

    assert changed == set()


def hearers(building: Building, topic: str, office: str) -> set[str]:
    return {
        who
        for who in PEOPLE
        if building.visitor(who).get(f"/{office}/langsung", {"topics": topic}).status_code == 204
    }


def test_a_conversation_is_listened_to_by_those_who_may_read_it():
    building = Building()
    topic = f"thread-{building.thread.token}"

    assert hearers(building, topic, "3574") == HEARS_THE_THREAD
    # Asked at another office, by its people or by anybody, there is no such conversation.
    assert hearers(building, topic, "9471") == set()
    assert hearers(building, f"hall,{topic}", "9471") == set()
    assert hearers(building, "consultations", "3574") == HEARS_THE_INBOX


def test_similar_questions_are_never_other_peoples_conversations():
    """A canary in every conversation and in every draft of an article: the box beside the text is silent."""
    building = Building()
    sings = "rahasia KENARI"
    Consultation.objects.update(subject=sings, question=sings, search_words=sings)
    Message.objects.update(text=sings)
    ArticleVersion.objects.filter(published_at=None).update(title=sings, question=sings, answer=sings)

    boxes = {
        (who, office): building.visitor(who).get(f"/{office}/cari/usulan/", {"kata": sings}).content.decode()
        for who in PEOPLE
        for office in ("3574", "9471")
    }

    assert {key for key, box in boxes.items() if "KENARI</" in box or "rahasia" in box.lower()} == set()
