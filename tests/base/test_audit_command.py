"""What the person at the terminal is told about the event log."""

import pytest
from django.utils import timezone

from loket import cli
from loket.base.models import ChainHead, Event
from loket.offices import loading, officefile

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    file = officefile.read(loading.example("3574"))
    return loading.load(file=file, by="loket", at=timezone.now()).office


def test_a_loaded_office_verifies(office, capsys):
    assert cli.main(["audit", "verify"]) == 0
    assert cli.main(["audit", "verify", "3574"]) == 0

    assert "3574: " in capsys.readouterr().out


def test_an_office_that_does_not_exist_is_refused(office, capsys):
    assert cli.main(["audit", "verify", "9999"]) == 1

    assert "9999" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["3574"], []])
def test_an_office_without_any_event_is_a_fault(office, capsys, words):
    Event.objects.all().delete()
    ChainHead.objects.all().delete()

    assert cli.main(["audit", "verify", *words]) == 1

    assert "3574: event 1 missing" in capsys.readouterr().err


def test_words_that_are_no_text_are_refused_in_a_sentence(capsys):
    assert cli.main(["calendar", "due", "35\udcff", "--received", "2026-01-05T09:00"]) == 1

    assert capsys.readouterr().err == "'35\\udcff' is not text in UTF-8.\n"
