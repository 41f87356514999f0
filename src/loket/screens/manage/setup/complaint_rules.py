"""Until when the office answers complaints, and its classes with a deadline of their own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loket.base import ids
from loket.offices.limits import Limits
from loket.screens.fields import Line

MOST_CLASSES = 8
# UU 25/2009: 14 days to the first answer, 60 to the decision.
LONGEST_RESPONSE, LONGEST = 14, 60


class ComplaintRulesForm(forms.Form):
    """Deadlines in calendar days; below them the classes, one a line, in working days."""

    complaint_response_days = forms.IntegerField(
        label=_("Calendar days until the first answer"),
        help_text=_("The law allows 14 at most. Counts for complaints that come from now on."),
        min_value=1,
        max_value=LONGEST_RESPONSE,
    )
    complaint_decision_days = forms.IntegerField(
        label=_("Calendar days until the decision"),
        help_text=_("The law allows 60 at most, counted from the day on which the complaint is complete."),
        min_value=1,
        max_value=LONGEST,
    )
    complaint_objection_days = forms.IntegerField(
        label=_("Calendar days in which a decision can be objected to"),
        help_text=_("Afterwards the decision is final. 0: until the end of the same day."),
        min_value=0,
        max_value=LONGEST,
    )

    def __init__(self, *args, classes: list[dict[str, Any]], **options):
        super().__init__(*args, **options)
        self.known = classes
        self.classes: list[dict[str, Any]] = []
        # A line keeps the code of its class, so both must be of the same state of the list.
        codes = " ".join(each["code"] for each in classes)
        self.fields["codes"] = forms.CharField(required=False, initial=codes, widget=forms.HiddenInput)
        for place in range(max(MOST_CLASSES, len(classes))):
            self._add_line(place, classes[place] if place < len(classes) else {})

    def _add_line(self, place: int, now: dict[str, Any]) -> None:
        for language, label in (("id", _("In Indonesian")), ("en", _("In English"))):
            self.fields[f"{language}_{place}"] = Line(
                label=label, max_length=60, required=False, initial=now.get(language, "")
            )
        self.fields[f"days_{place}"] = forms.IntegerField(
            label=_("Working days"), min_value=1, max_value=LONGEST, required=False, initial=now.get("days")
        )

    def clean_codes(self) -> str:
        if self.cleaned_data["codes"] != self.fields["codes"].initial:
            raise ValidationError(_("Somebody changed the classes meanwhile. Load the page again."))
        return self.cleaned_data["codes"]

    @property
    def deadlines(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("complaint_")]

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        return [[self[f"{name}_{place}"] for name in ("id", "en", "days")] for place in self._places()]

    def _places(self) -> range:
        return range(max(MOST_CLASSES, len(self.known)))

    def clean_complaint_decision_days(self) -> int:
        days = self.cleaned_data["complaint_decision_days"]
        if days < self.cleaned_data.get("complaint_response_days", 0):
            raise ValidationError(_("The decision cannot be due before the first answer."))
        return days

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for place in self._places():
            line = {name: values.get(f"{name}_{place}") for name in ("id", "en", "days")}
            missing = [name for name, value in line.items() if not value]
            if not missing:
                # The code stays with its line: earlier complaints keep their class when it is reworded.
                code = self.known[place]["code"] if place < len(self.known) else ids.code(6).lower()
                self.classes.append({"code": code} | line)
            elif len(missing) < len(line) and not any(f"{name}_{place}" in self.errors for name in line):
                self.add_error(f"{missing[0]}_{place}", _("Fill in the whole line, or empty it."))
        return values

    @staticmethod
    def initial_of(limits: Limits) -> dict[str, Any]:
        return limits.to_dict()

    def changes(self) -> dict[str, Any]:
        days = {name: self.cleaned_data[name] for name in self.fields if name.startswith("complaint_")}
        return days | {"complaint_classes": self.classes}
