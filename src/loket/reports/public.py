"""What the public is told of an office: its promises this year and how well they were kept.

Nothing here is about fewer than five people (rules/suppression.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table
from loket.consultations.queries import overdue
from loket.offices.clock import local_day
from loket.offices.limits import Limits, limits_from
from loket.offices.models import Office
from loket.reports import wording
from loket.reports.charts import Chart, Point
from loket.reports.lines import Line
from loket.reports.meanings import MEANINGS
from loket.reports.reading import read
from loket.reports.report import Figures, Section
from loket.rules import periods, suppression
from loket.rules.periods import Period


@dataclass(frozen=True)
class Promise:
    """A promise, how often it was kept in words, and what counts as kept."""

    key: str
    title: str
    value: str
    says: str
    meaning: str


@dataclass(frozen=True)
class Performance:
    period: Period
    at: datetime
    promises: Sequence[Promise]
    sections: Sequence[Section]


def performance(*, office: Office, at: datetime) -> Performance:
    """This year so far on the office's own calendar; in January the year before."""
    today = local_day(office, at)
    year = periods.year(today.year if today.month > 1 else today.year - 1)
    limits = limits_from(office.settings)
    months = [month for month in year.whole_months() if month.first <= today]
    parts = read([office], [year], at=at, in_lines=months)
    figures = Figures.of(parts.total(year))
    made = [_months({month: parts.line(month) for month in months}, limits), _purposes(figures, limits)]
    promises = _promises(figures, limits, overdue=overdue([office], at=at))
    return Performance(year, at, promises, [section for section in made if section])


def _promises(figures: Figures, limits: Limits, *, overdue: int) -> list[Promise]:
    hall, online, ratings = figures.hall.all, figures.online, figures.ratings
    return [
        _promise(
            "hall",
            _("Served within %(minutes)s minutes") % {"minutes": limits.handover_minutes},
            hall.kept,
            hall.missed,
            "handover",
        ),
        _promise(
            "online",
            _("Answered within %(days)s working days") % {"days": limits.answer_days},
            online.kept,
            # Who never answers has not kept the promise either.
            online.late + overdue,
            "promised_answers",
        ),
        _rating(ratings.mean, ratings.count),
    ]


@dataclass(frozen=True)
class _Told:
    """A share in words, and exactly where it may be told."""

    words: str
    exact: float | None = None


def _share(kept: int, missed: int) -> _Told:
    """Exact where both groups are large enough or one is nobody; else as a bound."""
    said = kept + missed
    if said < suppression.LEAST:
        return _Told(_("hidden") if said else wording.NOTHING)
    shown = suppression.counts({"kept": kept, "missed": missed})
    if shown["missed"] is not None:
        return _Told(wording.percent(100 * kept / said), 100 * kept / said)
    if kept < missed:
        bound = 100 * suppression.at_most(kept) / said
        return _Told(_("at most %(percent)s") % {"percent": wording.percent(bound)})
    bound = 100 * (said - suppression.at_most(missed)) / said
    return _Told(_("at least %(percent)s") % {"percent": wording.percent(bound)})


def _promise(key: str, title: str, kept: int, missed: int, meaning: str) -> Promise:
    said, meant = kept + missed, str(MEANINGS[meaning])
    if said < suppression.LEAST:
        return Promise(key, title, wording.NOTHING, _("Too few to tell anything yet."), meant)
    counted = _("of %(count)s") % {"count": wording.number(said)}
    return Promise(key, title, _share(kept, missed).words, counted, meant)


def _rating(mean: float | None, count: int) -> Promise:
    title, meant = _("Rating of visitors"), str(MEANINGS["ratings"])
    if mean is None or count < suppression.LEAST:
        return Promise("rating", title, wording.NOTHING, _("Too few to tell anything yet."), meant)
    said = _("%(count)s ratings") % {"count": wording.number(count)}
    return Promise("rating", title, _("%(mean)s of 5") % {"mean": wording.number(mean, 1)}, said, meant)


def _months(halls: Mapping[Period, Line], limits: Limits) -> Section | None:
    if not any(hall.measured for hall in halls.values()):
        return None
    # Nothing is to be seen of the months before the first.
    first = next(month for month, hall in halls.items() if hall.measured)
    rows, points = [], []
    for month, hall in halls.items():
        if month.first >= first.first:
            told = _share(hall.kept, hall.missed)
            rows.append(
                (wording.period_title(month), _told(suppression.total({"": hall.measured})), told.words)
            )
            points.append(
                Point(wording.month_short(month.first.month), told.exact, wording.number(told.exact, 1))
            )
    title = _("Served within %(minutes)s minutes") % {"minutes": limits.handover_minutes}
    columns = [
        Column("month", _("Month")),
        Column("measured", _("Visits measured")),
        Column("kept", _("Promise kept")),
    ]
    drawn = [point for point in points if point.value is not None]
    described = _("Share of visits in percent, month by month; the table has the figures.")
    return Section(
        key="months",
        title=_("The promise of the hall, month by month"),
        meaning=str(MEANINGS["handover"]),
        table=Table(_("Months"), columns, rows),
        chart=Chart("line", f"{title}, %", described, points, most=100, unit=" %")
        if len(drawn) > 1
        else None,
    )


def _purposes(figures: Figures, limits: Limits) -> Section | None:
    purposes = figures.hall.shares("purpose")
    if suppression.total(purposes) is None or not purposes:
        return None
    names = {purpose["code"]: purpose for purpose in limits.purposes}
    shown = suppression.counts(dict(sorted(purposes.items(), key=lambda entry: -entry[1])))
    rows = [(_name(names, code), _told(count)) for code, count in shown.items()]
    return Section(
        key="purposes",
        title=_("What visitors came for"),
        meaning=str(MEANINGS["shares"]),
        table=Table(_("Purposes"), [Column("what", _("Purpose")), Column("visits", _("Visits"))], rows),
    )


def _name(names: Mapping[str, Mapping[str, str]], code: str) -> str:
    return wording.of_language(names[code]) if code in names else _("not said")


def _told(count: int | None) -> str:
    """A hidden count is said to be hidden, not nought."""
    return _("hidden") if count is None else wording.number(count)
