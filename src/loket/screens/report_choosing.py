"""Choosing what a report is about: the periods beside, today, this month, this year."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from loket.reports import files, wording
from loket.rules import periods
from loket.rules.periods import Period


@dataclass(frozen=True)
class Choices:
    """Periods one tap away."""

    before: Period
    before_title: str
    after: Period | None
    after_title: str
    usual: list[tuple[str, Period, bool]]
    # As which files it can be taken along.
    forms: tuple[str, ...] = tuple(sorted(files.TYPES))


def choices(period: Period, *, today: date) -> Choices:
    before, after = period.before(), period.after()
    usual = [
        (_("Today"), Period(today, today)),
        (_("This month"), periods.month(today.year, today.month)),
        (_("This year"), periods.year(today.year)),
    ]
    return Choices(
        before=before,
        before_title=wording.period_title(before),
        after=after if after.first <= today else None,
        after_title=wording.period_title(after),
        usual=[(title, each, each == period) for title, each in usual],
    )
