"""Whether a board already shows what there is to show."""

from datetime import datetime

from django.conf import settings

from loket.live import announce


def snapshot_etag(office_code: str, *, at: datetime) -> str:
    return etag_of(announce.version(announce.hall(office_code)), at=at)


def etag_of(version: int, *, at: datetime) -> str:
    """Changes with every move of the hall, with every minute (closing times, waiting ranges), and with
    the release, whose clips lie at other addresses.
    """
    release = settings.STATIC_URL.strip("/").rpartition("/")[2]
    return f'"{release}-{version}-{int(at.timestamp()) // 60}"'
