"""The machine: settings, folder, disk, time zones."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.checks import run_checks

from loket import owner
from loket.diagnosis.findings import Finding, fault, good, hint
from loket.offices.models import ZONES

# A day of a busy office needs a few megabytes; below this a full disk is near.
ENOUGH_BYTES = 200 * 1024 * 1024
# The database, its log, the log's index and the line of its writers.
SQLITE = ("", "-wal", "-shm", "-writers")


def settings_and_addresses(at: datetime) -> Iterator[Finding]:
    found = run_checks()
    for message in found:
        finding = fault if message.is_serious() else hint
        yield finding(f"settings: {message.msg} {message.hint or ''}".strip())
    if settings.BASE_URL_UNSET:
        yield hint(
            "settings: LOKET_BASE_URL is not set, so links in mails and QR codes open on this machine only;"
            " write the address that visitors' phones can reach."
        )
        return
    if any(message.is_serious() for message in found):
        return
    if not found:
        yield good(f"settings: the program's address is {settings.BASE_URL}")
    if urlsplit(settings.BASE_URL).hostname in ("localhost", "127.0.0.1", "::1"):
        yield hint(
            "settings: LOKET_BASE_URL names this machine only, so links in mails and QR codes open"
            " nowhere else; write the address that visitors' phones can reach."
        )


def folder(at: datetime) -> Iterator[Finding]:
    path = settings.HOME
    if not os.access(path, os.W_OK | os.X_OK):
        yield fault(
            f"folder: {path} belongs to {owner.name_of(path)} and cannot be written by this user;"
            " give it to the user that runs Loket.",
            ends_here=True,
        )
        return
    key = path / "secret.key"
    if key.exists() and key.stat().st_mode & 0o077:
        yield fault(f"folder: others can read {key}; run chmod 600 {key}.")
    elif path.stat().st_mode & 0o007:
        yield fault(f"folder: others can look into {path}; run chmod 700 {path}.")
    else:
        yield good(f"folder: {path} is ours alone")


def files(at: datetime) -> Iterator[Finding]:
    """What another user left there, most often root."""
    lost = [path for path in _what_is_written() if owner.is_lost(path, settings.HOME)]
    for path in lost:
        yield fault(
            f"files: {path} belongs to {owner.name_of(path)}, and the program cannot write it; as root run"
            f" chown -R {owner.name_of(settings.HOME)}: {settings.HOME}"
        )
    if not lost:
        yield good("files: all that is written can be")


def _what_is_written() -> Iterator[Path]:
    if file := database_file():
        yield from (path for end in SQLITE if (path := Path(f"{file}{end}")).exists())
    for name in ("erasures.jsonl", "mail"):
        if (path := settings.HOME / name).exists():
            yield path
    for folder in (settings.MEDIA_ROOT, settings.LIBRARY_INDEX):
        if folder.exists():
            yield folder
        if os.access(folder, os.R_OK | os.X_OK):
            yield from folder.iterdir()


def database_file() -> str:
    """SQLite's; PostgreSQL minds its own."""
    database = settings.DATABASES["default"]
    return database["NAME"] if database["ENGINE"].endswith("sqlite") else ""


def disk(at: datetime) -> Iterator[Finding]:
    free = free_bytes()
    words = f"disk: {free / 1_000_000_000:.1f} GB free"
    yield good(words) if free >= ENOUGH_BYTES else fault(f"{words}; make room before numbers cannot be kept.")


def free_bytes() -> int:
    return shutil.disk_usage(settings.HOME).free


def zones(at: datetime) -> Iterator[Finding]:
    try:
        here = [f"{name} {at.astimezone(ZoneInfo(zone)):%H.%M}" for zone, name in ZONES]
    except ZoneInfoNotFoundError as missing:
        yield fault(f"zones: the time zone {missing} is unknown here; install the package tzdata.")
        return
    yield good(f"zones: it is {', '.join(here)}; compare with a clock on the wall")
