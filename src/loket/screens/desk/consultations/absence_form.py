"""When an officer is away."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.people.models import User


class AbsenceForm(forms.Form):
    """Both days included."""

    officer = forms.ChoiceField(label=_("Officer"))
    first = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, people: Sequence[User], **options):
        super().__init__(*args, **options)
        self.people = {str(person.pk): person for person in people}
        self.fields["officer"].choices = [(key, person.name) for key, person in self.people.items()]

    def clean_officer(self) -> User:
        return self.people[self.cleaned_data["officer"]]

    def clean(self) -> dict:
        values = super().clean() or {}
        if values.get("first") and values.get("last") and values["last"] < values["first"]:
            raise forms.ValidationError(_("The last day comes before the first."))
        return values
