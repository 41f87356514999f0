"""A list that was sent waits here between its preview and the yes to it, a day at most."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from loket.base import ids
from loket.offices.models import Office

KEPT_FOR = timedelta(days=1)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "imports"


def keep(*, office: Office, content: bytes) -> str:
    """Returns the token by which it is found again, by the same office only."""
    token = ids.token()
    path = _folder() / office.code / token
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(content)
    return token


def kept(*, office: Office, token: str) -> bytes | None:
    """What was sent; None when it is gone or belongs to another office."""
    path = _folder() / office.code / token
    # A token is a name, never a way through folders.
    if Path(token).name != token or token in ("", ".", "..") or "\0" in token or not path.is_file():
        return None
    return path.read_bytes()


def drop(*, office: Office, token: str) -> None:
    if kept(office=office, token=token) is not None:
        (_folder() / office.code / token).unlink(missing_ok=True)


def old(*, at: datetime) -> list[Path]:
    """Lists nobody said yes to within a day."""
    before = (at - KEPT_FOR).timestamp()
    return [path for path in _folder().glob("*/*") if path.is_file() and path.stat().st_mtime < before]
