"""Choosing what a report is about: the periods beside, today, this month, this year, or any days."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.reports import wording
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


class PeriodForm(forms.Form):
    """Any first and last day."""

    field_order = ("from", "to")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        wrong = {
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Write the day like 2026-11-05."),
        }
        # "from" is no name for an attribute.
        self.fields["from"] = forms.DateField(label=gettext_lazy("From"), widget=day, error_messages=wrong)
        self.fields["to"] = forms.DateField(label=gettext_lazy("To"), widget=day, error_messages=wrong)

    def clean(self):
        given = super().clean()
        if given.get("from") and given.get("to"):
            try:
                self.period = periods.parse(f"{given['from']}..{given['to']}")
            except periods.PeriodWrong:
                self.add_error("to", _("Choose a last day after the first, at most three years later."))
        return given
