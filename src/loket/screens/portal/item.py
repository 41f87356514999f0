"""One item of the library: what it is, where it lies, what is around it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from loket.base.links import absolute
from loket.library import editions, queries
from loket.library.articles.actions import SOURCE
from loket.library.models import Item, Kind
from loket.offices.clock import local
from loket.offices.models import Office
from loket.screens.access import office_public
from loket.screens.library import SHELVES, ask_address
from loket.screens.library_rows import row_of


@office_public
@require_safe
def item(request: HttpRequest, office: Office, item: int) -> HttpResponse:
    """What is published may be read at every office, whosever item it is."""
    shown = queries.published().filter(pk=item).select_related("office").first()  # the key is unique
    if shown is None:
        raise Http404
    if shown.kind == Kind.ARTICLE and shown.source == SOURCE and shown.office:
        return redirect("article", shown.office.code, shown.key)
    title, icon = SHELVES[shown.kind]
    context = {
        "item": shown,
        "kind_title": title,
        "kind_icon": icon,
        "is_code": shown.kind == Kind.CLASSIFICATION and bool(shown.code),
        "is_current": editions.is_current(shown.version),
        "above": queries.above(shown),
        "below": queries.below(shown),
        "elsewhere": queries.elsewhere(shown),
        "related": _related(shown, office, request.LANGUAGE_CODE),
        "address": absolute(request.path),
        "today": local(office, timezone.now()),
        "ask": ask_address(office, _words(shown)),
    }
    return render(request, "library/item.html", context)


def _related(item: Item, office: Office, language: str):
    hits = queries.related(item, office=office, language=language)
    return [row_of(hit, office, rank) for rank, hit in enumerate(hits, start=1)]


def _words(item: Item) -> str:
    """What a question about this item begins with."""
    return " ".join(part for part in (item.version, item.code, item.title) if part)[:200]
