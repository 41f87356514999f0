from datetime import date

import pytest

from loket.rules.periods import Period, PeriodWrong, month, parse, year


@pytest.mark.parametrize(
    ("text", "kind", "days"),
    [
        ("2026", "year", 365),
        ("2028-02", "month", 29),
        ("2026-11-05", "day", 1),
        ("2026-11-05..2026-11-20", "free", 16),
    ],
)
def test_a_period_comes_from_its_text_and_gives_it_back(text, kind, days):
    period = parse(text)

    assert (period.text, period.kind, period.days) == (text, kind, days)


def test_a_month_written_as_its_days_is_the_month():
    assert parse("2026-11-01..2026-11-30").text == "2026-11"


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-13", "2026-02-30", "2026-11-05..2026-11-04", "2020-01-01..2026-01-01", "1999", "21-11",
        "9999-12", "2026-11-05..", "..2026-11-05", "xxxx", "2026-1", "٢٠٢٦",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(text):
    with pytest.raises(PeriodWrong):
        parse(text)


def test_a_month_is_compared_with_the_month_before_and_other_days_with_as_many_before():
    assert month(2026, 1).before() == month(2025, 12)
    assert year(2026).before() == year(2025)
    assert parse("2026-11-05..2026-11-20").before() == parse("2026-10-20..2026-11-04")


def test_after_is_the_other_way_round():
    assert month(2025, 12).after() == month(2026, 1)
    assert parse("2026-11-05").after() == parse("2026-11-06")


def test_only_whole_months_lie_in_a_period():
    assert parse("2026-01-15..2026-04-30").whole_months() == [month(2026, 2), month(2026, 3), month(2026, 4)]
    assert parse("2026-01-02..2026-01-31").whole_months() == []
    assert len(year(2026).whole_months()) == 12


def test_each_day_comes_once():
    period = Period(date(2026, 2, 27), date(2026, 3, 1))

    assert list(period.each_day()) == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]
