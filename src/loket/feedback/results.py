"""What a survey found: index, IKM and letter, by element and by group, with the rule that made them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from loket.feedback.elements import ELEMENTS, KEYS
from loket.feedback.models import Period, Response
from loket.offices.models import Office
from loket.people.choices import AgeBand, Education, Occupation, Sex
from loket.rules.satisfaction import Element, Satisfaction, Weight, sample_target, two_decimals

GROUPS = {"sex": Sex, "age_band": AgeBand, "education": Education, "occupation": Occupation}
# Fewer than this in a group, and somebody could tell who answered what.
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class ElementResult:
    """One element: U1 to U9, its mean and its weighted mean as printed, and who left it out."""

    number: str
    key: str
    name: str
    nrr: str | None
    weighted: str | None
    # Its mean x 25, rounded, with the letter that a whole service would have.
    ikm: str | None
    answered: int
    missing: int


@dataclass(frozen=True)
class GroupResult:
    """Respondents of one kind; without figures below five."""

    by: str
    code: str
    respondents: int
    ikm: str | None
    grade: str


@dataclass(frozen=True)
class Results:
    """All that a report says. Numbers are texts as printed, so that a stored report never changes."""

    respondents: int
    marked: int
    weight: str
    weight_value: str
    index: str | None
    index_exact: str | None
    ikm: str | None
    grade: str
    population: int | None
    target: int | None
    elements: list[ElementResult]
    weakest: list[str]
    groups: list[GroupResult]
    channels: dict[str, int]
    plans: list[dict[str, str]]
    # What a stored report adds: the periods before it, and the questions as they were asked.
    trend: list[list[str]] = field(default_factory=list)
    questions: list[dict[str, str]] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def from_dict(figures: dict[str, Any]) -> Results:
    """A stored report's figures."""
    elements = [ElementResult(**each) for each in figures["elements"]]
    groups = [GroupResult(**each) for each in figures["groups"]]
    return Results(**figures | {"elements": elements, "groups": groups})


def report_of(period: Period) -> dict[str, Any]:
    """All that a report keeps, so that nothing in it changes afterwards."""
    trend = [
        [each.period.title, str(each.respondents), "" if each.ikm is None else str(each.ikm), each.grade]
        for each in trend_of(period)
    ]
    return results_of(period).to_dict() | {"trend": trend, "questions": period.questions}


def results_of(period: Period) -> Results:
    """The figures of a period as they are now: a handful of queries however many answers."""
    found = satisfaction_of(period.responses.all(), period)
    return Results(
        respondents=found.respondents,
        marked=period.responses.exclude(marked_at=None).count(),
        weight=period.weight,
        weight_value=str(found.weight.of(len(period.keys))),
        index=_printed(found.index),
        index_exact=None if found.index is None else str(found.index),
        ikm=None if found.ikm is None else str(found.ikm),
        grade=str(found.grade),
        population=period.population,
        target=sample_target(period.population) if period.population else None,
        elements=[_element(period, found, place) for place in range(len(period.keys))],
        weakest=[period.keys[place] for place in found.weakest()],
        groups=list(_groups(period)),
        channels=_channels(period),
        plans=_plans(period),
    )


def satisfaction_of(responses: QuerySet[Response], period: Period) -> Satisfaction:
    """One query over the responses, in the period's order of elements and under its weight."""
    wanted = _sums(period.keys)
    row = responses.aggregate(Count("pk"), **wanted)
    return _satisfaction(row, period)


def _sums(keys: Iterable[str]) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    for key in keys:
        wanted |= {f"{key}_sum": Sum(key), f"{key}_count": Count(key)}
    return wanted


def _satisfaction(row: dict[str, Any], period: Period) -> Satisfaction:
    elements = tuple(Element(row[f"{key}_sum"] or 0, row[f"{key}_count"]) for key in period.keys)
    return Satisfaction(row["pk__count"], elements, Weight(period.weight))


def _printed(value) -> str | None:
    return None if value is None else str(two_decimals(value))


def _element(period: Period, found: Satisfaction, place: int) -> ElementResult:
    key, element = period.keys[place], found.elements[place]
    mean = element.nrr
    weight = found.weight.of(len(period.keys))
    return ElementResult(
        number=f"U{place + 1}",
        key=key,
        name=ELEMENTS[key].names["id"],
        nrr=_printed(mean),
        weighted=None if mean is None else _printed(mean * weight),
        ikm=None if mean is None else str(two_decimals(mean * 25)),
        answered=element.answered,
        missing=found.missing()[place],
    )


def _groups(period: Period) -> Iterable[GroupResult]:
    for by, choices in GROUPS.items():
        wanted = _sums(period.keys)
        rows = period.responses.order_by(by).values(by).annotate(Count("pk"), **wanted)
        known = {row[by]: row for row in rows}
        for code in ["", *choices.values]:
            if code in known:
                yield _group(by, code, _satisfaction(known[code], period))


def _group(by: str, code: str, found: Satisfaction) -> GroupResult:
    told = found.respondents >= SMALLEST_GROUP and found.ikm is not None
    return GroupResult(by, code, found.respondents, str(found.ikm) if told else None, str(found.grade))


def _channels(period: Period) -> dict[str, int]:
    counted = period.responses.order_by("channel").values_list("channel").annotate(Count("pk"))
    return dict(counted)


def _plans(period: Period) -> list[dict[str, str]]:
    return [
        {
            "key": each.key,
            "plan": each.plan,
            "due": each.due.isoformat() if each.due else "",
            "responsible": each.responsible,
        }
        for each in period.follow_ups.order_by("pk")
    ]


@dataclass(frozen=True)
class Point:
    """One period in the trend."""

    period: Period
    respondents: int
    ikm: Decimal | None
    grade: str


def trend_of(period: Period, *, most: int = 8) -> list[Point]:
    """The periods of the same service up to this one, oldest first; one query for all figures."""
    same = Period.objects.filter(office=period.office, service=period.service, first__lte=period.first)
    return list(reversed(_points(same, most)))


def recent_of(office: Office, *, most: int = 50) -> list[Point]:
    """All surveys of an office with their figures, the newest first; one query."""
    return _points(Period.objects.filter(office=office), most)


def within(offices: Sequence[Office], *, first: date, last: date, most: int = 1000) -> list[Point]:
    """The surveys of these offices that ran on a day from `first` to `last`; one query, by office and day."""
    ran = Period.objects.filter(office__in=offices, first__lte=last, last__gte=first)
    return sorted(_points(ran, most), key=lambda each: (each.period.office.code, each.period.first))


def _points(periods: QuerySet[Period], most: int) -> list[Point]:
    wanted: dict[str, Any] = {}
    for key in KEYS:
        wanted |= {f"{key}_sum": Sum(f"responses__{key}"), f"{key}_count": Count(f"responses__{key}")}
    found = (
        periods.select_related("office", "service")
        .annotate(pk__count=Count("responses"), **wanted)
        .order_by("-first", "-pk")[:most]
    )
    figures = [(each, _satisfaction(vars(each), each)) for each in found]
    return [Point(each, sat.respondents, sat.ikm, str(sat.grade)) for each, sat in figures]
