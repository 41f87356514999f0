"""What is acknowledged has been kept by the disk, though the next writer writes before that."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing, suppress

import pytest
from django.db import OperationalError, connection, transaction

from loket.base import events, sql
from loket.base.models import Replay
from loket.privacy import requests
from tests.cast import MORNING, an_office, take
from tests.consultations.conversation import ask

pytestmark = pytest.mark.django_db(transaction=True)
on_sqlite = pytest.mark.only_on("sqlite")
on_postgresql = pytest.mark.only_on("postgresql")


@pytest.fixture
def disk(monkeypatch):
    """The real one, with what it was asked to keep."""
    return Disk(monkeypatch)


class Disk:
    def __init__(self, monkeypatch):
        self._keep, self.asked, self.then = os.fdatasync, 0, lambda: None
        monkeypatch.setattr(os, "fdatasync", self.keep)

    def keep(self, handle):
        self.asked += 1
        self.then()
        self._keep(handle)


@on_sqlite
def test_a_power_cut_after_the_answer_loses_nothing(disk, tmp_path):
    """At worst the disk holds what it held when it was last asked to keep it."""
    path = str(connection.settings_dict["NAME"])
    disk.then = lambda: [shutil.copyfile(path + end, tmp_path / f"kept{end}") for end in ("", "-wal")]
    _remember("first")
    for number in range(20):
        with transaction.atomic():
            _remember(f"press {number}")

        with closing(sqlite3.connect(tmp_path / "kept")) as found:
            assert found.execute("SELECT count(*) FROM base_replay").fetchone()[0] == number + 2

    assert disk.asked == 20


@on_sqlite
def test_the_next_writer_does_not_wait_for_the_disk(disk):
    written = threading.Event()

    def write_in_another_thread():
        disk.then = lambda: None
        thread = threading.Thread(target=lambda: (_write_once("second"), written.set()))
        thread.start()
        assert written.wait(5), "The line was still taken while the disk was waited for."
        thread.join()

    _write_once("zero")
    disk.then = write_in_another_thread
    _write_once("first")

    assert Replay.objects.count() == 3


@on_sqlite
def test_what_the_disk_did_not_keep_is_not_acknowledged(disk):
    _write_once("kept")
    done = []
    _refuse_once(disk)
    with pytest.raises(OperationalError):
        _write_once("lost", then=lambda: done.append("told"))
    assert done == []

    _write_once("afterwards")


@on_sqlite
def test_nothing_lies_behind_what_the_disk_refused(disk, tmp_path):
    """A system may say yes the next time without having kept it, and a log is read up to its first hole."""
    path = str(connection.settings_dict["NAME"])
    _write_once("kept")
    _refuse_once(disk)

    with pytest.raises(OperationalError):
        _write_once("refused")

    assert os.path.getsize(f"{path}-wal") == 0
    shutil.copyfile(path, tmp_path / "kept")
    with closing(sqlite3.connect(tmp_path / "kept")) as found:
        kept = found.execute("SELECT key FROM base_replay ORDER BY id").fetchall()
    assert kept == [("kept",), ("refused",)]


@on_sqlite
def test_nothing_is_acknowledged_while_the_log_has_a_hole(disk):
    sql.run("PRAGMA busy_timeout = 10")
    _write_once("kept")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM base_replay").fetchone()
        _refuse_once(disk)
        done = []
        for key in ("refused", "behind the hole"):
            with pytest.raises(OperationalError):
                _write_once(key, then=lambda: done.append("told"))
        assert done == []

    _write_once("afterwards", then=lambda: done.append("told"))
    assert done == ["told"]
    connection.close()


@on_sqlite
def test_who_presses_again_waits_for_the_disk_as_well(disk):
    """Whoever pressed first may wait for it still."""
    office = an_office()

    def want_data():
        with suppress(requests.AlreadyAsked):
            requests.receive(
                office=office, kind="access", email="budi@surel.example", proof="desk",
                wish="", language="id", by="visitor", at=MORNING,
            )  # fmt: skip

    for press in (
        lambda: take(office, key="k"),
        lambda: ask(office, "2026-01-05T09:00", key="k"),
        want_data,
    ):
        press()
        asked = disk.asked
        press()
        assert disk.asked > asked


@on_sqlite
def test_a_statement_outside_a_transaction_waits_for_the_disk_itself(disk):
    levels = [_level()]
    for key in ("one", "two", "three"):
        with transaction.atomic():
            levels.append(_level())
            _remember(key)
        levels.append(_level())
    with pytest.raises(ValueError), transaction.atomic():
        raise ValueError
    levels.append(_level())

    # PRAGMA synchronous: 2 waits at each commit, 1 leaves that to whoever committed.
    assert levels == [2, 1, 2, 1, 2, 1, 2, 2]


@on_postgresql
def test_the_office_is_free_at_commit_and_the_log_is_kept_before_the_answer():
    # The server of the tests may not wait at all.
    sql.run("SET synchronous_commit = on")
    for key in ("one", "two", "three"):
        with transaction.atomic():
            # Read, since there may be no row to hold yet.
            assert events.hold("3574").seq == 0
            _remember(key)
            assert _waits_at_commit() == "off"
            (written,) = sql.one("SELECT pg_current_wal_insert_lsn()")

        # Others write into the same log, so not all of it.
        assert sql.one("SELECT pg_current_wal_flush_lsn() > %s::pg_lsn", written) == (True,)
        assert _waits_at_commit() == "on"


@on_postgresql
def test_a_transaction_that_holds_no_office_waits_at_its_commit():
    sql.run("SET synchronous_commit = on")
    with transaction.atomic():
        _remember("one")
        assert _waits_at_commit() == "on"


def _refuse_once(disk):
    def refuse():
        disk.then = lambda: None
        raise OSError(5, "Input/output error")

    disk.then = refuse


def _waits_at_commit():
    return sql.one("SHOW synchronous_commit")[0]


def _write_once(key, then=lambda: None):
    try:
        with transaction.atomic():
            transaction.on_commit(then)
            _remember(key)
    finally:
        if threading.current_thread() is not threading.main_thread():
            connection.close()


def _remember(key):
    sql.run(
        "INSERT INTO base_replay (scope, key, fingerprint, answer, at)"
        " VALUES ('test', %s, '', '', '2026-11-27')",
        key,
    )


def _level():
    return sql.one("PRAGMA synchronous")[0]
