"""Making a backup and restoring one."""

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from loket.backup import BackupRefused, archive, databases
from loket.privacy import erasing


def back_up(*, to: Path, at: datetime) -> int:
    """Write everything into one new file that only its owner can read. Returns its size in bytes.

    Not in it: sessions, device tokens, the secret key, unsent letters' files, the search index.
    Refuses BackupRefused when the file exists already, and when the database is damaged.
    """
    if to.exists():
        raise BackupRefused(f"{to} exists already; a backup overwrites nothing.")
    with databases.refusing_damage():
        manifest = archive.Manifest(archive.FORMAT, at.isoformat(), connection.vendor, _applied())
    unfinished = to.with_name(to.name + ".part")
    with tempfile.TemporaryDirectory(dir=settings.HOME) as folder:
        copy = Path(folder) / archive.DATABASE
        # The database first: every file that its copy names is written by then.
        _copy(copy)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            archive.write(file, manifest=manifest, database=copy, files=settings.MEDIA_ROOT)
            file.flush()
            os.fsync(file.fileno())
    os.replace(unfinished, to)
    return to.stat().st_size


def restore(*, source: Path, at: datetime) -> archive.Manifest:
    """Put a backup into an empty place and bring it up to date with this program.

    Whoever was erased since the backup was made is erased again, by the journal beside the database.

    Refuses BackupRefused for what is no backup, damaged, of another kind of database, or newer than
    this program, and where anything would be overwritten; erasing.JournalUnreadable. Nothing is
    written then.
    """
    erasing.noted_outside()
    files = settings.MEDIA_ROOT
    if files.is_dir() and any(files.iterdir()):
        raise BackupRefused(f"{files} is not empty. A restore overwrites nothing: move it away first.")
    with tempfile.TemporaryDirectory(dir=settings.HOME) as folder:
        manifest = archive.unpack(source, Path(folder))
        _check_fits(source, manifest)
        _put_back(Path(folder) / archive.DATABASE)
        unpacked = Path(folder) / archive.FILES
        if unpacked.is_dir():
            shutil.copytree(unpacked, files, dirs_exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    erasing.again(at=at)
    return manifest


def _copy(target: Path) -> None:
    if connection.vendor == "sqlite":
        with databases.refusing_damage():
            databases.copy_sqlite(settings.DATABASES["default"], target)
    else:
        databases.copy_postgresql(settings.DATABASES["default"], target)


def _put_back(copy: Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        databases.put_back_sqlite(copy, settings.DATABASES["default"])
    else:
        databases.put_back_postgresql(copy, settings.DATABASES["default"])


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
    executor = MigrationExecutor(connection)
    return sorted(f"{app}.{name}" for app, name in executor.loader.applied_migrations)


def _known() -> set[str]:
    from django.db.migrations.loader import MigrationLoader

    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
