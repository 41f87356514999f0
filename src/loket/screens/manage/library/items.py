"""The office's own items: which there are, and which of them visitors find."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from loket.base.text import one_line
from loket.library.actions import storing
from loket.library.models import Item, Kind
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.screens.access import staff

ITEMS_A_PAGE = 50


@require_safe
@staff(*LEAD)
def items(request: HttpRequest, office: Office) -> HttpResponse:
    found = own_items(office).order_by("title", "pk")
    words = one_line(request.GET.get("kata", "")[:400])[:100]
    if words:
        found = found.filter(title__icontains=words)
    shown = {
        "part": "library",
        "items": Paginator(found, ITEMS_A_PAGE).get_page(request.GET.get("halaman")),
        "words": words,
    }
    return render(request, "manage/library/items.html", shown)


@require_POST
@staff(*LEAD)
def publication(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Publish an item of the office, or withdraw it."""
    item = own_items(office).filter(pk=pk).first()  # the key is unique
    if item is None:
        raise Http404
    change = storing.withdraw if request.POST.get("do") == "withdraw" else storing.publish
    change(
        source=item.source,
        keys=[item.key],
        by=request.user.staff_id,
        at=timezone.now(),
        chain=office.code,
    )
    return redirect("items", office.code)


def own_items(office: Office) -> QuerySet[Item]:
    """Articles are left out: publishing one takes two people, at the desk."""
    return Item.objects.filter(office=office, scope=Item.Scope.OFFICE).exclude(kind=Kind.ARTICLE)
