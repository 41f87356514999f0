"""Mistakes of an operator: one sentence that says what to do, and exit 1."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError

from loket import cli, commands, env, owner
from loket.env import KNOWN, SettingWrong
from tests.forks import ROOT
from tests.served import Served, free_port


def refused(home, *words, **settings) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "loket", *words],
        env=Served(home).environment | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1, done.stderr
    [sentence] = done.stderr.splitlines()
    return sentence


def caused_by(cause: Exception) -> OperationalError:
    """As Django hands on what the driver raised."""
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOKET_HOME", os.devnull + "/x"),
        ("LOKET_SECRET_KEY_FILE", "/nonexistent"),
        ("LOKET_SECRET_KEY_FILE", os.devnull),
        ("LOKET_DATABASE", "postgresql://h:abc/x"),
        ("LOKET_LOG_LEVEL", "foo"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path, name, value):
    assert name in refused(tmp_path, "check", **{name: value})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"LOKET_DEMO=\xff\xfe", "UTF-8"),
        (b"LOKET_SMPT_HOST=x", "LOKET_SMTP_HOST?"),
        (b"LOKET_HOME=/elsewhere", "LOKET_HOME says where this file lies"),
    ],
)
def test_a_settings_file_that_is_not_understood_is_refused(tmp_path, content, said):
    (tmp_path / "loket.env").write_bytes(content)

    assert said in refused(tmp_path, "check")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("\ufeffLOKET_SMTP_PASSWORD=abc", "abc"),
        ('LOKET_SMTP_PASSWORD=abc"', 'abc"'),
        ("LOKET_SMTP_PASSWORD='abc", "'abc"),
        ('LOKET_SMTP_PASSWORD="abc"', "abc"),
        ("LOKET_SMTP_PASSWORD='ab\"c'", 'ab"c'),
        ('LOKET_SMTP_PASSWORD="', '"'),
    ],
)
def test_a_settings_file_says_what_stands_in_it(tmp_path, monkeypatch, line, value):
    monkeypatch.setenv("LOKET_SMTP_PASSWORD", "")
    monkeypatch.delenv("LOKET_SMTP_PASSWORD")
    (tmp_path / "loket.env").write_text(line, "utf-8")

    env.load_file(tmp_path / "loket.env")

    assert os.environ["LOKET_SMTP_PASSWORD"] == value


@pytest.mark.parametrize("password", ["a/b", "a#b", "1#b", "a?b", "[ab"])
def test_a_password_that_breaks_the_address_is_explained_and_not_told(password, monkeypatch):
    monkeypatch.setenv("LOKET_DATABASE", f"postgresql://loket:{password}@db.example:5432/loket")

    with pytest.raises(SettingWrong, match="# as %23") as refusal:
        env.database("LOKET_DATABASE", Path())
    assert password not in str(refusal.value)


def test_a_password_is_read_as_it_is_written(monkeypatch):
    monkeypatch.setenv("LOKET_DATABASE", "postgresql://loket:%25%2F%23%3F%40%3A@db.example:5432/loket")

    assert env.database("LOKET_DATABASE", Path())["PASSWORD"] == "%/#?@:"


def test_a_secret_that_a_full_disk_cut_off_is_named(tmp_path):
    (tmp_path / "secret.key").touch()

    assert f"{tmp_path}/secret.key is empty" in refused(tmp_path, "check")


def test_a_secret_that_the_disk_does_not_take_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fdopen", raising(OSError(28, "No space left on device")))

    with pytest.raises(SettingWrong, match="No space left"):
        env.secret("LOKET_NO_SECRET", tmp_path / "secret.key")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "sender", ["pst", "PST <a@b.go.id", "PST a@b.go.id", "a@b.go.id, c@d.go.id", "a b@c"]
)
def test_a_sender_that_is_no_address_is_refused(sender, monkeypatch):
    monkeypatch.setenv("LOKET_MAIL_FROM", sender)

    with pytest.raises(SettingWrong, match="e-mail address"):
        env.sender("LOKET_MAIL_FROM", "")


@pytest.mark.parametrize("sender", ["a@b", "<a@b>", "PST. Kota <a@b.go.id>", '"PST, Kota" <a@b.go.id>'])
def test_a_sender_may_have_a_name(sender, monkeypatch):
    monkeypatch.setenv("LOKET_MAIL_FROM", sender)

    assert env.sender("LOKET_MAIL_FROM", "") == sender


def test_a_misspelt_name_in_the_environment_is_refused(tmp_path):
    assert "LOKET_SMTP_HOST?" in refused(tmp_path, "check", LOKET_SMPT_HOST="x")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("database or disk is full"), "disk"),
        (OperationalError("database is locked"), "Another program holds"),
        (OperationalError("unable to open database file"), "loket doctor says whose it is"),
        (sqlite3.OperationalError("unable to open database file"), "loket doctor says whose it is"),
        (OperationalError("attempt to write a readonly database"), "loket doctor says whose it is"),
        (caused_by(psycopg.errors.AdminShutdown("terminating connection")), "does not answer"),
        (caused_by(psycopg.errors.DiskFull("could not extend file")), "disk"),
        # Ours: shown with where it happened.
        (caused_by(psycopg.errors.DeadlockDetected("deadlock detected")), ""),
        (OperationalError("near SELEC: syntax error"), ""),
    ],
)
def test_only_a_database_out_of_reach_is_said_to_be(error, said):
    sentence = cli._of_the_database(error)

    assert said in sentence
    assert bool(said) == bool(sentence)


def test_a_database_that_was_not_migrated_is_said(tmp_path):
    assert "loket migrate" in refused(tmp_path, "office", "list")
    assert "loket migrate" in refused(tmp_path, "backup", str(tmp_path / "file"))


def test_a_database_that_does_not_answer_is_said(tmp_path):
    nobody = f"postgresql://loket@127.0.0.1:{free_port()}/loket"

    assert "LOKET_DATABASE" in refused(tmp_path, "office", "list", LOKET_DATABASE=nobody)


@pytest.fixture
def somebody_elses(tmp_path, monkeypatch):
    """A folder of another user, in the eyes of root."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    number, status = 12345, Path.stat

    def stat(path, **words):
        found = list(status(path, **words))
        found[4] = number if path == tmp_path else found[4]
        return os.stat_result(found)

    monkeypatch.setattr(Path, "stat", stat)
    return tmp_path


def test_root_leaves_nothing_in_the_folder_of_the_user_who_serves(somebody_elses, settings):
    settings.HOME = somebody_elses

    for words in ("migrate", "restore", "library", "office", "serve"):
        with pytest.raises(commands.Refused, match=f"runuser -u 12345 -- loket {words}"):
            cli._check_user(words)
    cli._check_user("doctor")
    cli._check_user("backup")


def test_a_folder_of_another_user_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("LOKET_HOME", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(SettingWrong, match=f"{tmp_path} belongs to {owner.name_of(tmp_path)}"):
        env.home()


def test_a_settings_file_of_another_user_is_named(tmp_path, monkeypatch):
    (tmp_path / "loket.env").touch()
    monkeypatch.setattr(Path, "read_text", raising(PermissionError(13, "Permission denied")))

    with pytest.raises(SettingWrong, match="may not be read by this user; it belongs to"):
        env.load_file(tmp_path / "loket.env")


def test_a_file_of_another_user_is_named(capsys, monkeypatch):
    monkeypatch.setattr(cli, "make_parser", raising(PermissionError(13, "no", "/nowhere/x-writers")))

    assert cli.main([]) == 1
    assert "/nowhere/x-writers belongs to somebody else" in capsys.readouterr().err


def raising(error: Exception):
    def fail(*_, **__):
        raise error

    return fail


def test_a_backup_into_a_folder_that_is_not_there_is_refused(tmp_path):
    missing = str(tmp_path / "missing" / "file")

    assert missing in refused(tmp_path, "backup", missing)


def test_every_setting_that_is_explained_is_known():
    explained = set(re.findall(r"`(LOKET_\w+)`", (ROOT / "docs/operating/settings.md").read_text("utf-8")))

    assert explained <= set(KNOWN)
    assert set(KNOWN) - explained <= {"LOKET_TEST_DB", "LOKET_BENCH"}
