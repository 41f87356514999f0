"""What ratings say together: response rate, distribution, reasons; from five on for everybody."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from loket.feedback.models import Rating
from loket.feedback.reasons import REASONS, SCORES
from loket.offices.models import Office
from loket.rules.queueing import State
from loket.visits.models import Ticket

# Fewer could tell who said what.
SMALLEST = 5
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Share:
    """One score or reason: how often, and its part of all in whole percent."""

    words: str
    count: int
    percent: int


@dataclass(frozen=True)
class Voices:
    """Ratings since a time. `served` are visits that ended in that time; `rated` those with a rating."""

    count: int
    mean: float | None
    served: int
    rated: int
    marked: int
    scores: list[Share]
    reasons: list[Share]

    @property
    def response_percent(self) -> int | None:
        return round(100 * self.rated / self.served) if self.served else None


def voices_of(office: Office, *, since: datetime) -> Voices:
    """A handful of queries; marked ratings count like the others."""
    given = Rating.objects.filter(office=office, at__gt=since)
    scores = dict(given.order_by("score").values_list("score").annotate(Count("pk")))
    count = sum(scores.values())
    ended = Ticket.objects.filter(office=office, state=State.SERVED, finished_at__gt=since)
    return Voices(
        count=count,
        mean=sum(score * number for score, number in scores.items()) / count if count else None,
        served=ended.count(),
        rated=ended.filter(rating__isnull=False).count(),
        marked=given.exclude(marked_at=None).count(),
        scores=[_share(str(words), scores.get(score, 0), count) for score, words in SCORES.items()],
        reasons=_reasons(given, count),
    )


def _reasons(given, count: int) -> list[Share]:
    ticked = Counter(code for reasons in given.values_list("reasons", flat=True) for code in reasons)
    return [
        _share(str(REASONS[code]), number, count) for code, number in ticked.most_common() if code in REASONS
    ]


def _share(words: str, number: int, count: int) -> Share:
    return Share(words, number, round(100 * number / count) if count else 0)


def public_summary(office: Office, *, at: datetime) -> Voices | None:
    """A year's ratings for everybody; None below five."""
    found = voices_of(office, since=at - YEAR)
    return found if found.count >= SMALLEST else None
