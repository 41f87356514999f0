"""What was kept for a time goes when it is over, and nothing a day earlier."""

import json
from datetime import timedelta

import pytest

from loket import cli
from loket.base.models import Event
from loket.consultations.actions import closing
from loket.consultations.models import Consultation
from loket.people.models import User, Visitor
from loket.privacy import retaining
from tests.cast import MORNING, an_office
from tests.privacy.budi import at_the_hall, with_an_account

pytestmark = pytest.mark.django_db
MONTH = retaining.MONTH


@pytest.fixture
def office(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return an_office(settings={"guest_book_months": 2, "consultation_months": 3, "feedback_months": 4})


@pytest.fixture
def closed(office):
    at_the_hall(office)
    with_an_account(office, User.objects.get(name="Sari"))
    consultation = Consultation.objects.get(door="online")
    closing.close_solved(consultation=consultation, at=MORNING)
    return consultation


def test_each_kind_goes_at_its_own_time(office, closed):
    gone = [
        sorted(retaining.retain(office, at=MORNING + MONTH * months + timedelta(minutes=1)))
        for months in (1, 2, 3, 4)
    ]

    assert gone == [
        [],
        ["people.Visitor", "visits.Visit"],
        [
            "consultations.Consultation",
            "consultations.DataItem",
            "consultations.Draft",
            "consultations.Message",
        ],
        ["feedback.Rating"],
    ]


def test_an_open_consultation_is_kept_however_old(office):
    at_the_hall(office)
    with_an_account(office, User.objects.get(name="Sari"))

    retaining.retain(office, at=MORNING + MONTH * 100)

    assert Consultation.objects.get(door="online").question
    assert not Consultation.objects.get(door="hall").question


def test_a_second_run_changes_nothing(office, closed):
    later = MORNING + MONTH * 5
    first = retaining.retain(office, at=later)

    assert first == {model: count for model, count in first.items() if count}
    assert retaining.retain(office, at=later) == {}
    assert not retaining.is_due(office, at=later)
    assert Event.objects.filter(kind="privacy.retain").count() == 1


def test_what_one_run_has_no_room_for_the_next_takes(office, closed, monkeypatch):
    monkeypatch.setattr(retaining, "AT_ONCE", 1)
    later = MORNING + MONTH * 5

    runs = 0
    while retaining.retain(office, at=later):
        runs += 1
        assert runs < 10

    assert not retaining.due(office, at=later)
    assert Visitor.objects.get().name == ""


def test_a_dry_run_counts_and_changes_nothing(office, closed, capsys):
    said = retaining.due(office, at=MORNING + MONTH * 5)
    assert cli.main(["privacy", "retain", "3574", "--dry-run"]) == 0

    assert said["people.Visitor"] == 1
    assert json.loads(capsys.readouterr().out)["office"] == "3574"
    assert Visitor.objects.get().name
