"""The browsers in which one is signed in, and ending them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.people.accounts import end_sign_ins, sign_ins_of
from loket.screens.access import signed_in


@signed_in
def sign_ins(request: HttpRequest) -> HttpResponse:
    found = sign_ins_of(request.user, at=timezone.now())
    shown = {"sign_ins": found, "this_one": request.session.session_key}
    return render(request, "account/sign_ins.html", shown)


@require_POST
@signed_in
def ends(request: HttpRequest) -> HttpResponse:
    """End one other sign-in, or all but this one; somebody else's is not found among them."""
    chosen = request.POST.get("sign_in", "")
    only = int(chosen) if chosen.isdecimal() and len(chosen) < 18 else None
    if chosen and only is None:
        return redirect("account-sign-ins")
    if end_sign_ins(user=request.user, keep=request.session.session_key, only=only):
        messages.success(request, _("Signed out there. Whoever sits at it has to sign in again."))
    return redirect("account-sign-ins")
