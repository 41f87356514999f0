"""Backups of the real program, made and restored by its commands."""

import json
import shutil
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from unittest import mock

import psycopg
import pytest

from loket.backup import BackupRefused, actions
from tests.backup.packing import repacked
from tests.forks import run
from tests.migrated import empty_home, migrated, unmigrated
from tests.served import Served

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An installation with a hall, a few numbers and a file."""
    home = tmp_path_factory.mktemp("office")
    with migrated(home) as address:
        here = Served(home, address)
        here.stage("hall")
        here.stage("take_numbers", count=3)
        (here.home / "files" / "3574").mkdir(parents=True)
        (here.home / "files" / "3574" / "jawaban.pdf").write_bytes(b"%PDF-1.7 jawaban")
        yield here


@pytest.fixture(scope="module")
def backup(office, tmp_path_factory):
    file = tmp_path_factory.mktemp("backups") / "senin.loket"
    office.command("backup", str(file))
    return file


@pytest.fixture
def elsewhere(tmp_path):
    with unmigrated() as address:
        yield Served(tmp_path, address)


def refusal(program, *words) -> str:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        program.command(*words)
    assert refused.value.returncode == 1
    return refused.value.stderr


def test_everything_is_there_after_the_restore_but_no_door_is_open(office, backup, elsewhere):
    elsewhere.command("restore", str(backup))

    assert elsewhere.stage("tickets") == office.stage("tickets")
    assert (elsewhere.home / "files" / "3574" / "jawaban.pdf").read_bytes() == b"%PDF-1.7 jawaban"
    assert "3574" in elsewhere.command("audit", "verify").stdout
    assert elsewhere.stage("doors") == {"sessions": 0, "device tokens": 0, "pairing codes": 0}


def test_only_its_owner_can_read_it(backup):
    assert backup.stat().st_mode & 0o077 == 0


def test_a_backup_overwrites_nothing(office, backup):
    before = backup.read_bytes()

    assert "exists already" in refusal(office, "backup", str(backup))
    assert backup.read_bytes() == before


@pytest.mark.parametrize("name", ["", "/tmp"])
def test_a_folder_is_no_name_for_a_backup(office, name):
    assert "is a folder: name a new file" in refusal(office, "backup", name)


@pytest.mark.parametrize(
    ("name", "reason"), [("/nonexistent", "No such file or directory"), ("", "Is a directory")]
)
def test_a_restore_of_what_cannot_be_read_says_why(elsewhere, name, reason):
    assert f"cannot be read ({reason})" in refusal(elsewhere, "restore", name)


def test_a_restore_overwrites_no_database(office, backup):
    (office.home / "files").rename(office.home / "files-away")
    try:
        said = refusal(office, "restore", str(backup))
    finally:
        (office.home / "files-away").rename(office.home / "files")

    assert "overwrites nothing" in said
    assert len(office.stage("tickets")) == 3


def test_a_restore_overwrites_no_file(backup, elsewhere):
    (elsewhere.home / "files").mkdir()
    (elsewhere.home / "files" / "lama.pdf").write_bytes(b"lama")

    assert "not empty" in refusal(elsewhere, "restore", str(backup))


@pytest.mark.only_on("postgresql")
def test_what_an_extension_brought_is_not_in_the_way(office, backup, elsewhere, tmp_path):
    """Hosts install such things in every database, the old one as the new one."""
    for place in (office, elsewhere):
        with psycopg.connect(place.environment["LOKET_DATABASE"]) as connection:
            connection.execute("CREATE EXTENSION pg_stat_statements")
    office.command("backup", str(tmp_path / "selasa.loket"))

    elsewhere.command("restore", str(tmp_path / "selasa.loket"))

    assert elsewhere.stage("tickets") == office.stage("tickets")


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("thing", ["TABLE old (a int)", "VIEW old AS SELECT 1", "TYPE old AS ENUM ('a')"])
def test_a_restore_into_a_database_that_holds_anything_is_refused(backup, elsewhere, thing):
    with psycopg.connect(elsewhere.environment["LOKET_DATABASE"]) as connection:
        connection.execute(f"CREATE {thing}")

    assert "is not empty" in refusal(elsewhere, "restore", str(backup))


def test_a_backup_of_a_newer_program_is_refused(backup, elsewhere, tmp_path):
    def newer(name, content):
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        manifest["migrations"].append("visits.0099_teleport")
        return json.dumps(manifest).encode()

    said = refusal(elsewhere, "restore", str(repacked(backup, tmp_path / "newer", newer)))

    assert "newer Loket" in said
    assert "visits.0099_teleport" in said


def test_a_backup_before_the_upgrade_fits_the_program_that_made_the_database(tmp_path):
    """It names what was done to the database, not what this program merged of it since."""
    with migrated(tmp_path / "home") as address:
        here = Served(tmp_path / "home", address)
        merged, done = here.stage("as_before_merging"), here.stage("applied_migrations")
        here.command("backup", str(tmp_path / "senin.loket"))

    with tarfile.open(tmp_path / "senin.loket") as tar:
        manifest = json.load(tar.extractfile("manifest.json"))

    assert merged
    assert manifest["migrations"] == done


def test_another_kind_of_database_is_refused(backup, elsewhere, tmp_path):
    def foreign(name, content):
        return content if name != "manifest.json" else content.replace(b'"vendor": "', b'"vendor": "other')

    assert "LOKET_DATABASE" in refusal(elsewhere, "restore", str(repacked(backup, tmp_path / "b", foreign)))


NOTE = '{"at": "2026-01-14", "office": "3574", "rows": [["people.Visitor", 999999, "2020"]], "kept": []}\n'


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param('{"at": "2026-0', id="cut off"),
        pytest.param("\0\0\0", id="zeros"),
        pytest.param("[]", id="other"),
        pytest.param(NOTE.strip().replace("Visitor", "Chair"), id="unknown table"),
    ],
)
def test_a_journal_of_erasures_that_cannot_be_read_leaves_the_place_empty(backup, elsewhere, wrong):
    journal = elsewhere.home / "erasures.jsonl"
    journal.write_text(NOTE + wrong)

    said = refusal(elsewhere, "restore", str(backup))

    assert f"{journal} line 2 cannot be read" in said
    assert "Traceback" not in said
    journal.write_text(NOTE)
    elsewhere.command("restore", str(backup))


@pytest.mark.parametrize(
    "function",
    [
        pytest.param("shutil.copyfileobj", id="unpacking"),
        pytest.param("loket.privacy.erasing.again", id="erasing again"),
        pytest.param("shutil.move", id="moving in"),
    ],
)
def test_a_restore_that_fails_leaves_the_place_empty(office, backup, elsewhere, function):
    done = run("tests.backup.full_disk", function, "restore", str(backup), environment=elsewhere.environment)

    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "Nothing was restored" in done.stderr
    assert "No space left on device" in done.stderr
    assert [path.name for path in elsewhere.home.iterdir() if path.is_file()] == ["secret.key"]
    elsewhere.command("restore", str(backup))
    assert elsewhere.stage("tickets") == office.stage("tickets")


def test_a_disk_without_room_for_it_is_told_before_anything_is_written(backup, tmp_path, settings):
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000)

    with mock.patch("shutil.disk_usage", return_value=usage), pytest.raises(BackupRefused) as refused:
        actions._check_room(backup)

    assert "0.0 MB free: free some space, then try again" in str(refused.value)


def test_a_backup_onto_a_full_disk_leaves_nothing_there(office, tmp_path):
    file = str(tmp_path / "senin.loket")

    done = run("tests.backup.full_disk", "os.fsync", "backup", file, environment=office.environment)

    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert f"{file} cannot be written (No space left on device)" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert list(office.home.glob("unfinished-*")) == []


@pytest.mark.parametrize("table", ["base_event", "django_migrations", "sqlite_schema"])
def test_a_damaged_database_makes_no_backup(tmp_path, table):
    """Its backup could never be put back, and would stand beside the older ones as if it were one."""
    here = Served(tmp_path / "home", "sqlite")
    shutil.copytree(empty_home(), here.home)
    damage(here.home / "loket.sqlite3", table)

    said = refusal(here, "backup", str(tmp_path / "senin.loket"))

    assert "The database is damaged" in said
    assert "Keep the older backups" in said
    assert list(tmp_path.glob("senin*")) == []


def damage(database, table) -> None:
    """As a bad sector would: the first page of the table holds something else."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute(f"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as file:
        file.seek((root[0] - 1) * size if root else 100)
        file.write(b"\xff" * 200)
