"""A form that is taken once, however often it is sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.base import ids


class Once(forms.Form):
    """The key goes to the action, which gives the same key the same answer (base/replay.py)."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, **options):
        options["initial"] = {"key": ids.token()} | options.get("initial", {})
        super().__init__(*args, **options)

    def ask_again(self) -> None:
        """A new key: what was typed differs from what this form sent before."""
        self.data = self.data.copy()
        self.data["key"] = ids.token()
        self.add_error(None, _("This form was sent before with other words. Send it once more."))
