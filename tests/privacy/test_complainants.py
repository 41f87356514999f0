"""At the counter an office finds what it keeps itself; whoever only complained has the same rights."""

from datetime import timedelta

import pytest

from loket.consultations.actions import asking
from loket.consultations.actions.asking import Question
from loket.feedback.actions import complaints
from loket.feedback.models import Complaint
from loket.privacy import erasing, exporting, persons
from loket.privacy.models import DataRequest
from tests.cast import MORNING, an_office
from tests.consultations.conversation import budi
from tests.privacy.test_requests import ask
from tests.staging import tables_telling

pytestmark = pytest.mark.django_db
ADDRESS = "budi@surel.example"
LATER = MORNING + timedelta(days=2)


@pytest.fixture
def office(settings, tmp_path):
    settings.HOME = tmp_path
    return an_office()


def complain(office, subject) -> Complaint:
    return complaints.file_complaint(
        office=office, words=complaints.Words(subject, "Saya menunggu dua jam."), door=Complaint.Door.WEB,
        contact=complaints.Contact(email=ADDRESS), key=f"at {office.code}", at=MORNING,
    ).complaint  # fmt: skip


def test_somebody_who_only_complained_is_known(office):
    assert not persons.is_known(persons.at_office(office=office, email=ADDRESS))

    complain(office, "kenari")

    person = persons.at_office(office=office, email=ADDRESS.upper())
    assert persons.is_known(person)
    assert "kenari" in str(exporting.collected(person, language="id", at=LATER))


def test_asking_about_oneself_makes_nobody_known(office):
    ask(office, email=ADDRESS)

    assert DataRequest.objects.exists()
    assert not persons.is_known(persons.at_office(office=office, email=ADDRESS))


def test_an_office_finds_only_the_complaints_it_was_sent(office):
    elsewhere = an_office("9471")
    complain(elsewhere, "kasuari")
    complain(office, "kenari")
    person = persons.at_office(office=office, email=ADDRESS)

    assert "kasuari" not in str(exporting.collected(person, language="id", at=LATER))
    assert tables_telling("kenari") != []
    erasing.erase(person=person, office=office, by="staff:1", at=LATER)

    assert tables_telling("kenari") == []
    assert tables_telling("kasuari") != []


def test_a_restored_backup_forgets_a_complainant_again(office):
    """As after a restore: the journal knows of an erasure that the database forgot."""
    complain(office, "kenari")
    person = persons.at_office(office=office, email=ADDRESS)
    erasing.note_outside(person, erasing.births(person), LATER)
    assert tables_telling("kenari") != []

    assert erasing.again(at=LATER) == 1

    assert tables_telling("kenari") == []
    assert erasing.again(at=LATER) == 0


def test_an_office_finds_only_the_consultations_it_was_asked(office):
    elsewhere = an_office("9471")
    for each, subject in ((office, "kenari"), (elsewhere, "kasuari")):
        question = Question(subject=subject, text=f"Berapa {subject}?")
        asked = asking.ask(office=each, asker=budi(), question=question, at=MORNING)
    here = persons.at_office(office=office, email=asked.asker.email)

    copy = str(exporting.collected(here, language="id", at=LATER))
    assert "kenari" in copy
    assert "kasuari" not in copy
    whole = exporting.collected(persons.everywhere(user=asked.asker), language="id", at=LATER)
    assert "kasuari" in str(whole)

    erasing.erase(person=here, office=office, by="staff:1", at=LATER)
    assert tables_telling("kenari") == []
    assert tables_telling("kasuari") != []
