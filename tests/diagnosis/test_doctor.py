"""The doctor names what is wrong and what to do."""

import os
from datetime import timedelta

import pytest
from django.db.migrations import Migration

from loket.base import events, sql
from loket.base.models import Heartbeat
from loket.consultations import scanning
from loket.diagnosis import database, surroundings, work
from loket.diagnosis.findings import Level
from loket.outbox import actions as outbox
from loket.outbox.models import Mail
from tests.cast import MORNING, an_office
from tests.consultations.scanner import clamd
from tests.outbox.mailserver import mail_server

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def faults(findings) -> list[str]:
    return [finding.text for finding in findings if finding.level == Level.FAULT]


def hints(findings) -> list[str]:
    return [finding.text for finding in findings if finding.level == Level.HINT]


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    tmp_path.chmod(0o700)
    return tmp_path


def test_looking_for_a_database_makes_none(home, monkeypatch):
    monkeypatch.setattr(database, "connection", SQLite(home / "x.sqlite3"))

    [said] = faults(database.reachable(MORNING))

    assert "loket migrate" in said
    assert not list(home.iterdir())


class SQLite:
    """A connection that was not opened yet."""

    vendor = "sqlite"

    def __init__(self, path):
        self.settings_dict = {"NAME": str(path)}


def test_a_healthy_database_is_good(db):
    assert faults(database.reachable(MORNING)) == []
    assert faults(database.upgraded(MORNING)) == []


def test_a_database_of_a_newer_program_is_said(monkeypatch):
    monkeypatch.setattr(database, "unknown_migrations", lambda: ["base.0099_later"])

    [said] = hints(database.upgraded(MORNING))

    assert "base.0099_later" in said


def test_migrations_that_were_merged_and_are_gone_are_known():
    merged = Migration("0001_squashed_0002_tries", "base")
    merged.replaces = [("base", "0001_initial"), ("base", "0002_tries")]

    assert database.known_migrations([merged]) == {("base", merged.name), *merged.replaces}


def test_why_a_database_does_not_answer_is_said(monkeypatch):
    monkeypatch.setattr(database, "why_away", lambda: "connection refused")

    [said] = faults(database.reachable(MORNING))

    assert "(connection refused)" in said


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([("LATIN1",)], "encoding is LATIN1"),
        ([("UTF8",), ("loket", "public", False)], "GRANT USAGE, CREATE ON SCHEMA public TO loket"),
        ([("UTF8",), ("loket", None, None)], "GRANT USAGE, CREATE ON SCHEMA public TO loket"),
        ([("UTF8",), ("loket", "public", True)], ""),
    ],
)
def test_a_database_that_cannot_hold_the_tables_is_said(monkeypatch, answers, said):
    monkeypatch.setattr(database.sql, "one", lambda _: answers.pop(0))
    monkeypatch.setattr(database, "missing_migrations", lambda: 1)

    reasons = faults(database.fitting(MORNING))

    assert len(reasons) == bool(said)
    assert said in "".join(reasons)


@pytest.mark.only_on("postgresql")
def test_a_database_that_does_not_wait_for_the_disk(db):
    sql.run("SET synchronous_commit = on")
    before = faults(database.kept(MORNING))
    sql.run("SET synchronous_commit = off")

    [said] = set(faults(database.kept(MORNING))) - set(before)
    assert "synchronous_commit = on" in said


def test_a_clock_before_the_last_event_is_wrong(db):
    events.record(office="3574", kind="office.load", subject="office", by="loket", at=MORNING)

    assert faults(database.clock(MORNING + MINUTE)) == []
    [said] = faults(database.clock(MORNING - 2 * MINUTE))
    assert "NTP" in said


def test_a_worker_that_never_ran_and_one_that_died():
    [said] = faults(work.worker(MORNING))
    assert "has never run" in said

    Heartbeat.objects.create(name="worker", at=MORNING)

    [finding] = work.worker(MORNING + timedelta(seconds=12))
    assert finding.level == Level.GOOD
    assert "12 seconds ago" in finding.text
    # It may be that of a backup.
    [said] = hints(work.worker(MORNING + MINUTE))
    assert "look again" in said
    [said] = faults(work.worker(MORNING + 5 * MINUTE))
    assert "5 minutes ago" in said


def test_without_a_mail_server_it_says_where_letters_lie(settings, home):
    settings.EMAIL_HOST = ""

    [said] = hints(work.mail(MORNING))

    assert str(home / "mail") in said


def test_a_mail_server_that_answers_is_good(settings):
    with mail_server(settings):
        assert faults(work.mail(MORNING)) == []


def test_a_mail_server_that_is_away_is_named(settings):
    with mail_server(settings):
        pass

    [said] = faults(work.mail(MORNING))

    assert f"127.0.0.1:{settings.EMAIL_PORT}" in said
    assert "LOKET_SMTP" in said


def test_mails_that_wait_too_long_are_named_with_the_reason(settings):
    settings.EMAIL_HOST = ""
    letter = {"to": "budi@surel.example", "subject": "A-001", "text": "", "kind": "taken"}
    outbox.put(**letter, at=MORNING)
    Mail.objects.update(refusal="451 try again later")

    assert faults(work.mail(MORNING + MINUTE)) == []
    [said] = faults(work.mail(MORNING + timedelta(hours=2)))
    assert "451 try again later" in said


def test_a_program_without_office_says_what_to_run():
    [said] = faults(work.offices(MORNING))

    assert "loket office load" in said


def test_an_office_without_calendar_cannot_open():
    office = an_office()
    assert faults(work.offices(MORNING)) == []

    office.calendars.all().delete()

    [said] = faults(work.offices(MORNING))
    assert "3574" in said


def test_a_secret_that_others_can_read_is_a_fault(home):
    (home / "secret.key").write_text("x")
    (home / "secret.key").chmod(0o644)

    [said] = faults(surroundings.folder(MORNING))

    assert "chmod 600" in said


def test_what_another_user_left_is_named(home, settings, monkeypatch):
    monkeypatch.setattr(surroundings, "database_file", lambda: str(home / "x.sqlite3"))
    settings.MEDIA_ROOT, settings.LIBRARY_INDEX = home / "files", home / "index"
    left = [home / "x.sqlite3", home / "x.sqlite3-writers", home / "index" / "segment"]
    settings.LIBRARY_INDEX.mkdir()
    for path in left:
        path.touch()
    assert faults(surroundings.files(MORNING)) == []
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path not in left and may(path, mode))
    monkeypatch.setattr(os, "geteuid", lambda: 12345)

    said = faults(surroundings.files(MORNING))

    assert [str(path) in text for path, text in zip(left, said, strict=True)] == [True] * 3
    assert "chown -R" in said[0]


def test_a_full_disk_is_a_fault(home, monkeypatch):
    assert faults(surroundings.disk(MORNING)) == []
    monkeypatch.setattr(surroundings, "free_bytes", lambda: 100_000_000)

    assert "0.1 GB free" in faults(surroundings.disk(MORNING))[0]


def test_the_three_zones_are_known():
    [finding] = surroundings.zones(MORNING)

    assert "WIB 09.00, WITA 10.00, WIT 11.00" in finding.text


def test_an_address_that_no_phone_can_reach_is_said(settings):
    settings.BASE_URL, settings.BASE_URL_UNSET = "http://127.0.0.1:9000", False

    assert any(
        "names this machine only" in said for said in hints(surroundings.settings_and_addresses(MORNING))
    )


def test_without_an_address_none_is_claimed(settings):
    settings.BASE_URL_UNSET = True

    [said] = surroundings.settings_and_addresses(MORNING)

    assert said.level == Level.HINT
    assert "LOKET_BASE_URL is not set" in said.text


def test_without_a_scanner_nothing_is_said(settings):
    settings.CLAMD = ""

    assert list(work.scanner(MORNING)) == []


def test_a_scanner_that_answers_is_good(settings, home):
    with clamd(home / "clamd") as path:
        settings.CLAMD = str(path)
        [finding] = work.scanner(MORNING)

    assert finding.level == Level.GOOD


def test_something_else_in_place_of_the_scanner_is_named(settings, home):
    with clamd(home / "clamd", answer=b"220 mail.example ESMTP\0") as path:
        settings.CLAMD = str(path)
        [said] = faults(work.scanner(MORNING))

    assert "220 mail.example" in said


@pytest.mark.parametrize("place", ["/nonexistent", "nohost", "127.0.0.1:99999", "127.0.0.1:1", "a..b:1"])
def test_a_scanner_that_is_away_is_named(settings, place):
    settings.CLAMD = place

    [said] = faults(work.scanner(MORNING))

    assert place in said
    assert "LOKET_CLAMD" in said


def test_a_file_waits_for_a_scanner_that_cannot_be(settings, tmp_path):
    settings.CLAMD = "127.0.0.1:99999"
    (tmp_path / "file").touch()

    with pytest.raises(scanning.ScannerAway):
        scanning.scan(tmp_path / "file")
