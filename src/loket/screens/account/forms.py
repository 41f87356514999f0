"""allauth's forms in our words, and the form that accepts an invitation."""

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

CODE = {"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "characters"}
DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric"}
_TYPE_IT = {"required": _("Type the code.")}


class AddressForm(RequestLoginCodeForm):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn"}),
        error_messages={
            "required": _("Type your e-mail address."),
            "invalid": _("Type a full address, such as nama@surel.id."),
        },
    )


class CodeForm(ConfirmLoginCodeForm):
    code = forms.CharField(
        label=_("Code from the mail"), widget=forms.TextInput(attrs=CODE), error_messages=_TYPE_IT
    )


class SecondCodeForm(AuthenticateForm):
    code = forms.CharField(
        label=_("Code from your app, or a recovery code"),
        widget=forms.TextInput(attrs=DIGITS),
        error_messages=_TYPE_IT,
    )


class AgainForm(ReauthenticateForm):
    code = forms.CharField(
        label=_("Code from your app, or a recovery code"),
        widget=forms.TextInput(attrs=DIGITS),
        error_messages=_TYPE_IT,
    )


class AppForm(ActivateTOTPForm):
    code = forms.CharField(
        label=_("The code your app shows now"),
        widget=forms.TextInput(attrs=DIGITS),
        error_messages=_TYPE_IT,
    )


class PasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name of this passkey"),
        help_text=_("So that you recognise it later, e.g. the computer it is kept on."),
        required=False,
        max_length=60,
    )
    # Every key added here signs in by itself: it asks for finger, face or PIN.
    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput, initial=True)


class AcceptForm(forms.Form):
    name = forms.CharField(
        label=_("Your name, as colleagues see it"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name.")},
    )
