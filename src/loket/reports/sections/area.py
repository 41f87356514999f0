"""Offices side by side, in the order of their codes: a comparison, not a ranking."""

from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table
from loket.reports.meanings import MEANINGS
from loket.reports.reading import Total
from loket.reports.report import Figures, Ground, Section
from loket.reports.sections.when import span


def offices(ground: Ground) -> Section | None:
    if ground.is_one:
        return None
    totals = ground.parts.by_office(ground.period)
    figures = [(office, Figures.of(totals.get(office.pk, Total()))) for office in ground.offices]
    rows = [
        (
            office.code,
            office.short_name,
            each.hall.all.served,
            each.hall.all.kept_percent,
            span(each.hall.all.times["waiting"].median),
            each.online.answered,
            each.online.kept_percent,
            each.ratings.mean,
            each.total.persons,
        )
        for office, each in sorted(figures, key=lambda entry: entry[0].code)
    ]
    return Section(
        key="offices",
        title=_("The offices side by side"),
        meaning=f"{MEANINGS['handover']} {MEANINGS['answers']}",
        table=Table(_("Offices"), _columns(), rows),
        note=_("In the order of their codes. Each office is measured by its own promise."),
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
