"""How figures went by month, day, hour and weekday."""

from datetime import timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table
from loket.offices.clock import local_day
from loket.reports import wording
from loket.reports.charts import Chart, Point
from loket.reports.figures.hall import Hour
from loket.reports.lines import Line
from loket.reports.meanings import MEANINGS
from loket.reports.report import Ground, Section


def months(ground: Ground) -> Section | None:
    """The promise over the last twelve months, as far as it was measured in two of them."""
    halls = list(ground.months)
    measured = [(month, hall) for month, hall in halls if hall.measured]
    if len(measured) < 2:
        return None
    # Nothing is to be seen of the months before the first.
    halls = halls[halls.index(measured[0]) :]
    points = [
        Point(wording.month_short(month.first.month), hall.kept_percent, wording.number(hall.kept_percent, 1))
        for month, hall in halls
    ]
    (first, start), (last, end) = measured[0], measured[-1]
    title = _("Served within %(minutes)s minutes") % {"minutes": ground.limits.handover_minutes}
    described = _("From %(start)s in %(first)s to %(end)s in %(last)s.") % {
        "start": wording.percent(start.kept_percent), "first": wording.period_title(first),
        "end": wording.percent(end.kept_percent), "last": wording.period_title(last),
    }  # fmt: skip
    columns = [Column("month", _("Month")), *_promise_columns()]
    rows = [(wording.period_title(month), *_promise(hall)) for month, hall in halls]
    return Section(
        key="months",
        title=_("The promise of the hall, month by month"),
        meaning=str(MEANINGS["handover"]),
        table=Table(_("Months"), columns, rows),
        chart=Chart("line", f"{title}, %", described, points, most=100, unit=" %"),
        note=described,
        rows="missed",
    )


def days(ground: Ground) -> Section | None:
    """Visits of each day, for a period short enough to be drawn."""
    if not ground.days or ground.period.days == 1:
        return None
    calendar = ground.calendar
    rows, points = [], []
    for day, line in ground.days:
        skipped = calendar.why_closed(day) if calendar else None
        if skipped and not line.taken and day.weekday() > 4:
            continue
        why = skipped.name if skipped else ""
        rows.append((day, line.taken, line.served, line.kept_percent, why))
        closed = bool(skipped and not line.served)
        points.append(Point(str(day.day), line.served, wording.number(line.served), closed=closed))
    best = max(rows, key=lambda row: row[2], default=None)
    described = _("Most on %(day)s: %(count)s visits.") % {
        "day": date_format(best[0], "l j F"), "count": wording.number(best[2])
    } if best and best[2] else _("Nobody was served in this period.")  # fmt: skip
    columns = [
        Column("day", _("Day"), "day"),
        Column("taken", _("Numbers taken"), "whole"),
        Column("served", _("Served"), "whole"),
        Column("kept_percent", _("Kept, %"), "percent"),
        Column("closed", _("Closed because of")),
    ]
    return Section(
        key="days",
        title=_("Visits, day by day"),
        meaning=str(MEANINGS["visits"]),
        table=Table(_("Days"), columns, rows),
        chart=Chart("bars", _("Visits served by day"), described, points, closed=_("closed")),
        note=described,
        rows="all",
    )


def hours(ground: Ground) -> Section | None:
    """By the hour in which the number was taken."""
    by_hour = ground.now.hall.by_hour
    if not by_hour:
        return None
    rows = [(f"{hour:02d}.00–{hour:02d}.59", *_busy(each)) for hour, each in by_hour.items()]
    points = [Point(f"{hour:02d}", each.taken, wording.number(each.taken)) for hour, each in by_hour.items()]
    busiest = max(by_hour, key=lambda hour: by_hour[hour].taken)
    described = _("Most visitors come between %(from)s and %(to)s.") % {
        "from": f"{busiest:02d}.00",
        "to": f"{busiest + 1:02d}.00",
    }
    return Section(
        key="hours",
        title=_("The hours of the day"),
        meaning=str(MEANINGS["times"]),
        table=Table(_("Hours"), [Column("hour", _("Hour")), *_busy_columns()], rows),
        chart=Chart("bars", _("Numbers taken by hour"), described, points),
        note=described,
    )


def weekdays(ground: Ground) -> Section | None:
    by_weekday = ground.now.hall.by_weekday
    if len(by_weekday) < 2:
        return None
    rows = [(str(WEEKDAYS[number - 1]), *_busy(each)) for number, each in by_weekday.items()]
    points = [
        Point(str(WEEKDAYS[number - 1]), each.taken, wording.number(each.taken))
        for number, each in by_weekday.items()
    ]
    busiest = max(by_weekday, key=lambda number: by_weekday[number].taken)
    described = _("Most visitors come on %(day)s.") % {"day": WEEKDAYS[busiest - 1]}
    return Section(
        key="weekdays",
        title=_("The days of the week"),
        meaning=str(MEANINGS["times"]),
        table=Table(_("Weekdays"), [Column("weekday", _("Weekday")), *_busy_columns()], rows),
        chart=Chart("bars", _("Numbers taken by weekday"), described, points),
        note=described,
    )


def _promise_columns() -> list[Column]:
    return [
        Column("kept", _("Promise kept"), "whole"),
        Column("missed", _("Promise missed"), "whole"),
        Column("kept_percent", _("Kept, %"), "percent"),
    ]


def _promise(line: Line) -> tuple:
    return line.kept, line.missed, line.kept_percent


def _busy_columns() -> list[Column]:
    return [
        Column("taken", _("Numbers taken"), "whole"),
        Column("waiting_median", _("Waiting, median (minutes)"), "minutes"),
        Column("waiting_p90", _("Waiting, nine of ten (minutes)"), "minutes"),
        Column("kept_percent", _("Kept, %"), "percent"),
    ]


def _busy(hour: Hour) -> tuple:
    waiting = hour.times["waiting"]
    return hour.taken, span(waiting.median), span(waiting.p90), hour.kept_percent


def span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def working_days(ground: Ground) -> int | None:
    """How many days of the period the office is open, today included."""
    calendar = ground.calendar
    if calendar is None:
        return None
    today = local_day(ground.office, ground.at)
    return sum(calendar.is_working_day(day) for day in ground.period.each_day() if day <= today)
