"""Offices side by side, in the order of their codes: a comparison, not a ranking."""

from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table
from loket.offices.models import Office
from loket.reports.figures import online_of, ratings_of
from loket.reports.lines import line_of
from loket.reports.meanings import MEANINGS
from loket.reports.reading import Total
from loket.reports.report import Ground, Section
from loket.reports.sections.when import span


def offices(ground: Ground) -> Section | None:
    if ground.is_one:
        return None
    totals = ground.parts.by_office(ground.period)
    ordered = sorted(ground.offices, key=lambda office: office.code)
    rows = [_row(office, totals.get(office.pk, Total())) for office in ordered]
    return Section(
        key="offices",
        title=_("The offices side by side"),
        meaning=f"{MEANINGS['handover']} {MEANINGS['answers']}",
        table=Table(_("Offices"), _columns(), rows),
        note=_("In the order of their codes. Each office is measured by its own promise."),
    )


def _row(office: Office, total: Total) -> tuple:
    hall, online = line_of(total.tally), online_of(total.tally)
    return (
        office.code,
        office.short_name,
        hall.served,
        hall.kept_percent,
        span(total.times.median("waiting")),
        online.answered,
        online.kept_percent,
        ratings_of(total.tally).mean,
        total.persons,
    )


def _columns() -> list[Column]:
    return [
        Column("code", _("Code"), width=10),
        Column("office", _("Office"), width=36),
        Column("served", _("Served"), "whole"),
        Column("kept_percent", _("Kept, %"), "percent"),
        Column("waiting_median", _("Waiting, median (minutes)"), "minutes"),
        Column("answered", _("Answered"), "whole"),
        Column("answered_percent", _("Answered on time, %"), "percent"),
        Column("rating", _("Rating"), "number"),
        Column("persons", _("Different persons"), "whole"),
    ]
