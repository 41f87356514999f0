"""Coming in: the invitation, the sign-in, and where it leads."""

from allauth.account.views import RequestLoginCodeView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loket.base.text import one_line
from loket.people import staff
from loket.people.access import DESK, Workplace, workplaces
from loket.screens.access import everybody
from loket.screens.account.forms import AcceptForm


class SignIn(RequestLoginCodeView):
    """An address is enough; the answer is the same whether it is known or not."""

    def get_initial(self) -> dict:
        return {"email": self.request.GET.get("email", "")}


sign_in = everybody(SignIn.as_view())


@everybody
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Where a sign-in lands: at the desk of one's office, or at the choice between several."""
    choices = [Choice(place) for place in workplaces(request.user)]
    if len(choices) == 1:
        return redirect(choices[0].path)
    return render(request, "account/home.html", {"places": choices})


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
