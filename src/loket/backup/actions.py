"""Making a backup and restoring one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from loket.backup import BackupRefused, archive, databases
from loket.backup.workplace import workplace
from loket.diagnosis.database import known_migrations
from loket.privacy import erasing


def back_up(*, to: Path, at: datetime) -> int:
    """Write everything into one new file that only its owner can read. Returns its size in bytes.

    Not in it: sessions, device tokens, the secret key, unsent letters' files, the search index.
    Refuses BackupRefused when the file exists already, and when the database is damaged.
    """
    if to.is_dir():
        raise BackupRefused(f"{to} is a folder: name a new file, such as {to / f'{at:%Y-%m-%d}.loket'}.")
    if to.exists():
        raise BackupRefused(f"{to} exists already; a backup overwrites nothing.")
    with databases.refusing_damage():
        manifest = archive.Manifest(archive.FORMAT, at.isoformat(), connection.vendor, _applied())
    unfinished = to.with_name(to.name + ".part")
    with workplace(settings.HOME) as folder:
        copy = folder / archive.DATABASE
        # The database first: every file that its copy names is written by then.
        _copy(copy)
        try:
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                archive.write(file, manifest=manifest, database=copy, files=settings.MEDIA_ROOT)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, to)
        finally:
            unfinished.unlink(missing_ok=True)
    return to.stat().st_size


def restore(*, source: Path, at: datetime) -> archive.Manifest:
    """Put a backup into an empty place and bring it up to date with this program.

    Whoever was erased since the backup was made is erased again, by the journal beside the database.
    It is all made ready aside and then moved in, so what fails leaves the place empty.

    Refuses BackupRefused for what is no backup, damaged, of another kind of database, or newer than
    this program, where anything would be overwritten, and where the disk has no room for it;
    erasing.JournalUnreadable.
    """
    _check_empty()
    erasing.noted_outside()
    _check_room(source)
    with workplace(settings.HOME) as folder:
        manifest = archive.unpack(source, folder)
        _check_fits(source, manifest)
        with _database_from(folder / archive.DATABASE):
            with _files_in(folder / archive.FILES) as unpacked:
                call_command("migrate", interactive=False, verbosity=0)
                erasing.again(at=at)
            _move(unpacked, settings.MEDIA_ROOT)
    return manifest


def _copy(target: Path) -> None:
    if connection.vendor == "sqlite":
        with databases.refusing_damage():
            databases.copy_sqlite(settings.DATABASES["default"], target)
    else:
        databases.copy_postgresql(settings.DATABASES["default"], target)


def _database_from(copy: Path):
    """Moved in at the end of the block, unless that fails."""
    if connection.vendor == "sqlite":
        return databases.from_sqlite(copy)
    return databases.from_postgresql(copy, settings.DATABASES["default"])


@contextmanager
def _files_in(folder: Path) -> Iterator[Path]:
    """What erases a file looks for it there meanwhile."""
    kept = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = folder
    try:
        yield folder
    finally:
        settings.MEDIA_ROOT = kept


def _move(unpacked: Path, files: Path) -> None:
    # One by one: the folder may be there already, also as a disk of its own.
    files.mkdir(parents=True, exist_ok=True)
    try:
        for each in unpacked.iterdir() if unpacked.is_dir() else []:
            shutil.move(each, files / each.name)
    except BaseException:
        for each in files.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        raise


def _check_empty() -> None:
    files = settings.MEDIA_ROOT
    if files.is_dir() and any(files.iterdir()):
        raise BackupRefused(f"{files} is not empty. A restore overwrites nothing: move it away first.")
    databases.check_empty()


def _check_room(source: Path) -> None:
    needed, free = archive.size(source), shutil.disk_usage(settings.HOME).free
    if needed > free:
        raise BackupRefused(
            f"{source} holds {needed / 1_000_000:.1f} MB, and the disk of {settings.HOME} has only"
            f" {free / 1_000_000:.1f} MB free: free some space, then try again."
        )


def _check_fits(source: Path, manifest: archive.Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise BackupRefused(
            f"{source} is of {manifest.vendor}, but LOKET_DATABASE says {connection.vendor}; set it to fit."
        )
    unknown = set(manifest.migrations) - _known()
    if unknown:
        raise BackupRefused(
            f"{source} was made by a newer Loket (it knows {sorted(unknown)[0]}); upgrade this one first."
        )


def _applied() -> list[str]:
    # As the database tells them: Django's loader would add merged ones that only this program knows.
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _known() -> set[str]:
    return {f"{app}.{name}" for app, name in known_migrations()}
