import json
import tarfile

import pytest

from loket.backup import BackupRefused, archive
from tests.backup.packing import add, repacked


@pytest.fixture
def packed(tmp_path):
    """A small backup: a database and one attachment."""
    database, files = tmp_path / "db", tmp_path / "files"
    database.write_bytes(b"rows" * 10_000)
    (files / "3574").mkdir(parents=True)
    (files / "3574" / "jawaban.pdf").write_bytes(b"%PDF-1.7")
    target = tmp_path / "senin.loket"
    manifest = archive.Manifest(
        archive.FORMAT, "2026-01-14T09:00:00+07:00", "sqlite", ["visits.0001_initial"]
    )
    with target.open("wb") as file:
        archive.write(file, manifest=manifest, database=database, files=files)
    return target


@pytest.fixture
def into(tmp_path):
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def refusal(source, into) -> str:
    with pytest.raises(BackupRefused) as refused:
        archive.unpack(source, into)
    return str(refused.value)


def test_what_is_packed_comes_out_again(packed, into):
    manifest = archive.unpack(packed, into)

    assert manifest.migrations == ["visits.0001_initial"]
    assert (into / "database").read_bytes() == b"rows" * 10_000
    assert (into / "files" / "3574" / "jawaban.pdf").read_bytes() == b"%PDF-1.7"


@pytest.mark.parametrize("part", [0.3, 0.8])
def test_a_file_that_was_cut_off_is_refused(packed, into, tmp_path, part):
    short = tmp_path / "short"
    short.write_bytes(packed.read_bytes()[: int(packed.stat().st_size * part)])

    assert "not a whole backup" in refusal(short, into)


def test_some_other_file_is_refused(into, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear office")

    assert "not a whole backup" in refusal(letter, into)


def test_a_missing_file_is_refused(into, tmp_path):
    assert "nowhere cannot be read (No such file or directory)" in refusal(tmp_path / "nowhere", into)


def test_somebody_elses_archive_is_refused(into, tmp_path):
    with tarfile.open(tmp_path / "other", "w:gz") as tar:
        add(tar, "photos/cat.jpg", b"cat")

    assert "it has no list" in refusal(tmp_path / "other", into)


def test_a_changed_content_is_refused(packed, into, tmp_path):
    def other(name, content):
        return content[:-1] + b"!" if "jawaban" in name else content

    assert "damaged" in refusal(repacked(packed, tmp_path / "changed", other), into)


def test_a_newer_format_is_refused(packed, into, tmp_path):
    def newer(name, content):
        return json.dumps({"format": 2}).encode() if name == "manifest.json" else content

    assert "newer Loket" in refusal(repacked(packed, tmp_path / "newer", newer), into)


def test_a_list_that_cannot_be_read_is_refused(packed, into, tmp_path):
    def garbled(name, content):
        return b"{" if name == "manifest.json" else content

    assert "cannot be read" in refusal(repacked(packed, tmp_path / "garbled", garbled), into)


def test_nothing_is_written_outside_the_folder(into, tmp_path):
    with tarfile.open(tmp_path / "evil", "w:gz") as tar:
        add(tar, "../escaped", b"x")

    assert "unexpected member" in refusal(tmp_path / "evil", into)
    assert not (tmp_path / "escaped").exists()
