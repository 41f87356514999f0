"""Forms of the consultations at the desk: shape only; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.base import ids
from loket.consultations.actions.saying import LONGEST_TEXT
from loket.rules.consulting import Kind
from loket.screens.fields import Line
from loket.screens.threads import KINDS

WRITTEN = (Kind.ANSWER, Kind.CLARIFICATION, Kind.REFERRAL, Kind.HOLDING, Kind.NOTE)


class MessageForm(forms.Form):
    """What an officer writes into a thread: `seen` is the version of the page it was written on."""

    kind = forms.ChoiceField(choices=[(kind.value, KINDS[kind]) for kind in WRITTEN])
    text = forms.CharField(
        max_length=LONGEST_TEXT,
        strip=False,
        error_messages={
            "required": _("Write the message first."),
            "max_length": _("This is longer than 20,000 characters. Attach a long text as a file."),
        },
    )
    institution = Line(max_length=200, required=False)
    address = Line(max_length=300, required=False)
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    key = forms.CharField(max_length=64, initial=ids.token)

    def clean(self) -> dict:
        values = super().clean() or {}
        if values.get("kind") == Kind.REFERRAL and not values.get("institution"):
            self.add_error("institution", _("Name the institution that has what is asked for."))
        return values

    def files_named(self) -> list[str]:
        """Tokens of files that were uploaded while writing."""
        return [token[:40] for token in self.data.getlist("files")[:20]]

    def draft(self) -> dict:
        """What is kept of a half-written message, whatever its shape."""
        written = {
            name: self.data.get(name, "")[:LONGEST_TEXT]
            for name in ("kind", "text", "institution", "address")
        }
        return written | {"files": self.files_named()}
