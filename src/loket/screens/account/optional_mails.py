"""Stopping a mail that nobody has to get: a press on the page, or the mail program's own (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from loket.people import optional
from loket.screens.access import everybody


# A mail program posts without having seen the page. The signed address is the proof; all it can do is
# stop a mail.
@csrf_exempt
@everybody
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first; a GET changes nothing, because mail scanners follow every link."""
    try:
        found = optional.subscription_of(token)
    except optional.LinkWrong:
        raise Http404 from None
    if request.method == "POST":
        # Answered at once: RFC 8058 wants no redirect here.
        optional.stop(subscription=found, at=timezone.now())
    shown = {"mail": found.kind.label, "stopped": optional.is_stopped(found)}
    return render(request, "account/optional_mail.html", shown)
