"""How was the consultation? One tap after each closing; nothing ever waits for it."""

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from loket.feedback import closings
from loket.feedback.actions import LONGEST_COMMENT, AlreadyRated, NotServed, TooLate
from loket.feedback.actions.judging import origin_of
from loket.feedback.reasons import SCORES
from loket.offices.models import Office
from loket.screens.access import office_account, worked_here
from loket.screens.fields import Line
from loket.screens.portal.consulting.mine import mine_or_404


class RateForm(forms.Form):
    score = forms.TypedChoiceField(coerce=int, choices=list(SCORES.items()))
    comment = Line(
        label=gettext_lazy("Anything to add?"),
        help_text=gettext_lazy("Please do not write names or numbers of persons."),
        required=False,
        max_length=LONGEST_COMMENT,
        rows=2,
    )


@require_POST
@office_account
def ratings(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    found = mine_or_404(request.user, token)
    form = RateForm(request.POST)
    if worked_here(request, office):
        messages.warning(request, _("Nobody rates the office they work at."))
    elif not form.is_valid():
        messages.warning(request, _("Choose one of the five answers."))
    else:
        _rate(request, found, form)
    return redirect("consultation", office_code=found.office.code, token=token)


def _rate(request: HttpRequest, found, form: RateForm) -> None:
    """Keep the tap; what comes too late or twice leaves the first as it is."""
    at = timezone.now()
    origin = origin_of(get_adapter().get_client_ip(request), at=at)
    try:
        closings.rate_closing(consultation=found, **form.cleaned_data, at=at, origin=origin)
    except AlreadyRated:
        messages.info(request, _("You have rated this closing already. A rating counts once."))
    except (NotServed, TooLate):
        messages.warning(request, _("This consultation cannot be rated now."))
    else:
        messages.success(request, _("Thank you. Your rating is kept without your name."))
