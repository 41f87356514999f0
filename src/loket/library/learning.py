"""What was searched for, and what became of it: the office's list of what its library lacks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from loket.library.models import SearchLog
from loket.offices.models import Office

SHOWN = 30
WINDOW = timedelta(days=90)
VISITORS = (SearchLog.Place.PORTAL, SearchLog.Place.ASK)


@dataclass(frozen=True)
class Figures:
    """Of the visitors' searches in the window.

    deflected: something was opened and no question followed ("found without asking"), in percent of all
    searches. answered_already: the question was put although the search had a confident first result, in
    percent of the questions that came from a search. None where there is nothing to divide by.
    """

    searches: int
    without_result: int
    opened: int
    asked: int
    deflected: int | None
    answered_already: int | None


@dataclass(frozen=True)
class Words:
    """One wording: how often, how often something was opened, how often a question followed."""

    words: str
    times: int
    opened: int
    questions: int


def figures(*, office: Office, at: datetime) -> Figures:
    """Of the 90 days before `at` (aware)."""
    opened = Q(rank__isnull=False)
    n = _searches(office, at).aggregate(
        searches=Count("pk"),
        without_result=Count("pk", filter=Q(results=0)),
        opened_any=Count("pk", filter=opened),
        became_question=Count("pk", filter=Q(asked=True)),
        deflected=Count("pk", filter=opened & Q(asked=False)),
        answered=Count("pk", filter=Q(asked=True, confident=True)),
    )
    return Figures(
        searches=n["searches"],
        without_result=n["without_result"],
        opened=n["opened_any"],
        asked=n["became_question"],
        deflected=_percent(n["deflected"], n["searches"]),
        answered_already=_percent(n["answered"], n["became_question"]),
    )


def most_searched(*, office: Office, at: datetime) -> list[Words]:
    return _by_words(_searches(office, at))


def in_vain(*, office: Office, at: datetime) -> list[Words]:
    """Wordings that found nothing, or nothing that fits all of their words."""
    return _by_words(_searches(office, at).filter(Q(results=0) | Q(confident=False, rank=None)))


def _searches(office: Office, at: datetime) -> QuerySet[SearchLog]:
    return SearchLog.objects.filter(office=office, at__gt=at - WINDOW, place__in=VISITORS)


def _by_words(searches: QuerySet[SearchLog]) -> list[Words]:
    rows = (
        searches.exclude(words="")
        .values("words")
        .annotate(
            times=Count("pk"),
            opened=Count("pk", filter=Q(rank__isnull=False)),
            questions=Count("pk", filter=Q(asked=True)),
        )
        .order_by("-times", "words")
    )
    return [Words(**row) for row in rows[:SHOWN]]


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
