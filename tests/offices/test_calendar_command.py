"""loket calendar as a process of its own: exit code, output, messages."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import forks
from tests.migrated import empty_home

SOURCES = Path(__file__).parents[2] / "src"
OFFICE = """
import django; django.setup()
from datetime import UTC, datetime
from loket.offices import calendars
from loket.offices.models import Office
WEEK = {name: ["08:00-15:30"] for name in ("mon", "tue", "wed", "thu")} | {"fri": ["08:00-16:00"]}
for code, zone in (("3574", "Asia/Jakarta"), ("9471", "Asia/Jayapura")):
    calendars.load(
        office=Office.objects.create(code=code, name="BPS Kota " + code, zone=zone),
        section={"week": WEEK, "holidays": [2024, 2025, 2026, 2027]},
        by="loket", at=datetime(2026, 1, 2, tzinfo=UTC), reason="Berkas unit",
    )
Office.objects.create(code="3500", name="BPS Provinsi", serves=False)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Of a home with a database of its own, the same for the tests of this file."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(empty_home(), home, dirs_exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(SOURCES),
        "LOKET_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "loket.settings",
        "PYTHONUTF8": "1",
    }
    made = started("-c", OFFICE, environment=environment)
    assert made.returncode == 0, made.stderr
    return environment


@pytest.fixture
def run(environment):
    """Calls `loket calendar`."""
    return lambda *words: forks.run("loket", "calendar", *words, environment=environment)


def started(*words, environment, stdout=subprocess.PIPE):
    """Python from nothing, as at a terminal."""
    return subprocess.run(
        [sys.executable, *words],
        env=environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
    )


def test_due_as_json(run):
    done = run("due", "3574", "--received", "2026-01-05T09:00+07:00", "--json")

    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout) == {
        "due": "2026-01-08T15:30:00+07:00",
        "counted": ["2026-01-06", "2026-01-07", "2026-01-08"],
        "skipped": [],
        "warnings": [],
        "calendar_version": 1,
    }


def test_due_tells_what_was_skipped(run):
    answer = json.loads(run("due", "3574", "--received", "2026-01-13T10:00+07:00", "--json").stdout)

    assert answer["due"] == "2026-01-19T15:30:00+07:00"
    assert [entry["date"] for entry in answer["skipped"]] == ["2026-01-16", "2026-01-17", "2026-01-18"]
    assert answer["skipped"][0]["reason"] == "Isra Mikraj Nabi Muhammad"


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (("3574", "--received", "2026-01-05T09:00"), "2026-01-08T15:30:00+07:00"),  # the office's own time
        (("3574", "--received", "2026-01-05T02:00Z"), "2026-01-08T15:30:00+07:00"),
        (("3574", "--received", "2026-01-05T09:00+07:00", "--days", "10"), "2026-01-20T15:30:00+07:00"),
        (("9471", "--received", "2026-01-11T23:30+07:00"), "2026-01-15T15:30:00+09:00"),
        (("3574", "--received", "2024-02-07T10:00+07:00"), "2024-02-15T15:30:00+07:00"),
        (("3574", "--received", "2025-08-14T10:00+07:00"), "2025-08-20T15:30:00+07:00"),
    ],
)
def test_due_in_zone_days_and_years(run, words, due):
    assert json.loads(run("due", *words, "--json").stdout)["due"] == due


def test_due_does_not_depend_on_the_zone_of_the_machine(environment):
    words = ("-m", "loket", "calendar", "due", "3574", "--received", "2026-01-05T09:00", "--json")

    west, east = (
        started(*words, environment=environment | {"TZ": zone})
        for zone in ("America/New_York", "Asia/Jayapura")
    )

    assert west.returncode == 0
    assert west.stdout == east.stdout


def test_due_warns_of_a_year_not_decreed(run):
    for received, warnings in (("2026-12-30T09:00", 1), ("2026-12-21T09:00", 0), ("2027-12-30T09:00", 2)):
        answer = json.loads(run("due", "3574", "--received", received, "--json").stdout)
        assert len(answer["warnings"]) == warnings


def test_due_for_people_is_sentences(run):
    lines = run("due", "3574", "--received", "2026-01-13T10:00").stdout.splitlines()

    assert len(lines) == 4
    assert "13 Januari" in lines[0]
    assert "19 Januari 2026 15.30 WIB" in lines[-1]


def test_closing_as_json(run):
    done = run("closing", "3574", "--answered", "2026-01-07T11:00+07:00", "--json")

    answer = json.loads(done.stdout)
    assert answer["warn_at"] == "2026-01-12T08:00:00+07:00"
    assert answer["close_at"] == "2026-01-13T00:00:00+07:00"
    assert answer["counted"] == ["2026-01-08", "2026-01-09", "2026-01-12"]
    assert answer["calendar_version"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("due", "9999", "--received", "2026-01-05T09:00"),
        ("due", "3500", "--received", "2026-01-05T09:00"),  # a parent has no calendar
        ("closing", "9999", "--answered", "2026-01-05T09:00"),
        ("show", "9999", "--year", "2026"),
        ("import", "absent.csv"),
    ],
)
def test_refusals_are_one_sentence_and_exit_1(run, words):
    done = run(*words)

    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("due", "3574"),
        ("due", "3574", "--received", "yesterday"),
        ("due", "3574", "--received", "2026-02-30T09:00"),
        ("due", "3574", "--received", "0001-01-01T00:00"),
        ("due", "3574", "--received", "2026-01-05T09:00", "--days", "0"),
        ("due", "3574", "--received", "2026-01-05T09:00", "--days", "three"),
        ("show", "3574", "--year", "next"),
        ("show", "3574"),
        (),
    ],
)
def test_wrong_usage_exits_2(run, words):
    done = run(*words)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_show_tells_the_year(run):
    answer = json.loads(run("show", "3574", "--year", "2026", "--json").stdout)

    assert answer["working_days"] == 240
    assert answer["status"] == "decreed"
    assert len(answer["closed"]) == 25
    assert answer["years"] == {"2026": {"status": "decreed", "source": "SKB 1497/2/5-2025"}}
    assert "240" in run("show", "3574", "--year", "2026").stdout


def test_a_reader_who_stops_early_is_no_error(environment):
    reader, writer = os.pipe()
    os.close(reader)

    words = ("-m", "loket", "calendar", "show", "3574", "--year", "2026")
    done = started(*words, environment=environment, stdout=writer)

    os.close(writer)
    assert done.returncode == 0
    assert done.stderr == ""


def test_import_publishes_for_every_office_once(run, tmp_path):
    file = tmp_path / "libur.csv"
    file.write_text("\ufeffdate,kind,name\n2028-01-01,national,Tahun Baru\n", "utf-8")

    first = run("import", str(file), "--source", "SKB 1/2/3-2027")
    again = run("import", str(file), "--source", "SKB 1/2/3-2027")

    assert first.returncode == again.returncode == 0
    assert first.stderr.splitlines() == ["3574: published version 2.", "9471: published version 2."]
    assert "version 2 stays" in again.stderr
    answer = json.loads(run("show", "3574", "--year", "2028", "--json").stdout)
    assert (answer["status"], answer["calendar_version"]) == ("decreed", 2)


def test_a_wrong_file_changes_no_office(run, tmp_path):
    file = tmp_path / "libur.csv"
    file.write_text("date,kind,name\n2029-01-01,national,Tahun Baru\n2029-13-01,national,x\n", "utf-8")

    done = run("import", str(file))

    assert done.returncode == 1
    assert "line 3, date" in done.stderr
    assert json.loads(run("show", "3574", "--year", "2029", "--json").stdout)["status"] == "missing"
