"""Where the bytes of attachments lie: below LOKET_HOME/files, under names that say nothing."""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


class TooLarge(Exception):
    """More bytes than a file may have; args: how many are allowed."""


@dataclass(frozen=True)
class Stored:
    """A file that is whole on the disk, though no row names it yet."""

    stored_as: str
    size: int
    sha256: str


# Whose files they are; the sweep after crashes knows those of consultations only.
OURS = "attachments"


def folder(below: str = OURS) -> Path:
    return settings.MEDIA_ROOT / below


def path_of(stored_as: str, *, below: str = OURS) -> Path:
    """Spread over folders, so that none grows too large to list."""
    return folder(below) / stored_as[:2] / stored_as


def store(blocks: Iterable[bytes], *, most: int, below: str = OURS) -> Stored:
    """Write the blocks to a new file, at most that many bytes. Refuses TooLarge and leaves nothing.

    A power cut leaves the whole file or none that a row could name.
    """
    name = secrets.token_hex(24)
    path = path_of(name, below=below)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        size, digest = _write(path, blocks, most)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Stored(name, size, digest)


def _write(path: Path, blocks: Iterable[bytes], most: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for block in blocks:
            size += len(block)
            if size > most:
                raise TooLarge(most)
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def remove(stored_as: str, *, below: str = OURS) -> None:
    path_of(stored_as, below=below).unlink(missing_ok=True)


def older_than(moment: datetime, *, below: str = OURS) -> Iterator[str]:
    """Names of files last written before the moment (aware), for the sweep after crashes."""
    if not folder(below).is_dir():
        return
    for part in sorted(folder(below).iterdir()):
        for path in sorted(part.iterdir()) if part.is_dir() else ():
            if path.stat().st_mtime < moment.timestamp():
                yield path.name
