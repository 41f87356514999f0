"""The way to one's own data from the mail that answered a request: signed, good for three days."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loket.offices.models import Office
from loket.privacy import letters
from loket.privacy.models import DataRequest
from loket.screens.access import office_public
from loket.screens.own_data import export_file, person_of


@office_public
@never_cache
@require_safe
def own_data(request: HttpRequest, office: Office) -> HttpResponse:
    """Offers the file as PDF and JSON; gives it when one of them is asked for."""
    token = request.GET.get("kunci", "")
    asked = DataRequest.objects.filter(
        pk=letters.asked_by(token), office=office, kind=DataRequest.Kind.ACCESS, state=DataRequest.State.DONE
    ).first()  # the key is unique
    if asked is None:
        raise Http404
    wanted = request.GET.get("berkas", "")
    if wanted in ("pdf", "json"):
        return export_file(
            person_of(asked),
            office=office.name,
            language=asked.language,
            as_pdf=wanted == "pdf",
            at=timezone.now(),
        )
    return render(request, "portal/own_data.html", {"token": token})
