"""The search index follows the database; rare words of old searches are forgotten."""

from datetime import datetime
from pathlib import Path

from loket.library import logging as searches
from loket.library.importing import uploads
from loket.library.index import freshness, store
from loket.offices.models import Office


def index_due(at: datetime) -> list[str]:
    return ["index"] if freshness.behind() else []


def refresh_index(_: str, at: datetime) -> int:
    try:
        return freshness.refresh(wait=False)
    except store.Busy:
        return 0  # another process of this machine is at it


def uploads_due(at: datetime) -> list[Path]:
    return uploads.old(at=at)


def forget_upload(path: Path, at: datetime) -> None:
    path.unlink(missing_ok=True)


def words_due(at: datetime) -> list[Office]:
    offices = Office.objects.filter(serves=True).order_by("pk")
    return [office for office in offices if searches.forgettable(office=office, at=at).exists()]


def forget_words(office: Office, at: datetime) -> int:
    return searches.forget_words(office=office, at=at)
