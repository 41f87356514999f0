"""Offices side by side, for readers of a province or the nation: figures, never a name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Avg, Count

from loket.feedback.models import Rating
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.rules.queueing import State
from loket.visits.models import Ticket

RATINGS_DAYS = 30


@dataclass
class OfficeFigures:
    """One office: today so far, and the ratings of 30 days."""

    office: Office
    taken: int = 0
    waiting: int = 0
    served: int = 0
    kept: int = 0
    missed: int = 0
    ratings: int = 0
    score: float | None = field(default=None)

    @property
    def kept_percent(self) -> int | None:
        """Hand-overs within the promise, of all that were measured today."""
        measured = self.kept + self.missed
        return round(100 * self.kept / measured) if measured else None


def overview(offices: Sequence[Office], *, at: datetime) -> list[OfficeFigures]:
    """Two queries however many offices; each office's own business day at `at` (aware)."""
    figures = {office.pk: OfficeFigures(office) for office in offices}
    days = {office.pk: local_day(office, at) for office in offices}
    counted = (
        Ticket.objects.filter(office__in=figures, day__in=set(days.values()))
        .values_list("office_id", "day", "state", "handover_met")
        .annotate(Count("pk"))
        .order_by("office_id")
    )
    for office_id, day, state, met, count in counted:
        if day == days[office_id]:
            _add(figures[office_id], state, met, count)
    rated = (
        Rating.objects.filter(office__in=figures, at__gt=at - timedelta(days=RATINGS_DAYS))
        .values_list("office_id")
        .annotate(Count("pk"), Avg("score"))
        .order_by("office_id")
    )
    for office_id, count, score in rated:
        figures[office_id].ratings, figures[office_id].score = count, score
    return [figures[office.pk] for office in offices]


def _add(figures: OfficeFigures, state: str, met: bool | None, count: int) -> None:
    figures.taken += count
    figures.waiting += count * (state == State.WAITING)
    figures.served += count * (state == State.SERVED)
    figures.kept += count * (met is True)
    figures.missed += count * (met is False)
