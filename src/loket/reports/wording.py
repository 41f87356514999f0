"""Numbers, times and days as people read them, in the language of the page."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.base.exports.columns import Column
from loket.rules.periods import Period

NOTHING = "–"


def number(value: float | None, places: int = 0) -> str:
    """1.234,5; a dash where there is nothing."""
    return NOTHING if value is None else number_format(value, places, force_grouping=True)


def minutes(seconds: float | None) -> str:
    """Minutes with one decimal below ten, else whole."""
    if seconds is None:
        return NOTHING
    value = seconds / 60
    return number(value, 1 if value < 10 and round(value, 1) != round(value) else 0)


def percent(value: float | None) -> str:
    return NOTHING if value is None else f"{number(value, 1)} %"


def cell(column: Column, value: Any) -> str:
    """A cell of a table as text."""
    if value is None or value == "":
        return NOTHING if column.kind != "text" else ""
    if isinstance(value, datetime):
        return date_format(value, "j M Y H.i")
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, timedelta):
        return number(value.total_seconds() / 60, 1)
    if column.kind == "percent":
        return number(value, 1)
    return (
        number(value, 1 if column.kind == "number" else 0) if isinstance(value, int | float) else str(value)
    )


def period_title(period: Period) -> str:
    """Desember 2025 · 2025 · 5 Desember 2025 · 5 November – 20 Desember 2025"""
    first, last = period.first, period.last
    if period.kind == "year":
        return str(first.year)
    if period.kind == "month":
        return f"{MONTHS[first.month]} {first.year}"
    if period.kind == "day":
        return date_format(first, "j F Y")
    start = date_format(first, "j F" if first.year == last.year else "j F Y")
    return f"{start} – {date_format(last, 'j F Y')}"


def short_title(period: Period) -> str:
    """The period before, in as few words as tell it."""
    return str(MONTHS[period.first.month]) if period.kind == "month" else period_title(period)


def month_short(month: int) -> str:
    return str(MONTHS_3[month]).capitalize()


def of_language(texts: Mapping[str, str]) -> str:
    """The text in the active language, of those an office wrote in both."""
    return texts["en" if get_language() == "en" else "id"]


def of_all(part: int, whole: int) -> str:
    """175 of 186"""
    return _("%(part)s of %(whole)s") % {"part": number(part), "whole": number(whole)}
