"""What should be going on: the worker, mails, offices that can open."""

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from loket.base.models import Heartbeat
from loket.consultations import scanning
from loket.diagnosis.findings import Finding, fault, good, hint
from loket.offices.models import Office
from loket.offices.queries import NoCalendar, calendar_of
from loket.outbox.models import Mail
from loket.outbox.post import connect, folder

WORKER_SLOW = timedelta(seconds=20)
WORKER_LATE = timedelta(seconds=60)


def worker(at: datetime) -> Iterator[Finding]:
    age = worker_age(at)
    if age is not None and is_at_work(at):
        seconds = f"{age.total_seconds():.0f} seconds"
        # It beats every ten seconds. After a restore the last beat is that of the backup.
        if age <= WORKER_SLOW:
            yield good(f"worker: at work, last seen {seconds} ago")
        else:
            yield hint(f"worker: last seen {seconds} ago; look again in a minute whether it is at work.")
        return
    seen = "has never run" if age is None else f"was last seen {age.total_seconds() / 60:.0f} minutes ago"
    yield fault(f"worker: it {seen}; start loket serve, or loket worker where that runs apart.")


def is_at_work(at: datetime) -> bool:
    age = worker_age(at)
    return age is not None and age <= WORKER_LATE


def worker_age(at: datetime) -> timedelta | None:
    seen = Heartbeat.objects.filter(name="worker").values_list("at", flat=True).first()  # unique name
    return None if seen is None else at - seen


def mail(at: datetime) -> Iterator[Finding]:
    if settings.EMAIL_HOST:
        yield _mail_server()
    else:
        yield hint(f"mail: no LOKET_SMTP_HOST is set, so letters are only laid into {folder()}.")
    late = Mail.objects.filter(state=Mail.State.WAITING, created_at__lt=at - timedelta(hours=1))
    if waiting := late.filter(next_try_at__lt=at + timedelta(days=1)).count():
        reason = late.exclude(refusal="").order_by("-created_at", "-pk").values_list("refusal", flat=True)
        yield fault(f"mail: {waiting} letters wait for more than an hour. {reason.first() or ''}".strip())
    if failed := Mail.objects.filter(state=Mail.State.FAILED, created_at__gt=at - timedelta(days=7)).count():
        yield hint(f"mail: {failed} letters of the last seven days were refused; see Today in Manage.")


def _mail_server() -> Finding:
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with connect():
            return good(f"mail: {where} answers and lets us in")
    except (smtplib.SMTPException, OSError) as trouble:
        return fault(f"mail: {where} does not work ({trouble}); look at the settings LOKET_SMTP_... .")


def scanner(at: datetime) -> Iterator[Finding]:
    if not scanning.is_set():
        return
    try:
        scanning.ping()
    except scanning.ScannerAway as trouble:
        yield fault(
            f"scanner: {settings.CLAMD} does not answer ({trouble}), so attached files wait; look whether"
            " clamd runs and LOKET_CLAMD is right."
        )
    else:
        yield good(f"scanner: {settings.CLAMD} answers")


def offices(at: datetime) -> Iterator[Finding]:
    serving = list(Office.objects.filter(serves=True).order_by("code"))
    if not serving:
        yield fault("offices: none yet; run loket office load FILE.toml.")
    for office in serving:
        yield _calendar(office, at)


def _calendar(office: Office, at: datetime) -> Finding:
    try:
        opening = calendar_of(office).next_opening(at)
    except NoCalendar:
        return fault(f"office {office.code}: no calendar is published, so it cannot open.")
    if opening is None:
        return fault(f"office {office.code}: its calendar has no opening within a year; publish one.")
    return good(f"office {office.code}: opens next on {opening.astimezone(office.tz):%d-%m-%Y at %H.%M}")
