"""How django-allauth behaves here: mails through the outbox, our own words, accounts made by our actions."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from loket.outbox import actions as outbox
from loket.people import accounts, staff
from loket.people.models import User
from loket.screens.access import SECOND_FACTORS, needs_second_factor
from loket.screens.account.browsers import browser_words

# What allauth calls showing once more who one is, by a passkey.
PASSKEY = "mfa_reauthenticate:webauthn"
_WAIT = _("Too many attempts. Wait five minutes, then try again.")


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This is not the code from the newest mail. Look again, or ask for a new code."),
        "too_many_login_attempts": _WAIT,
        "rate_limited": _WAIT,
    }

    def is_open_for_signup(self, request) -> bool:
        """allauth's own registration stays closed; a visitor's account begins with the mailed code."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """An address that cannot even be read, such as http://[, leads nowhere."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        user = User.objects.filter(email=email.lower()).first()  # unique
        with override(user.language if user else "id"):
            mail = self.render_mail(template_prefix, email, context)
        outbox.put(
            to=email,
            subject=mail.subject,
            text=mail.body.strip(),
            kind=template_prefix.rpartition("/")[2],
            at=timezone.now(),
        )

    def get_reauthentication_methods(self, user):
        """Who has a passkey and no app is asked for the passkey first: codes may never have been seen."""
        ways = super().get_reauthentication_methods(user)
        if any(way["id"] == PASSKEY for way in ways) and not _has_an_app(user):
            ways.sort(key=lambda way: way["id"] != PASSKEY)
        return ways

    def post_login(self, request, user, **kwargs):
        at = timezone.now()
        accounts.note_sign_in(
            user=user,
            email=kwargs.get("email") or "",
            session_key=request.session.session_key,
            browser=browser_words(request.headers.get("User-Agent", "")),
            at=at,
        )
        staff.note_sign_in(user=user, at=at)
        return super().post_login(request, user, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right or was used before. Wait for the next one in the app."),
        "cannot_delete_authenticator": _(
            "Your role asks for a second way to sign in. Add another one before you remove this."
        ),
        "rate_limited": _WAIT,
    }

    def can_delete_authenticator(self, authenticator) -> bool:
        if authenticator.type not in SECOND_FACTORS or not needs_second_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=SECOND_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user, type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return f"Passkey {number}"


def _has_an_app(user) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
