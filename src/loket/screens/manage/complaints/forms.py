from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.feedback.actions.complaints import LONGEST_TEXT
from loket.feedback.models import Complaint
from loket.feedback.queries_complaints import class_words, may_read, staff_of
from loket.offices.models import Office
from loket.people.models import User
from loket.screens.complaint_form import ComplaintForm, WithFiles
from loket.screens.fields import Day, Line, of_our_time

DOORS = [
    (Complaint.Door.BOX, Complaint.Door.BOX.label),
    (Complaint.Door.EMAIL, Complaint.Door.EMAIL.label),
    (Complaint.Door.PHONE, Complaint.Door.PHONE.label),
    (Complaint.Door.COUNTER, Complaint.Door.COUNTER.label),
]


class EnterForm(ComplaintForm):
    """A complaint that came on paper, by mail, by phone or at the counter."""

    door = forms.ChoiceField(label=_("How did it come?"), choices=DOORS, widget=forms.RadioSelect)
    received_on = forms.DateField(
        label=_("When was it received?"),
        help_text=_("The deadlines count from this day."),
        validators=[of_our_time],
        widget=Day,
    )
    field_order = ["door", "received_on", *ComplaintForm.field_order]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        happened, received = values.get("happened_on"), values.get("received_on")
        if happened and received and happened > received:
            self.add_error("happened_on", _("It cannot have happened after it was received."))
        return values

    def received_at(self, office: Office, now: datetime) -> datetime:
        """The morning of that day on the office's clock; today it is now."""
        day = self.cleaned_data["received_on"]
        morning = datetime.combine(day, time(), office.tz)
        return now if day == now.astimezone(office.tz).date() else morning


class WriteForm(WithFiles):
    """What is written at a complaint, and what is sent along."""

    text = Line(
        label=_("Your words"),
        help_text=_("The complainant reads everything but notes."),
        rows=5,
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Fill this in first.")},
    )
    field_order = ["text", "files"]


class StepForm(WriteForm):
    """One press at a complaint; which fields it needs depends on the step."""

    step = forms.ChoiceField(
        choices=[
            (name, name)
            for name in (
                "verify", "start", "answer", "ask", "note", "resolve", "forward", "duplicate", "resume",
                "decide", "about", "restrict",
            )
        ]
    )  # fmt: skip
    version = forms.IntegerField(min_value=1)
    to = Line(required=False, max_length=200)
    category = forms.CharField(required=False, max_length=30)
    handler = forms.IntegerField(required=False)
    original = Line(required=False, max_length=20)
    people = forms.MultipleChoiceField(required=False)

    NEEDS = {
        "answer": ["text"],
        "ask": ["text"],
        "note": ["text"],
        "resolve": ["text"],
        "decide": ["text"],
        "forward": ["to", "text"],
        "verify": ["handler"],
        "duplicate": ["original"],
        "about": ["people"],
    }

    SENDS_FILES = frozenset({"answer", "ask", "note", "resolve", "decide"})

    def __init__(self, *args, complaint: Complaint, **options):
        super().__init__(*args, **options)
        self.fields["text"].required = "text" in self.NEEDS.get(self.data.get("step", ""), [])
        self.complaint = complaint
        self.staff = staff_of(complaint.office)
        self.fields["people"].choices = [(str(user.pk), user.name) for user in self.staff]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        for name in self.NEEDS.get(values.get("step", ""), []):
            if not values.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in first."))
        if values.get("step") == "verify" and values.get("handler") and self.chosen("handler") is None:
            self.add_error("handler", _("Choose somebody of the staff."))
        if values.get("files") and values.get("step") not in self.SENDS_FILES:
            self.add_error(
                "files", _("This step sends no files. Send them with an answer, a question or a note.")
            )
        if values.get("category") and values["category"] not in class_words(self.complaint.office):
            self.add_error("category", _("Choose one of the classes."))
        return values

    def chosen(self, name: str):
        """The person with this key among the staff; None where there is none."""
        return next((user for user in self.staff if user.pk == self.cleaned_data[name]), None)

    def chosen_people(self) -> list:
        return [user for user in self.staff if str(user.pk) in self.cleaned_data["people"]]


def handlers_of(complaint: Complaint) -> list:
    """Who may be given it."""
    return [user for user in staff_of(complaint.office) if may_read(user, complaint)]


class ReadersForm(forms.Form):
    readers = forms.ModelMultipleChoiceField(
        label=_("Who reads confidential complaints?"),
        help_text=_("Nobody else, and never whom it is about. Without a name the administrators do."),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, office: Office, **options):
        super().__init__(*args, **options)
        people = [user.pk for user in staff_of(office)]
        self.fields["readers"].queryset = User.objects.filter(pk__in=people).order_by("name", "pk")
