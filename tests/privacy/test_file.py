"""Erased is erased: not in the database file or its dump, not in a backup, not after a restore."""

import subprocess

import pytest

from tests.migrated import migrated, unmigrated
from tests.privacy.budi import CANARY
from tests.served import Served

pytestmark = pytest.mark.database


@pytest.fixture
def office(tmp_path):
    with migrated(tmp_path / "office") as address:
        yield Served(tmp_path / "office", address)


def files_telling(folder) -> list[str]:
    words = CANARY.encode()
    return [path.name for path in folder.rglob("*") if path.is_file() and words in path.read_bytes().lower()]


def test_nothing_is_left_in_any_file_and_an_older_backup_forgets_too(office, tmp_path):
    email = office.stage("a_person_like_no_other")
    before, after = tmp_path / "before.loket", tmp_path / "after.loket"
    office.command("backup", str(before))
    kept = office.command("privacy", "export", "3574", email).stdout

    office.command("privacy", "erase", "3574", email, "--yes")
    office.command("backup", str(after))

    assert CANARY in kept
    assert files_telling(office.home) == []
    assert words_in_restored(after, tmp_path / "new") == []
    assert words_in_restored(before, tmp_path / "old") != []
    assert words_in_restored(before, tmp_path / "again", journal=office.home / "erasures.jsonl") == []
    with pytest.raises(subprocess.CalledProcessError):
        office.command("privacy", "export", "3574", email)
    assert "3574" in office.command("audit", "verify").stdout


def words_in_restored(backup, folder, journal=None) -> list[str]:
    """Tables of the restored program that still hold a word of the person."""
    with unmigrated() as address:
        elsewhere = Served(folder, address)
        elsewhere.home.mkdir(parents=True, exist_ok=True)
        if journal:
            (elsewhere.home / journal.name).write_bytes(journal.read_bytes())
        elsewhere.command("restore", str(backup))
        return elsewhere.stage("tables_telling", words=CANARY)
