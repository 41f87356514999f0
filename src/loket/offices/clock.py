"""Which day and hour it is at an office."""

from datetime import date, datetime, timedelta

from loket.offices.models import Office


def local(office: Office, at: datetime) -> datetime:
    """`at` (aware) on the office's own clock."""
    return at.astimezone(office.tz)


def local_day(office: Office, at: datetime) -> date:
    """The business day of an instant: numbers, hours and reports belong to it (DESIGN D6)."""
    return local(office, at).date()


def last_day(office: Office, due: datetime) -> date:
    """The last day on which it is in time: a deadline at midnight belongs to the day that ends."""
    return local_day(office, due - timedelta(microseconds=1))


def ending(office: Office, at: datetime) -> tuple[date, str]:
    """The day and hour at which something ends, as people say it: 24.00, not 00.00 of the next day."""
    here, day = local(office, at), last_day(office, at)
    return day, f"{here:%H.%M}" if here.date() == day else "24.00"
