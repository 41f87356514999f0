"""Figures equal an independent recount from the event log, whoever counted them and when."""

from collections import Counter
from datetime import datetime, time
from time import tzset

import pytest

from loket.reports import keeping
from loket.reports.daytimes import times_of
from loket.reports.models import DayOrMonth
from loket.reports.reading import read
from loket.rules import periods
from loket.rules.tallying import by_hour, spread
from loket.visits.models import Ticket
from tests.reports.living import Year
from tests.reports.recount import Log

pytestmark = pytest.mark.django_db
TIMES = ("waiting", "way", "service", "handover")
PERIODS = [periods.parse(text) for text in ("2026", "2026-01", "2026-03", "2026-01-06..2026-04-20")]


def counted(office, period, at):
    """The report's figures in the shape of the recount."""
    tally = read([office], [period], at=at).total(period).tally
    said = {name: Counter() for name in ("count", "door", "hour", "rating", *TIMES)}
    said["door"].update(tally.get("door", {}))
    said["rating"].update(tally.get("rating", {}))
    for name, times in tally.get("times", {}).items():
        said[name].update(by_hour(times, lambda hour: 0)[0])
    for cell, hour in tally.get("hall", {}).items():
        said["hour"][int(cell.partition("-")[2])] += hour["taken"]
        for name, value in hour.items():
            said["count"].update(value if isinstance(value, dict) else {name: value})
    return said


def assert_equal(office, at):
    log = Log(office.code, office.zone)
    for period in PERIODS:
        expected = log.figures(period.first.isoformat(), period.last.isoformat())
        for name, said in counted(office, period, at).items():
            assert said == expected[name], (period.text, name)


def assert_days_equal(office):
    """The supervisor's page of each day, before the day is over for the reports."""
    log, days = Log(office.code, office.zone), set(Ticket.objects.values_list("day", flat=True))
    assert len(days) > 1
    for day in days:
        expected, told = log.figures(day.isoformat(), day.isoformat()), times_of(office, day)
        count = expected["count"]
        assert (told.kept, told.missed, told.served) == (count["kept"], count["missed"], count["served"])
        assert told.gone == count["no_show"] + count["cancelled"]
        for name in TIMES:
            times, figure = spread(expected[name]), getattr(told, name)
            assert figure.count == times.count, (day, name)
            if times.count:
                said = [each * 60 for each in (figure.mean, figure.median, figure.longest)]
                assert said == pytest.approx([times.mean, times.median, times.longest]), (day, name)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Jayapura"])
def test_a_year_with_everything_that_goes_wrong_counts_the_same_twice(zone):
    year = Year(seed=3, zone=zone)
    at = datetime.combine(year.play(), time(12), year.zone)
    log = Log("3574", zone).figures("2026-01-01", "2026-12-31")
    # The year has what it should prove.
    wanted = {"served", "corrected", "expired", "untimed", "aside", "kept", "missed", "no_show", "cancelled"}
    assert wanted - log["count"].keys() == set()

    assert_equal(year.office, at)
    assert_days_equal(year.office)

    keeping.bring_up(office=year.office, at=at)
    assert DayOrMonth.objects.filter(span="month").exists()
    assert_equal(year.office, at)


@pytest.mark.parametrize("server_zone", ["UTC", "America/New_York"])
def test_figures_are_the_same_on_every_database_and_in_every_zone_of_a_server(server_zone, monkeypatch):
    monkeypatch.setenv("TZ", server_zone)
    tzset()
    try:
        year = Year(seed=3)
        year.play(days=6)
        said = counted(year.office, periods.year(2026), year.at)
    finally:
        monkeypatch.undo()
        tzset()

    assert said["count"] == {
        "taken": 44, "served": 10, "cancelled": 9, "expired": 21, "no_show": 2, "untimed": 2, "aside": 2,
        "kept": 4, "missed": 9, "corrected": 2,
    }  # fmt: skip
    waiting, handover = spread(said["waiting"]), spread(said["handover"])
    assert (waiting.count, waiting.median, waiting.p90, waiting.longest) == (15, 1875, 4720, 6080)
    assert (handover.count, handover.median, handover.p90, handover.longest) == (13, 1530, 3105, 4510)
