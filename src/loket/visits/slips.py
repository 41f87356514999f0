"""The ticket as paper from a printer at the end of a cable; the kiosk's own browser prints HTML."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.base.escpos import Paper
from loket.base.links import absolute
from loket.offices.clock import local
from loket.visits.models import Ticket


def slip(ticket: Ticket, *, width: int, ahead: int | None, at: datetime) -> bytes:
    """Number, place in line at `at`, and the way to follow it; `width` in millimetres, 80 or 58."""
    office = ticket.office
    taken = local(office, ticket.taken_at)
    paper = Paper(width)
    paper.line(office.short_name, bold=True).line(office.unit).space()
    paper.line(_("Queue number")).line(ticket.label, size=5 if width == 80 else 4, bold=True).space()
    if ahead is not None:
        paper.line(_place(ahead), bold=True)
    paper.line(ticket.service.name).space()
    paper.qr(absolute(f"/{office.code}/antrean/{ticket.token}/"), module=6 if width == 80 else 5)
    paper.line(_("Scan to follow it on your phone. Listen for your number, then the counter.")).space()
    if ticket.visit.visitor:
        paper.line(_("Your personal code: %(code)s") % {"code": ticket.visit.visitor.code})
    paper.line(f"{date_format(taken, 'j F Y')}, {taken:%H.%M} {office.zone_name}")
    return paper.line(_("Free of charge")).cut()


def _place(ahead: int) -> str:
    if ahead == 0:
        return _("You are next")
    return ngettext("%(n)s person ahead of you", "%(n)s people ahead of you", ahead) % {"n": ahead}
