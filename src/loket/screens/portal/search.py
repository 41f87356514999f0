"""Searching the library: the page, what is offered while somebody types, and what is counted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from loket.base import pace
from loket.library import editions, logging, suggesting
from loket.library.models import SearchLog
from loket.offices.models import Office
from loket.screens.access import office_public
from loket.screens.library import EXAMPLES, Searched, Wanted, ask_address, find, searched
from loket.screens.library_html import choices
from loket.screens.limits import client_network

LOOKS_A_MINUTE = 600
SUGGESTED = 4


@office_public
@require_safe
def search(request: HttpRequest, office: Office) -> HttpResponse:
    """The results, or before the first word what can be looked for."""
    wanted = Wanted.asked(request.GET)
    if not wanted.words:
        shown = {"examples": EXAMPLES, "ask": ask_address(office, "")}
        return render(request, "library/start.html", shown)
    found = find(office=office, wanted=wanted, language=request.LANGUAGE_CODE)
    noted = searched(found, place=SearchLog.Place.PORTAL)
    shown = {
        "found": found,
        "wanted": wanted,
        "areas": choices(found.areas, wanted.area),
        "editions": choices(editions.editions(), wanted.version),
        "searched": noted.signed(),
        "ask": ask_address(office, wanted.words, noted.token),
    }
    return render(request, "library/search.html", shown)


@office_public
@require_safe
def options(request: HttpRequest, office: Office) -> HttpResponse:
    """What is offered while somebody types, for the script of the search field."""
    wanted = Wanted.asked(request.GET)
    found = find(office=office, wanted=wanted, language=request.LANGUAGE_CODE, as_you_type=True)
    noted = searched(found, place=SearchLog.Place.PORTAL)
    shown = {
        "found": found,
        "searched": noted.signed(),
        "ask": ask_address(office, wanted.words, noted.token),
    }
    return render(request, "library/options.html", shown)


@office_public
@require_safe
def suggestions(request: HttpRequest, office: Office) -> HttpResponse:
    """What may already answer a question that is being written; nothing while nothing fits."""
    wanted = Wanted.asked(request.GET)
    found = find(office=office, wanted=wanted, language=request.LANGUAGE_CODE, limit=SUGGESTED)
    found.results.hits = suggesting.fitting(found.results, wanted.words)
    noted = searched(found, place=SearchLog.Place.ASK)
    return render(request, "library/suggestions.html", {"found": found, "searched": noted.signed()})


@office_public
@require_POST
def log(request: HttpRequest, office: Office) -> HttpResponse:
    """Somebody looked at a result, and perhaps opened a row; said by the page's script, nothing of who."""
    wait = pace.seconds_to_wait(
        door="search-log",
        who=client_network(request),
        a_minute=LOOKS_A_MINUTE,
        at=timezone.now(),
    )
    seen = Searched.read(request.POST.get("searched", ""))
    if wait or seen is None:
        return HttpResponse(status=429 if wait else 400)
    if seen.pending:
        return HttpResponse(status=204)
    logging.log_search(
        office=office,
        words=seen.words,
        total=seen.total,
        confident=seen.confident,
        place=seen.place,
        token=seen.token,
        at=timezone.now(),
    )
    item, rank = request.POST.get("item", ""), request.POST.get("rank", "")
    if item.isdecimal() and rank.isdecimal() and len(item) < 18 and len(rank) < 9:
        logging.log_opened(token=seen.token, item_id=int(item), rank=int(rank))
    return HttpResponse(status=204)
