"""The satisfaction surveys that ran in the period: respondents, IKM and its letter."""

from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table
from loket.feedback.results import Point, within
from loket.reports.meanings import MEANINGS
from loket.reports.report import Ground, Section
from loket.rules.satisfaction import Grade


def surveys(ground: Ground) -> Section | None:
    period = ground.period
    found = within(ground.offices, first=period.first, last=period.last)
    if not found:
        return None
    return Section(
        key="surveys",
        title=_("Satisfaction survey (SKM)"),
        meaning=str(MEANINGS["surveys"]),
        table=Table(_("Surveys"), _columns(), [_row(point) for point in found]),
    )


def _row(point: Point) -> tuple:
    survey = point.period
    asked = survey.service.name if survey.service else _("All services")
    # Below ten respondents neither an index nor a letter is told.
    told = point.grade != Grade.TOO_FEW
    ikm = round(float(point.ikm), 2) if told and point.ikm is not None else None
    return (
        survey.office.code, survey.title, asked, survey.first, survey.last, point.respondents, ikm,
        point.grade if told else _("not enough yet"),
    )  # fmt: skip


def _columns() -> list[Column]:
    return [
        Column("code", _("Code"), width=10),
        Column("survey", _("Survey"), width=30),
        Column("service", _("Service"), width=24),
        Column("first", _("First day"), "day"),
        Column("last", _("Last day"), "day"),
        Column("respondents", _("Respondents"), "whole"),
        Column("ikm", _("IKM"), "number"),
        Column("grade", _("Quality"), width=14),
    ]
