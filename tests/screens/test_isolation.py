"""Who is not let in at a door is let in by no stream or suggestion either."""

import pytest

from loket.consultations.models import Consultation, Message
from loket.library.models import ArticleVersion
from tests.screens.doors import PEOPLE
from tests.screens.test_doors import Building, the_morning  # noqa: F401 - the same morning

pytestmark = pytest.mark.django_db
HEARS_THE_THREAD = {"sari", "rina", "adi", "ayu", "budi"}
HEARS_THE_INBOX = {"sari", "rina", "adi", "ayu"}


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
