"""Killed at any point of asking, replying, answering or closing: nothing is lost, nothing is said twice."""

import json
from collections import Counter

import pytest

from tests.forks import run
from tests.migrated import migrated
from tests.outbox.mailserver import mail_server
from tests.races.place import Place

pytestmark = pytest.mark.drill
WRITTEN = {"ask": "received", "reply": "reopened", "answer": "answer", "close": "closed"}


@pytest.fixture
def played(tmp_path, settings):
    """What was true after each case, and the letters that the mail server took."""
    with migrated(tmp_path) as address, mail_server(settings) as server:
        place = Place(tmp_path, address)
        mail = {"LOKET_SMTP_HOST": "127.0.0.1", "LOKET_SMTP_PORT": str(settings.EMAIL_PORT)}
        done = run("tests.drills.dying", environment=place.environment | mail, timeout=240)
        assert done.returncode == 0, done.stderr
        place.loket("audit", "verify")
        yield json.loads(done.stdout), server.letters


def test_killed_at_each_named_point_nothing_is_lost_and_nothing_doubled(played):
    cases, letters = played

    assert len(cases) == 20
    for case in cases:
        verb, where = case["verb"], (case["verb"], case["point"])
        assert case["died_of"] == 9, where
        assert case["questions"] == (verb == "ask"), where
        assert case["messages"] == (verb != "close"), where
        assert case["closings"] == (verb in ("reply", "close")), where
        sent = Counter(kind for kind, state in case["mails"] if state == "sent")
        assert sent[f"consultation.{WRITTEN[verb]}"] == 1, where
        assert sent["consultation.reminder"] == 1, where
        assert all(state == "sent" for _, state in case["mails"]), where
        assert case["faults"] == [], where
    copies = Counter(letter["Message-ID"] for letter in letters)
    # Only who died between the server's "250" and our note sends a copy, which is known as one.
    assert sum(count - 1 for count in copies.values()) == sum(case["point"] == "after_smtp" for case in cases)
    mails = sum(len(case["mails"]) for case in cases)
    assert len(copies) == mails
