"""What somebody with an account tells of themselves: the guest book's questions, none of them a must."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.people.accounts import TOLD, Told, agreed, tell
from loket.people.actions import NOTICE_VERSION
from loket.people.choices import Consent, InstitutionKind, OptionalMail
from loket.people.models import Profile, User
from loket.people.optional import STAFF_MAILS, declined, may_decline
from loket.screens.access import signed_in
from loket.screens.fields import NameLine
from loket.screens.guest_book_fields import AUTOFILL, OPTIONAL_CHOICES, checked_phone, optional_field

LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]


class ProfileForm(forms.Form):
    """Only the name is asked for; every consent is a box of its own and none is ticked beforehand."""

    name = NameLine(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("How the officers greet you."),
        max_length=120,
        hints={"autocomplete": "name", "autocapitalize": "words"},
        error_messages={"required": gettext_lazy("Write the name by which the officer may greet you.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of pages and mails"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    institution_kind = forms.ChoiceField(
        label=gettext_lazy("You come from"),
        choices=[("", gettext_lazy("Choose")), *InstitutionKind.choices],
        required=False,
    )

    def __init__(self, *args: Any, is_staff: bool, **options: Any):
        super().__init__(*args, **options)
        self.is_staff = is_staff
        for name in TOLD:
            if name not in self.fields:
                self.fields[name] = _folded(name)
        for consent in Consent:
            self.fields[f"consent_{consent.value}"] = forms.BooleanField(label=consent.label, required=False)
        for kind in self._mails():
            self.fields[f"mail_{kind.value}"] = forms.BooleanField(label=kind.label, required=False)

    def _mails(self) -> list[OptionalMail]:
        return sorted(STAFF_MAILS) if self.is_staff else []

    def mails(self) -> list[forms.BoundField]:
        return [self[f"mail_{kind.value}"] for kind in self._mails()]

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ("institution_kind", *TOLD[:-1])]

    def consents(self) -> list[forms.BoundField]:
        return [self[f"consent_{consent.value}"] for consent in Consent]

    def clean_phone(self) -> str:
        return checked_phone(self.cleaned_data["phone"])

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(
            name=given["name"],
            language=given["language"],
            facts={name: given[name] for name in TOLD},
            consents=[consent.value for consent in Consent if given[f"consent_{consent.value}"]],
            mails=[kind for kind in self._mails() if given[f"mail_{kind.value}"]] if self.is_staff else None,
        )


def _folded(name: str) -> forms.Field:
    """A list as the browser's own wheel: one line a question."""
    field = optional_field(name, required=False)
    if name in OPTIONAL_CHOICES:
        field.widget = forms.Select(choices=[("", gettext_lazy("Choose")), *field.choices])
    elif name in AUTOFILL:
        field.widget.attrs["autocomplete"] = AUTOFILL[name]
    return field


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, initial=_now(request.user), is_staff=may_decline(request.user))
    if form.is_valid():
        told = form.told()
        tell(user=request.user, told=told, at=timezone.now())
        with translation.override(told.language):
            messages.success(request, _("Your profile is kept."))
        return _speaking(told.language, redirect("account-profile"))
    shown = {"form": form, "version": NOTICE_VERSION}
    return render(request, "account/profile.html", shown, status=422 if form.errors else 200)


def _now(user: User) -> dict[str, Any]:
    kept = Profile.objects.filter(user=user).first()  # one by constraint
    facts = {name: getattr(kept, name) for name in TOLD} if kept else {}
    ticks = {f"consent_{purpose}": True for purpose in agreed(user)}
    refused = declined(user)
    mails = {f"mail_{kind.value}": kind.value not in refused for kind in STAFF_MAILS}
    return {"name": user.name, "language": user.language, **facts, **ticks, **mails}


def _speaking(language: str, response: HttpResponse) -> HttpResponse:
    """This browser follows the person's language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )  # fmt: skip
    return response
