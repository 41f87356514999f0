"""One's rights over one's own data: a copy at once, and requests to an office (UU 27/2022, 5 to 13)."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from loket.offices.models import Office
from loket.people.queries import has_confirmed_address
from loket.privacy import persons, requests
from loket.privacy.models import DataRequest
from loket.screens.access import signed_in
from loket.screens.fields import Line
from loket.screens.own_data import export_file


class WishForm(forms.Form):
    """Which office, what is asked for, and in which words."""

    office = forms.ModelChoiceField(
        label=gettext_lazy("Which office?"),
        queryset=Office.objects.filter(serves=True).order_by("name", "pk"),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose an office.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you ask for?"),
        choices=[choice for choice in DataRequest.Kind.choices if choice[0] != DataRequest.Kind.ACCESS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you ask for.")},
    )
    wish = Line(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("For instance what is wrong, and how it should read."),
        rows=4,
        required=False,
        max_length=4_000,
    )


@signed_in
def wishes(request: HttpRequest) -> HttpResponse:
    """Ask an office about one's data; earlier requests and their answers."""
    form = WishForm(request.POST or None)
    if form.is_valid():
        if not has_confirmed_address(request.user):
            form.add_error(None, _("Sign in with a code from your mail first, so that we know it is you."))
        else:
            return _receive(request, form)
    asked = DataRequest.objects.filter(user=request.user).select_related("office")
    shown = {"form": form, "requests": asked.order_by("-received_at", "-pk")[:20]}
    return render(request, "account/wishes.html", shown, status=422 if form.errors else 200)


def _receive(request: HttpRequest, form: WishForm) -> HttpResponse:
    try:
        requests.receive(
            email=request.user.email, user=request.user, proof=DataRequest.Proof.CODE,
            language=request.user.language, by="visitor", at=timezone.now(), **form.cleaned_data,
        )  # fmt: skip
    except requests.AlreadyAsked:
        messages.info(
            request, _("You have asked this already; the office answers within three times 24 hours.")
        )
    else:
        messages.success(request, _("The office has your request and answers within three times 24 hours."))
    return redirect("account-wishes")


@signed_in
@require_safe
def copy(request: HttpRequest, filetype: str) -> HttpResponse:
    """Everything kept about the person, in all offices, as a file."""
    if filetype not in ("pdf", "json") or not has_confirmed_address(request.user):
        raise Http404
    person = persons.everywhere(user=request.user)
    return export_file(
        person, office="Loket", language=request.user.language, as_pdf=filetype == "pdf", at=timezone.now()
    )
