"""Coming in: the invitation, the sign-in, and where it leads."""

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core.ratelimit import consume
from allauth.mfa.adapter import get_adapter
from allauth.mfa.signals import authenticator_removed
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.base.text import one_line
from loket.people import accounts, staff
from loket.people.access import DESK, Workplace, areas_of, workplaces
from loket.people.links import reader_of
from loket.people.models import User
from loket.screens.access import SECOND_FACTOR, everybody, signed_in
from loket.screens.account.adapter import Adapter, SecondFactorAdapter
from loket.screens.account.forms import AcceptForm


class SignIn(RequestLoginCodeView):
    """An address is enough, for staff and visitors; the answer is the same whether it is known or not."""

    def get_initial(self) -> dict:
        """An invitation names the address; a link in a mail knows whom it was written to."""
        reader = reader_of(self.request.GET.get("next", ""), at=timezone.now())
        return {"email": reader.email if reader else self.request.GET.get("email", "")}

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        # One commit for the known and the unknown, so that they also take the same time.
        form._user = form._user or accounts.begin(
            email=form.cleaned_data["email"], language=get_language() or "id", at=timezone.now()
        )
        return super().form_valid(form)


class ConfirmCode(ConfirmLoginCodeView):
    """The code from the mail; asking for another one counts like asking for the first."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        address = self._process.state.get("email", "").lower()
        if self._action == "resend" and not consume(request, action="request_login_code", key=address):
            messages.error(request, Adapter.error_messages["rate_limited"])
            return redirect(request.get_full_path())
        return super().post(request, *args, **kwargs)


class RemovePasskey(RemoveWebAuthnView):
    """allauth asks only before the app is removed whether the role lets the last way go."""

    def form_valid(self, form) -> HttpResponse:
        # Who removes two at once from two windows waits here, and then has one left.
        User.objects.select_for_update().get(pk=self.request.user.pk)
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, SecondFactorAdapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


@receiver(authenticator_removed)
def ask_again(request: HttpRequest, **_) -> None:
    """What screens.access remembers of this session may not hold any more."""
    request.session.pop(SECOND_FACTOR, None)


sign_in = everybody(SignIn.as_view())
confirm_code = everybody(ConfirmCode.as_view())
remove_passkey = signed_in(transaction.atomic(RemovePasskey.as_view()))


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Where a sign-in lands: at the desk, at the choice between several, or, for visitors, at their page."""
    choices = [Choice(place) for place in workplaces(request.user)]
    areas = areas_of(request.user) if choices else []
    if len(choices) == 1 and not areas:
        return redirect(choices[0].path)
    if choices:
        return render(request, "account/home.html", {"places": choices, "areas": areas})
    return redirect("account-own")


class Choice:
    """One workplace as the page offers it."""

    def __init__(self, place: Workplace):
        self.office = place.office
        self.path = f"/{place.office.code}/{'petugas' if place.roles.intersection(DESK) else 'kelola'}/"
        self.words = ", ".join(str(role.label) for role in sorted(place.roles))


@everybody
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept to work at an office; then sign in with a code to the same address."""
    found = staff.open_invitation(token, at=timezone.now())
    if found is None:
        raise Http404
    form = AcceptForm(request.POST or None, initial={"name": found.name})
    if form.is_valid():
        staff.accept(invitation=found, name=one_line(form.cleaned_data["name"]), at=timezone.now())
        messages.success(
            request,
            _("Welcome to %(office)s. Sign in now; the code comes by mail.") % {"office": found.office.name},
        )
        return redirect(f"{reverse('account_login')}?email={found.email}")
    shown = {"invitation": found, "form": form}
    return render(request, "account/invitation.html", shown, status=422 if form.errors else 200)
