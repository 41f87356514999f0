"""What was asked for, item by item, for the yearly survey of data needs (SKD, block III); nobody is named.

Loket feeds the survey; it does not replace its site.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table, codebook
from loket.consultations.models import Consultation, DataItem
from loket.consultations.models.records import Kind
from loket.offices.clock import local
from loket.offices.models import Office


def items_of(office: Office, *, first: date, last: date) -> QuerySet[DataItem]:
    """The items of consultations asked from the first day to the last, on the office's own calendar."""
    begin = datetime.combine(first, time(), office.tz)
    end = datetime.combine(last + timedelta(days=1), time(), office.tz)
    asked = DataItem.objects.filter(
        consultation__office=office, consultation__created_at__gte=begin, consultation__created_at__lt=end
    )
    return asked.select_related("consultation").order_by("consultation__created_at", "pk")


def columns() -> list[Column]:
    return [
        Column("day", _("Day"), "day", _("When the consultation was asked.")),
        Column("door", _("Door"), meaning=_("Where it was asked."), codes=_words(Consultation.Door.choices)),
        Column("kind", _("Kind"), meaning=_("Kind of the consultation."), codes=_words(Kind.choices)),
        Column("what", _("What data"), meaning=_("The data in the officer's words."), width=44),
        Column("area", _("Area"), meaning=_("For which area.")),
        Column("year_from", _("From year"), "text", _("First year asked for; empty: not said.")),
        Column("year_to", _("To year"), "text", _("Last year asked for; empty: not said.")),
        Column("level", _("Level"), meaning=_("How fine."), codes=_words(DataItem.Level.choices)),
        Column("period", _("Period"), meaning=_("How often."), codes=_words(DataItem.Period.choices)),
        Column(
            "found",
            _("Found"),
            meaning=_("Whether it was there; empty: nobody has looked yet."),
            codes=_words(DataItem.Found.choices),
        ),
    ]


def _words(choices) -> dict[str, str]:
    return {str(code): str(words) for code, words in choices}


def items_table(office: Office, *, first: date, last: date) -> Table:
    """A stream of rows, one for each item."""
    return Table("skd", columns(), _rows(office, first, last))


def _rows(office: Office, first: date, last: date) -> Iterator[list]:
    for item in items_of(office, first=first, last=last).iterator(chunk_size=500):
        thread = item.consultation
        yield [
            local(office, thread.created_at).date(),
            thread.door,
            thread.kind,
            item.what,
            item.area,
            _year(item.year_from),
            _year(item.year_to),
            item.level,
            item.period,
            item.found,
        ]


def items_codebook() -> Table:
    return codebook(columns(), key=_("Column"), title=_("Title"), meaning=_("Meaning"), codes=_("Codes"))


def _year(year: int | None) -> str | None:
    """As a text: a spreadsheet would write 2.025."""
    return None if year is None else str(year)
