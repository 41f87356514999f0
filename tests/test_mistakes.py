"""Mistakes of an operator: one sentence that says what to do, and exit 1."""

import os
import re
import sqlite3
import subprocess
import sys

import psycopg
import pytest
from django.db import OperationalError

from loket import cli
from loket.env import KNOWN
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
        ("LOKET_DATABASE", "postgresql://h:abc/x"),
        ("LOKET_LOG_LEVEL", "foo"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path, name, value):
    assert name in refused(tmp_path, "check", **{name: value})


@pytest.mark.parametrize(
    ("content", "said"), [(b"LOKET_DEMO=\xff\xfe", "UTF-8"), (b"LOKET_SMPT_HOST=x", "LOKET_SMTP_HOST?")]
)
def test_a_settings_file_that_is_not_understood_is_refused(tmp_path, content, said):
    (tmp_path / "loket.env").write_bytes(content)

    assert said in refused(tmp_path, "check")


def test_a_misspelt_name_in_the_environment_is_refused(tmp_path):
    assert "LOKET_SMTP_HOST?" in refused(tmp_path, "check", LOKET_SMPT_HOST="x")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("database or disk is full"), "disk"),
        (OperationalError("database is locked"), "Another program holds"),
        (OperationalError("unable to open database file"), "does not answer"),
        (sqlite3.OperationalError("unable to open database file"), "does not answer"),
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


def test_a_backup_into_a_folder_that_is_not_there_is_refused(tmp_path):
    missing = str(tmp_path / "missing" / "file")

    assert missing in refused(tmp_path, "backup", missing)


def test_every_setting_that_is_explained_is_known():
    explained = set(re.findall(r"`(LOKET_\w+)`", (ROOT / "docs/operating/settings.md").read_text("utf-8")))

    assert explained <= set(KNOWN)
    assert set(KNOWN) - explained <= {"LOKET_TEST_DB", "LOKET_BENCH"}
