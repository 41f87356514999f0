"""Choosing any days for a report."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.rules import periods
from loket.screens.fields import Day


class PeriodForm(forms.Form):
    """Any first and last day."""

    field_order = ("from", "to")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wrong = {
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Write the day like 2026-11-05."),
        }
        # "from" is no name for an attribute.
        self.fields["from"] = forms.DateField(label=gettext_lazy("From"), widget=Day, error_messages=wrong)
        self.fields["to"] = forms.DateField(label=gettext_lazy("To"), widget=Day, error_messages=wrong)

    def clean(self):
        given = super().clean()
        if given.get("from") and given.get("to"):
            try:
                self.period = periods.parse(f"{given['from']}..{given['to']}")
            except periods.PeriodWrong:
                self.add_error("to", _("Choose a last day after the first, at most three years later."))
        return given
