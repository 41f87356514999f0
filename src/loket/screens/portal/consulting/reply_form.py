from django import forms
from django.utils.translation import gettext_lazy as _

from loket.base import ids
from loket.consultations.actions.saying import LONGEST_TEXT
from loket.screens.fields import Line

MOST_FILES = 20


class ReplyForm(forms.Form):
    """A message to the officer."""

    text = Line(
        label=_("Your message"),
        max_length=LONGEST_TEXT,
        rows=4,
        error_messages={"required": _("Write a message first.")},
    )
    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, begun: dict | None = None, **options):
        super().__init__(*args, **options)
        # What was kept of it, for a page that is opened again.
        self.begun = begun or {}
        # A file alone is a message as well.
        self.fields["text"].required = not (self.is_bound and (self.tokens() or self.files))

    def tokens(self) -> list[str]:
        """Files that were uploaded before."""
        return self.data.getlist("files")[:MOST_FILES] if self.is_bound else self.begun.get("files", [])

    def draft(self) -> dict:
        """What is kept of a half-written message, whatever its shape."""
        return {"text": self.data.get("text", "")[:LONGEST_TEXT], "files": self.tokens()}

    def ask_again(self) -> None:
        """The key was used for other words: these stay as written, and the next press is a new one."""
        self.data = self.data.copy()
        self.data["key"] = ids.token()
        self.add_error(None, _("This form was sent before with other words. Send it again."))
