"""Which day and hour it is at an office."""

from datetime import date, datetime

from loket.offices.models import Office


def local(office: Office, at: datetime) -> datetime:
    """`at` (aware) on the office's own clock."""
    return at.astimezone(office.tz)


def local_day(office: Office, at: datetime) -> date:
    """The business day of an instant: numbers, hours and reports belong to it (DESIGN D6)."""
    return local(office, at).date()
