"""The published service standard and the privacy notice, as pages."""

from itertools import accumulate

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from loket.offices.limits import limits_from
from loket.offices.models import Office, Standard
from loket.people.actions import NOTICE_VERSION
from loket.privacy import inventory, keeping
from loket.screens.access import office_public


@office_public
def standard(request: HttpRequest, office: Office) -> HttpResponse:
    published = newest_standard(office)
    if published is None:
        raise Http404
    return render(
        request,
        "portal/standard.html",
        {
            "standard": published,
            "procedure": _numbered_on(published.content["procedure"]),
            "times": [published.content["time"][door] for door in ("hall", "online")],
            "limits": limits_from(office.settings),
        },
    )


@office_public
def privacy(request: HttpRequest, office: Office) -> HttpResponse:
    """What is kept, why, and how long, from the declarations of the rooms; consents store the version."""
    kept = [(entry, keeping.words(entry.kept)) for entry in inventory.told()]
    shown = {"limits": limits_from(office.settings), "version": NOTICE_VERSION, "kept": kept}
    return render(request, "portal/privacy.html", shown)


def _numbered_on(procedure: list[dict]) -> list[dict]:
    """The steps of each door with the number of the first: the decree counts on from door to door."""
    starts = accumulate((len(way["steps"]) for way in procedure), initial=1)
    return [way | {"start": start} for way, start in zip(procedure, starts, strict=False)]


def newest_standard(office: Office) -> Standard | None:
    return office.standards.order_by("-version").first()
