"""The guest book's questions, the same at the kiosk and on a visitor's own phone."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from loket.base import ids
from loket.consultations.models import Kind
from loket.offices.limits import Limits, limits_from
from loket.offices.models import Office, Service
from loket.offices.queries import active_services
from loket.people.actions import NOTICE_VERSION, GuestEntry, UnknownCode, visitor_by_code
from loket.people.choices import AgeBand, Consent, InstitutionKind
from loket.rules import contact
from loket.screens.fields import Line, NameLine
from loket.screens.guest_book_fields import (
    Fields,
    checked_phone,
    optional_field,
    service_choice,
    suit_a_phone,
)
from loket.screens.scanned import code_in
from loket.visits.actions.numbering import Request
from loket.visits.choices import PriorityReason

# Where nothing was said, nothing is to be checked; an office asks nine things that may be left out.
TEXTS = (forms.CharField, forms.ChoiceField)


class NumberForm(forms.Form):
    """What a number alone needs: which line, and whether to be called earlier."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
    priority = forms.ChoiceField(
        label=_("Shall we call you earlier?"),
        help_text=_("Your word is enough; nobody asks for proof."),
        choices=[("", _("No, thank you")), *PriorityReason.choices],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, office: Office, own_device: bool = False, **options: Any):
        self.office = office
        self.limits = limits_from(office.settings)
        self.services = {service.code: service for service in active_services(office)}
        offered = tuple((service.code, service.name) for service in self.services.values())
        # Twenty fields are made once for each kind of form, not once for each visitor.
        self.base_fields = _fields(type(self), self.limits, offered, get_language() or "id", own_device)
        super().__init__(*args, **options)
        # Pressing twice is pressing once: the page carries its key from the first moment.
        self.initial.setdefault("key", ids.token())

    @classmethod
    def make_fields(cls, limits: Limits, language: str) -> dict[str, forms.Field]:
        """The fields as an office with these limits asks them."""
        return deepcopy(cls.declared_fields)

    def ask_again(self) -> None:
        """The key was used for other words: these stay as written, and the next press is a new one."""
        self.data = self.data.copy()
        self.data["key"] = ids.token()
        self.add_error(
            None,
            _(
                "A number was already taken with this form, with other words. "
                "Press the button again to take another number for what is written here."
            ),
        )

    def say_full(self) -> None:
        """The chosen line takes nobody any more today; another one does."""
        self.add_error(
            "service" if "service" in self.fields else None,
            _("All numbers of today for this service have been given. Choose another service."),
        )

    def _clean_fields(self) -> None:
        """As Django does, without the twenty bound fields that only a form shown again needs."""
        for name, field in self.fields.items():
            try:
                value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
                left_out = not value and not field.required and isinstance(field, TEXTS)
                self.cleaned_data[name] = "" if left_out else field.clean(value)
                if further := getattr(self, f"clean_{name}", None):
                    self.cleaned_data[name] = further()
            except ValidationError as fault:
                self.add_error(name, fault)

    def clean_key(self) -> str:
        return self.cleaned_data["key"] or ids.token()

    def service(self) -> Service:
        code = self.cleaned_data.get("service") or next(iter(self.services))
        return self.services[code]

    def request(self) -> Request:
        return Request(priority_reason=self.cleaned_data["priority"])

    def entry(self) -> GuestEntry | None:
        return None


class RequestForm(NumberForm):
    """What the visitor came for; asked of everybody, known or not."""

    text = Line(
        label=_("What are you looking for?"),
        help_text=_("For example: number of batik businesses by district, 2024"),
        max_length=1000,
        rows=2,
        hints={"enterkeyhint": "next"},
        error_messages={"required": _("Write in a few words what you are looking for.")},
    )
    purpose = forms.ChoiceField(
        label=_("What do you need it for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you need it for.")},
    )
    kind = forms.ChoiceField(
        label=_("It is about"),
        choices=[
            (Kind.DATA, _("Data: figures and tables")),
            (Kind.METADATA, _("Metadata: how figures are made")),
            (Kind.CLASSIFICATION, _("Classification: codes such as KBLI")),
            (Kind.UNKNOWN, _("I don't know yet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about; “I don't know yet” is fine.")},
    )

    @classmethod
    def make_fields(cls, limits: Limits, language: str) -> dict[str, forms.Field]:
        made = super().make_fields(limits, language)
        told = "en" if language == "en" else "id"
        made["purpose"].choices = [(purpose["code"], purpose[told]) for purpose in limits.purposes]
        return made

    def request(self) -> Request:
        given = self.cleaned_data
        return Request(given["purpose"], given["text"], given["kind"], given["priority"])


class GuestBookForm(RequestForm):
    """A first visit: who comes, and what they came for."""

    name = NameLine(
        label=_("Your name"),
        max_length=120,
        hints={"autocapitalize": "words", "enterkeyhint": "next"},
        error_messages={"required": _("Write the name by which the officer may greet you.")},
    )
    email = Line(
        label=_("An e-mail address that you read"),
        help_text=_("What you were given is sent there."),
        max_length=254,
        hints={"inputmode": "email", "autocapitalize": "none", "enterkeyhint": "next"},
        error_messages={"required": _("Write your e-mail address, or tick that you have none.")},
    )
    no_email = forms.BooleanField(label=_("I have no e-mail address"), required=False)
    institution_kind = forms.ChoiceField(
        label=_("You come from"),
        choices=InstitutionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where you come from; “Other, or for myself” is fine.")},
    )
    notice_version = NOTICE_VERSION
    field_order = ("name", "email", "no_email", "text", "kind", "purpose", "priority", "institution_kind")

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        # Nobody at the counter is sent away for want of an address (R2).
        if self.data.get("no_email"):
            self.fields["email"] = _left_open(self.fields["email"])

    @classmethod
    def make_fields(cls, limits: Limits, language: str) -> dict[str, forms.Field]:
        made = super().make_fields(limits, language)
        for name, presence in limits.guest_fields.items():
            if presence != "off":
                made[name] = optional_field(name, required=presence == "required")
        for consent in Consent:
            made[f"consent_{consent.value}"] = forms.BooleanField(label=consent.label, required=False)
        return made

    def more(self) -> Iterator[forms.BoundField]:
        """What this office asks besides; folded away unless something in it has to be said."""
        return (self[name] for name in self.limits.guest_fields if name in self.fields)

    def more_is_open(self) -> bool:
        asked = [name for name in self.limits.guest_fields if name in self.fields]
        return any(self.fields[name].required or name in self.errors for name in asked)

    def consents(self) -> Iterator[forms.BoundField]:
        return (self[f"consent_{consent.value}"] for consent in Consent)

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"]
        if not typed:
            return typed
        try:
            return contact.email(typed)
        except contact.NotAnAddress:
            raise forms.ValidationError(
                _("This cannot be an e-mail address. It looks like nama@surel.id, without spaces.")
            ) from None

    def clean_phone(self) -> str:
        return checked_phone(self.cleaned_data["phone"])

    def entry(self) -> GuestEntry:
        given = self.cleaned_data
        return GuestEntry(
            name=given["name"],
            email="" if given["no_email"] else given["email"],
            institution_kind=given["institution_kind"],
            language=get_language() or "id",
            consents=self._consents(),
            **{name: given.get(name, "") for name in self.limits.guest_fields},
        )

    def _consents(self) -> tuple[str, ...]:
        # A child's consent needs a parent (UU 27/2022, 25), whom we cannot ask here.
        if self.cleaned_data.get("age_band") == AgeBand.UNDER_18:
            return ()
        return tuple(
            consent.value for consent in Consent if self.cleaned_data.get(f"consent_{consent.value}")
        )


class ReturningForm(RequestForm):
    """A visitor who carries a code: only the request is asked, and nobody's data is shown.

    `may_try` is asked before a code is looked up, so that nobody can guess without end.
    """

    code = Line(
        label=_("Your personal code"),
        help_text=_(
            "It is in the mail of your last visit. Scan that, or an old ticket, "
            "or type it; small letters are fine."
        ),
        max_length=200,
        hints={"autocapitalize": "characters", "enterkeyhint": "next"},
        error_messages={"required": _("Type the code from your mail, or fill in the guest book instead.")},
    )
    field_order = ("code", "text", "purpose", "kind", "priority", "key")

    def __init__(self, *args: Any, may_try: Callable[[], bool] = lambda: True, **options: Any):
        super().__init__(*args, **options)
        self.may_try = may_try

    def clean_code(self) -> str:
        if not self.may_try():
            raise forms.ValidationError(
                _("Too many codes were tried here. Wait ten minutes, or fill in the guest book instead.")
            )
        typed = code_in(self.cleaned_data["code"], office=self.office)
        try:
            return visitor_by_code(office=self.office, code=typed).code
        except UnknownCode:
            raise forms.ValidationError(
                _("We do not know this code. Look at it once more, or fill in the guest book instead.")
            ) from None

    def entry(self) -> GuestEntry:
        return GuestEntry(name="", code=self.cleaned_data["code"], language=get_language() or "id")


@lru_cache(maxsize=512)
def _left_open(field: forms.Field) -> forms.Field:
    """The same field, which need not be filled in."""
    made = deepcopy(field)
    made.required = False
    return made


@lru_cache(maxsize=512)
def _fields(
    form: type[NumberForm],
    limits: Limits,
    services: tuple[tuple[str, str], ...],
    language: str,
    own_device: bool,
) -> Fields:
    made = form.make_fields(limits, language)
    if len(services) > 1:
        made["service"] = service_choice(services)
    if own_device:
        suit_a_phone(made)
    return Fields(made)
