"""Forms of the desk, except the note's (note_form.py)."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.base.text import one_line
from loket.offices.clock import local
from loket.offices.models import Office


class BreakForm(forms.Form):
    """A pause: announced or not, why, and when the officer is back."""

    announced = forms.BooleanField(required=False, initial=True)
    reason = forms.CharField(max_length=100, required=False)
    back_at = forms.TimeField(
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"invalid": _("Write the time of your return like 10.30, or leave it empty.")},
    )

    def __init__(self, *args, office: Office, at: datetime, **options):
        super().__init__(*args, **options)
        self.now = local(office, at)

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])

    def clean_back_at(self) -> datetime | None:
        """The instant of the return (aware), today on the office's own clock."""
        time = self.cleaned_data["back_at"]
        if time is None:
            return None
        back = self.now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
        if back <= self.now:
            raise forms.ValidationError(
                _("The time of your return has passed already. Write a later one, or leave it empty.")
            )
        return back
