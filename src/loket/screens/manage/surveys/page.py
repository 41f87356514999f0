"""What the page of a survey shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import localize

from loket.base.links import absolute
from loket.feedback import exporting
from loket.feedback.elements import ELEMENTS
from loket.feedback.models import FollowUp, Period, Response
from loket.feedback.results import ElementResult, GroupResult, Point, Results, results_of, trend_of
from loket.rules.satisfaction import EXACT
from loket.screens.manage.surveys.forms import ReportForm


@dataclass(frozen=True)
class ElementRow:
    """One element with the length of its bar, from 0 to 100."""

    result: ElementResult
    name: str
    bar: int
    weak: bool


@dataclass(frozen=True)
class GroupRow:
    result: GroupResult
    name: str
    bar: int


@dataclass(frozen=True)
class Weak:
    """One of the three weakest, and what the office will do about it."""

    result: ElementResult
    name: str
    plan: FollowUp | None


def _weight(found: Results) -> str:
    """1/9 where nothing is rounded, else the decimals that the office chose, as its readers write them."""
    return found.weight_value if found.weight == EXACT else localize(Decimal(found.weight))


def page(period: Period) -> dict[str, Any]:
    found = results_of(period)
    return {
        "part": "surveys",
        "period": period,
        "results": found,
        "weight": _weight(found),
        "grade_words": exporting.grade_words(found.grade),
        "elements": [_row(each, found) for each in found.elements],
        "weak": _weak(period, found),
        "groups": _groups(found),
        "channels": [(exporting.channel_words()[name], count) for name, count in found.channels.items()],
        "trend": [(point, _length(point)) for point in trend_of(period)],
        "reports": period.reports.order_by("-number"),
        "report_form": ReportForm(),
        "address": absolute(reverse("survey", args=[period.office.code, period.token])),
    }


def _row(each: ElementResult, found: Results) -> ElementRow:
    return ElementRow(each, ELEMENTS[each.key].name, _of_scale(each.nrr), each.key in found.weakest)


def _of_scale(nrr: str | None) -> int:
    """From the left end (1) to the right end (4) of the scale, in percent."""
    return 0 if nrr is None else round((Decimal(nrr) - 1) * 100 / 3)


def _length(point: Point) -> int:
    return 0 if point.ikm is None else max(round((point.ikm - 25) * 100 / 75), 0)


def _weak(period: Period, found: Results) -> list[Weak]:
    plans = {each.key: each for each in period.follow_ups.all()}
    by_key = {each.key: each for each in found.elements}
    return [Weak(by_key[key], ELEMENTS[key].name, plans.get(key)) for key in found.weakest]


def _groups(found: Results) -> list[tuple[str, list[GroupRow]]]:
    titles = exporting.group_titles()
    most = max((each.respondents for each in found.groups), default=1)
    return [
        (
            title,
            [
                GroupRow(each, exporting.group_words(by, each.code), round(each.respondents * 100 / most))
                for each in found.groups
                if each.by == by
            ],
        )
        for by, title in titles.items()
    ]


@dataclass(frozen=True)
class ResponseRow:
    """One response with its answers as U1 to U9."""

    response: Response
    channel: str
    answers: list[tuple[str, int | None]]


def response_rows(period: Period, responses: Iterable[Response]) -> list[ResponseRow]:
    words = exporting.channel_words()
    return [
        ResponseRow(
            each,
            words[each.channel],
            [(f"U{place}", getattr(each, key)) for place, key in enumerate(period.keys, start=1)],
        )
        for each in responses
    ]
