"""Whether a board already shows what there is to show."""

from datetime import datetime

from django.conf import settings

from loket.live import announce


def snapshot_etag(office_code: str, *, at: datetime) -> str:
    """Changes with every move of the hall, with every minute (closing times, waiting ranges), and with
    the release, whose clips lie at other addresses.
    """
    version = announce.version(announce.hall(office_code))
    return f'"{settings.STATIC_URL.strip("/").split("/")[-1]}-{version}-{int(at.timestamp()) // 60}"'
