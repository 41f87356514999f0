"""What we store about an account and until when; and ending it."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.consultations.actions.leaving import end_account
from loket.people import accounts, choices
from loket.people.actions import NOTICE_VERSION
from loket.people.models import Consent
from loket.screens.access import signed_in


class ErasureForm(forms.Form):
    """The address is typed once more: nobody ends an account by a slip of the finger."""

    email = forms.EmailField(
        label=gettext_lazy("Type your e-mail address to confirm"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Type the e-mail address of this account.")},
    )

    def __init__(self, *args, address: str, **options):
        super().__init__(*args, **options)
        self.address = address

    def clean_email(self) -> str:
        if self.cleaned_data["email"].lower() != self.address:
            raise forms.ValidationError(_("This is not the address of this account."))
        return self.address


@signed_in
def data(request: HttpRequest) -> HttpResponse:
    """Everything kept, in words, with what was agreed to and what was taken back."""
    given = Consent.objects.filter(user=request.user).order_by("-at", "-pk")
    words = [(choices.Consent(consent.purpose).label, consent) for consent in given]
    return render(request, "account/data.html", {"consents": words, "version": NOTICE_VERSION})


@signed_in
def erasure(request: HttpRequest) -> HttpResponse:
    form = ErasureForm(request.POST or None, address=request.user.email)
    if form.is_valid():
        try:
            end_account(user=request.user, at=timezone.now())
        except accounts.StillStaff:
            form.add_error(
                None, _("You still work at an office. Ask its administrator to withdraw you first.")
            )
        else:
            logout(request)
            messages.success(request, _("Your account has ended and your data are gone. Thank you."))
            return redirect("offices")
    return render(request, "account/erasure.html", {"form": form}, status=422 if form.errors else 200)
