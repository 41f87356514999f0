"""Who sees what: the asker and the office's own people, nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from loket.consultations import queries
from loket.people.models import Role
from tests.cast import an_officer
from tests.consultations.conversation import answer, ask, budi, note, probolinggo, sari

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return ask(probolinggo(), "2026-01-05T09:00")


def sees(user):
    return queries.visible_to(user).exists()


def test_the_asker_and_the_office_see_it_and_a_stranger_does_not(asked):
    elsewhere = probolinggo(code="3573")

    assert sees(budi())
    assert sees(sari(asked.office))
    assert sees(an_officer(asked.office, "Ayu", Role.AUDITOR))
    assert not sees(budi("siti@surel.example", "Siti"))
    assert not sees(an_officer(elsewhere, "Tono"))
    assert not sees(an_officer(asked.office, "Wati", Role.READER))
    assert not sees(AnonymousUser())


def test_who_was_deactivated_sees_nothing(asked):
    user = budi()
    user.is_active = False

    assert not sees(user)
    assert not queries.attachments_for(user).exists()


def test_notes_are_for_the_staff(asked):
    answer(asked, "2026-01-06T09:00")
    note(asked, "2026-01-06T09:01", text="Rahasia")

    assert [message.kind for message in queries.said_to_asker(asked)] == ["visitor", "answer"]
