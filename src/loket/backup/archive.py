"""The backup file: a tar whose last member lists the others with their digests.

    database            SQLite's file or PostgreSQL's own dump format
    files/...           attachments and recordings
    manifest.json       what this is, of which version, and SHA-256 of every other member

The manifest comes last, so a file that was cut off has none.
"""

import gzip
import hashlib
import io
import json
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from loket.backup import BackupRefused

FORMAT = 1
DATABASE = "database"
FILES = "files"
MANIFEST = "manifest.json"
BLOCK = 1024 * 1024


@dataclass
class Manifest:
    format: int
    made_at: str
    vendor: str
    migrations: list[str]
    digests: dict[str, str] = field(default_factory=dict)


class _Counting:
    """Passes a file on and keeps its digest."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block


def write(target: BinaryIO, *, manifest: Manifest, database: Path, files: Path) -> None:
    """Pack the database copy and every file below `files`."""
    with tarfile.open(fileobj=target, mode="w:gz", compresslevel=3) as tar:
        _add(tar, manifest, DATABASE, database)
        for path in sorted(files.rglob("*")) if files.is_dir() else []:
            if path.is_file() and not path.is_symlink():
                _add(tar, manifest, f"{FILES}/{path.relative_to(files).as_posix()}", path)
        content = json.dumps(asdict(manifest), indent=1).encode()
        tar.addfile(_member(MANIFEST, len(content)), io.BytesIO(content))


def size(source: Path) -> int:
    """How many bytes come out of it. Refuses what cannot be read, is no backup or is cut off."""
    with _opened(source) as tar:
        return sum(member.size for member in tar)


def unpack(source: Path, into: Path) -> Manifest:
    """Unpack into an empty folder. Refuses what is no backup, is cut off, or does not match its digests.

    An OSError is about the folder: the disk may be full.
    """
    with _opened(source) as tar:
        digests = dict(_unpacked(tar, into))
    manifest = _manifest(source, into / MANIFEST)
    digests.pop(MANIFEST)
    if digests != manifest.digests:
        raise BackupRefused(f"{source} is damaged: its content does not match its own list.")
    return manifest


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        file = source.open("rb")
    except OSError as fault:
        raise BackupRefused(f"{source} cannot be read ({fault.strerror}).") from fault
    try:
        with file, tarfile.open(fileobj=file, mode="r:gz") as tar:
            yield tar
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as fault:
        raise BackupRefused(f"{source} is not a whole backup of Loket ({fault}).") from fault


def _add(tar: tarfile.TarFile, manifest: Manifest, name: str, path: Path) -> None:
    with path.open("rb") as file:
        counting = _Counting(file)
        tar.addfile(_member(name, path.stat().st_size), counting)  # type: ignore[arg-type]
    manifest.digests[name] = counting.digest.hexdigest()


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _unpacked(tar: tarfile.TarFile, into: Path) -> Iterator[tuple[str, str]]:
    for member in tar:
        name = PurePosixPath(member.name)
        # A backup may come from anywhere; nothing is ever written outside the folder.
        if not member.isreg() or name.is_absolute() or ".." in name.parts:
            raise tarfile.TarError(f"unexpected member {member.name!r}")
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        taken = tar.extractfile(member)
        counting = _Counting(taken)  # type: ignore[arg-type]
        with target.open("xb") as file:
            shutil.copyfileobj(counting, file, BLOCK)
        yield member.name, counting.digest.hexdigest()


def _manifest(source: Path, path: Path) -> Manifest:
    if not path.is_file():
        raise BackupRefused(f"{source} is not a backup of Loket, or it was cut off: it has no list.")
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["format"] > FORMAT:
            raise BackupRefused(f"{source} was made by a newer Loket; upgrade this one first.")
        return Manifest(**content)
    except (ValueError, TypeError, KeyError) as fault:
        raise BackupRefused(f"{source} is not a backup of Loket: its list cannot be read.") from fault
