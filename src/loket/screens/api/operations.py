"""The operations of the API. Loading this loads django-ninja; only doors.py and page.py do, when asked."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from loket.base.links import absolute
from loket.library import searching
from loket.offices.clock import local
from loket.offices.models import Office
from loket.screens.api.problems import PROBLEM, problem
from loket.screens.api.shapes import HallOut, ItemOut, Minutes, OfficeOut, Problem, SearchIn, SearchOut
from loket.screens.hall import hall_of
from loket.screens.library import FIRST_YEAR, LAST_YEAR

PREFIX = "/api/v1"
REFUSALS = {404: Problem, 422: Problem, 429: Problem}

api = NinjaAPI(
    title="Loket",
    version="1",
    description="What the public pages say, for programs. Read only, without a key, nothing about persons.",
    urls_namespace="loket-api",
    docs_url=None,
    openapi_url=None,
)


class NoSuchOffice(Exception):
    """There is no office with this code, or it has no doors of its own."""


@api.exception_handler(NoSuchOffice)
def no_such_office(request: HttpRequest, refusal: Exception) -> HttpResponse:
    return problem(404, "no_such_office", _("There is no office with this code."))


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    fields = {str(error["loc"][-1]): error["msg"] for error in refusal.errors}
    return problem(422, "not_understood", _("A parameter cannot be understood."), fields=fields)


@api.get(
    "/offices",
    response={200: list[OfficeOut], 429: Problem},
    url_name="offices",
    operation_id="offices",
    tags=["offices"],
)
def offices(request: HttpRequest):
    """All offices with doors of their own, by code."""
    found = Office.objects.filter(serves=True).select_related("parent").order_by("code", "pk")
    return [
        OfficeOut(
            code=office.code,
            name=office.name,
            unit=office.unit,
            parent=office.parent.code if office.parent else None,
            time_zone=office.zone,
            address=office.address,
            page=absolute(reverse("landing", args=[office.code])),
        )
        for office in found
    ]


@api.get(
    "/{office}/hall", response={200: HallOut, **REFUSALS}, url_name="hall", operation_id="hall", tags=["hall"]
)
def hall(request: HttpRequest, office: str):
    """Is the hall open now, how many wait, and how long it would take somebody who comes now."""
    place, at = office_or_refuse(office), timezone.now()
    now = hall_of(place, at=at)
    return HallOut(
        office=place.code,
        at=local(place, at),
        open=now.is_open,
        gives_numbers=now.gives_numbers,
        closes_at=now.closes_at,
        opens_at=now.opens_at,
        waiting=now.waiting,
        wait_minutes=Minutes(low=round(now.wait.low), high=round(now.wait.high)) if now.wait else None,
    )


@api.get(
    "/library/search",
    response={200: SearchOut, **REFUSALS},
    url_name="search",
    operation_id="search",
    tags=["library"],
)
def search(request: HttpRequest, asked: Query[SearchIn]):
    """What the library has for some words, best first; as the search page of the office finds it."""
    office = office_or_refuse(asked.office)
    found = searching.search(
        office=office,
        words=asked.words,
        kinds=[asked.kind] if asked.kind else (),
        years=_years(asked),
        version=asked.version or None,
        limit=asked.limit,
        offset=asked.offset,
        language=request.LANGUAGE_CODE,
    )
    return SearchOut(
        total=found.total,
        counts=found.counts,
        confident=found.confident,
        suggestion=found.suggestion,
        notice=found.notice.text if found.notice else "",
        pending=found.pending,
        items=[_item(hit, office) for hit in found.hits],
    )


def _years(asked: SearchIn) -> tuple[int, int] | None:
    if not asked.year_from and not asked.year_to:
        return None
    years = sorted((asked.year_from or FIRST_YEAR, asked.year_to or LAST_YEAR))
    return years[0], years[1]


def _item(hit: searching.Hit, office: Office) -> ItemOut:
    return ItemOut(
        kind=hit.kind,
        title=hit.title,
        code=hit.code,
        version=hit.version,
        area=hit.area,
        years=list(hit.years) if hit.years else None,
        source=hit.address,
        page=absolute(reverse("library-item", args=[office.code, hit.item_id])),
    )


def office_or_refuse(code: str) -> Office:
    # PostgreSQL refuses to compare a text with NUL in it.
    office = Office.objects.filter(code=code.replace("\0", " "), serves=True).first()  # the code is unique
    if office is None:
        raise NoSuchOffice(code)
    return office


@cache
def views() -> dict[str, Callable[..., HttpResponse]]:
    """The view behind each operation, by its name."""
    return {pattern.name: pattern.callback for pattern in api.urls[0]}


@cache
def description() -> dict:
    """The OpenAPI document; errors have the media type of RFC 9457."""
    document = dict(api.get_openapi_schema(path_prefix=f"{PREFIX}/"))
    for path in document["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {PROBLEM: answer["content"]["application/json"]}
    return document
