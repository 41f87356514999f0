"""Fields that several forms share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loket.base.text import many_lines, one_line, says_something


class Line(forms.CharField):
    """One line of text without unseen marks; `rows` makes it a paragraph.

    Cleaned before it is checked: what is empty without them counts as not filled in.
    """

    def __init__(self, *, rows: int = 0, hints: dict[str, str] | None = None, **options: Any):
        # The next person at this screen must not be offered what this one typed.
        attrs = {"autocomplete": "off", "spellcheck": "false", **(hints or {})}
        if rows:
            options["widget"] = forms.Textarea(attrs=attrs | {"rows": rows})
        else:
            options["widget"] = forms.TextInput(attrs=attrs)
        self.clean_text = many_lines if rows else one_line
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        return self.clean_text(super().to_python(value))


class NameLine(Line):
    """What somebody is called by: at least one letter or digit of whatever script."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not says_something(value):
            raise ValidationError(_("Write a name with at least one letter or digit."))


class Day(forms.DateInput):
    """A day to choose, sent as 2026-11-05 in every language."""

    input_type = "date"

    def __init__(self, **options: Any):
        super().__init__(format="%Y-%m-%d", **options)


FIRST_YEAR, LAST_YEAR = 2000, 2100


def of_our_time(day: date) -> None:
    """Refuses a slip of the pen in the year, which would also be beyond what clocks and databases hold."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_("Check the year: it lies between 2000 and 2100."))
