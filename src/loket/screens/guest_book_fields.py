"""The fields of the guest book's forms, made once for each kind of form an office asks with."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.people.choices import AgeBand, Education, Occupation, Sex
from loket.rules import contact
from loket.screens.fields import Line

# What a visitor's own phone may fill in by itself; a screen in the hall may not.
LONG_LIST = 5
AUTOFILL = {"name": "name", "email": "email", "phone": "tel", "institution": "organization"}
OPTIONAL_CHOICES = {
    "sex": (_("Sex"), Sex),
    "age_band": (_("Age"), AgeBand),
    "education": (_("Education"), Education),
    "occupation": (_("Occupation"), Occupation),
}
OPTIONAL_TEXTS = {
    "phone": (_("Phone number"), 24, {"inputmode": "tel"}),
    "institution": (_("Name of the institution"), 120, {"autocapitalize": "words"}),
    "assistance": (_("Help you need"), 200, {}),
}


class Fields(dict[str, forms.Field]):
    """Fields that all forms of a kind share: whoever needs one otherwise puts a copy in its place."""

    def __deepcopy__(self, memo: Any) -> dict[str, forms.Field]:
        return dict(self)


def suit_a_phone(fields: dict[str, forms.Field]) -> None:
    _fold_long_lists(fields.values())
    for name in AUTOFILL.keys() & fields.keys():
        fields[name].widget.attrs["autocomplete"] = AUTOFILL[name]


def _fold_long_lists(fields: Iterable[forms.Field]) -> None:
    """Long lists become the phone's own wheel; in the hall they stay tiles, one tap each."""
    for field in fields:
        if isinstance(field.widget, forms.RadioSelect) and len(field.choices) > LONG_LIST:
            field.widget = forms.Select(choices=[("", _("Choose")), *field.choices])
            field.widget.is_required = field.required


def service_choice(services: tuple[tuple[str, str], ...]) -> forms.Field:
    return forms.ChoiceField(
        label=_("Which service?"),
        choices=services,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the service you came for.")},
    )


def optional_field(name: str, *, required: bool) -> forms.Field:
    if name in OPTIONAL_CHOICES:
        label, choices = OPTIONAL_CHOICES[name]
        return forms.ChoiceField(
            label=label,
            choices=choices.choices,
            widget=forms.RadioSelect,
            required=required,
            error_messages={"required": _("Please choose one.")},
        )
    label, longest, hints = OPTIONAL_TEXTS[name]
    return Line(
        label=label,
        max_length=longest,
        required=required,
        hints=hints,
        error_messages={"required": _("Please fill this in.")},
    )


def checked_phone(typed: str) -> str:
    """The number as it is stored, or empty."""
    try:
        return contact.phone(typed) if typed else typed
    except contact.NotANumber:
        raise forms.ValidationError(
            _("This cannot be a phone number. It looks like 0812 3456 7890.")
        ) from None
