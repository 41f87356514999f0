"""Online figures equal an independent recount from the event log, whatever was set right after counting."""

from collections import Counter
from datetime import timedelta
from time import tzset

import pytest

from loket.reports import keeping
from loket.reports.models import CountedUpTo, DayOrMonth
from loket.reports.reading import read
from loket.rules import periods
from tests.reports.living_online import HalfYear
from tests.reports.recount_online import Online

pytestmark = pytest.mark.django_db
PERIODS = [periods.parse(text) for text in ("2026", "2026-01", "2026-02", "2026-01-13..2026-02-11")]
NUMBERS = ("asked", "replied", "kept", "late", "excused", "reopened", "voided")

WANTED = {*NUMBERS, "closed no_response", "closed solved", "closed merged", "complaint in_time"}


def counted(office, period, at) -> dict[str, Counter]:
    """The report's figures in the shape of the recount."""
    tally = read([office], [period], at=at).total(period).tally
    online = tally.get("online", {})
    said = {name: Counter({"": online[name]}) for name in NUMBERS if online.get(name)}
    said |= {name: Counter(online[name]) for name in ("closed", "late_days") if online.get(name)}
    return said | {name: Counter(tally[name]) for name in ("complaint", "rating") if name in tally}


def assert_equal(played: HalfYear) -> None:
    log = Online({office.code: office.zone for office in played.offices})
    for office in played.offices:
        for period in PERIODS:
            expected = dict(log.figures(office.code, period.first, period.last))
            assert counted(office, period, played.at) == expected, (office.code, period.text)


def proved(played: HalfYear) -> set[str]:
    """What happened in the half year, by its name in the figures."""
    log = Online({office.code: office.zone for office in played.offices})
    figures = (log.figures(office.code, PERIODS[0].first, PERIODS[0].last) for office in played.offices)
    return {f"{name} {what}".strip() for said in figures for name, counts in said.items() for what in counts}


@pytest.mark.parametrize(("seed", "server_zone"), [(1, "UTC"), (2, "America/New_York")])
def test_half_a_year_of_questions_and_complaints_counts_the_same_twice(seed, server_zone, monkeypatch):
    monkeypatch.setenv("TZ", server_zone)
    tzset()
    try:
        played = HalfYear(seed=seed)
        played.play(400)
        # What the nightly jobs counted in between, and what was touched since.
        assert_equal(played)

        played.at += timedelta(days=1)
        for office in played.offices:
            keeping.bring_up(office=office, at=played.at)
        assert_equal(played)

        DayOrMonth.objects.all().delete()
        CountedUpTo.objects.all().delete()
        assert_equal(played)
    finally:
        monkeypatch.undo()
        tzset()

    assert proved(played) >= WANTED
