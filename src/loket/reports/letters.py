"""The month's figures by mail, to those who lead the office and asked for it (office setting report_mail)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.base import events
from loket.offices.clock import local_day
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.outbox import actions as outbox
from loket.people.choices import OptionalMail
from loket.people.links import link_to
from loket.people.models import Role, User
from loket.people.optional import stop_address, without_declined
from loket.reports import making
from loket.reports.making import Report
from loket.rules import periods
from loket.rules.periods import Period

# A month that was over when the office began to ask for it is not sent any more after this day.
LAST_DAY = 10


def month_due(*, office: Office, at: datetime) -> Period | None:
    """The month before, in the first days of a month, until everybody who leads the office has it."""
    today = local_day(office, at)
    if limits_from(office.settings).report_mail != "monthly" or today.day > LAST_DAY:
        return None
    month = periods.month(today.year, today.month).before()
    return (
        month
        if any(not outbox.stored(key=_key(office, month, reader)) for reader in _readers(office))
        else None
    )


@transaction.atomic
def send(*, office: Office, month: Period, at: datetime) -> int:
    """Put the month's figures into the outbox, once for each supervisor. Returns how many."""
    events.hold(office.code)
    report = making.make(office=office, offices=[office], period=month, at=at)
    readers = _readers(office)
    for reader in readers:
        stop = stop_address(OptionalMail.REPORT, reader)
        with override("id"):
            subject, text = _words(report, reader, stop, at)
        outbox.put(
            to=reader.email, subject=subject, text=text, kind="report.month", office=office.code, at=at,
            key=_key(office, month, reader), stop_at=stop,
        )  # fmt: skip
    return len(readers)


def _readers(office: Office) -> list[User]:
    leads = User.objects.filter(memberships__office=office, memberships__role=Role.SUPERVISOR, is_active=True)
    return list(without_declined(leads.distinct().order_by("pk"), OptionalMail.REPORT))


def _key(office: Office, month: Period, reader: User) -> str:
    return f"report:{office.code}:{month.text}:{reader.pk}"


def _words(report: Report, reader: User, stop: str, at: datetime) -> tuple[str, str]:
    office = report.office
    lines = [[f"- {card.label}: {card.value}", card.unit, f"({card.before})"] for card in report.cards]
    figures = "\n".join(" ".join(part for part in line if part) for line in lines)
    words = {
        "office": office.short_name,
        "period": report.title,
        "summary": report.summary,
        "figures": figures,
        "link": link_to(f"/{office.code}/kelola/laporan/{report.period.text}/", reader=reader, at=at),
        "stop": stop,
    }
    subject = _("Report of %(office)s, %(period)s") % words
    text = (
        _(
            "%(summary)s\n\n%(figures)s\n\nThe whole report, to print and to take along:\n%(link)s\n\n"
            "To get it no more:\n%(stop)s"
        )
        % words
    )
    return subject, text
