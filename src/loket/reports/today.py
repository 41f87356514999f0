"""Today in the hall, for its supervisor: a handful of queries however busy the day is.

Waiting, way, service and hand-over are four different figures (CLOCKS 15):

waiting   the number taken, or the line rejoined, until the call
way       the call until the service began
service   the service's beginning until its end
hand-over from the moment a counter was free for this visitor until the service began

Visits that were set aside have several calls and starts; they count in the hand-over only. Corrected
visits stay out of all of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean, median

from loket.offices.clock import local_day
from loket.offices.models import Office, Service
from loket.outbox.models import Mail
from loket.rules.queueing import Handover, Move, State
from loket.visits.floor import Floor, Spot, Stand, floor_of
from loket.visits.models import Ticket, TicketMove

# Older left-overs are history; figures of past months do not change any more.
LEFT_OVER_DAYS = 31
MAIL_DAYS = 7
# A page, not an archive.
MOST_ROWS = 50


@dataclass(frozen=True)
class Figure:
    """One kind of time over the visits of the day, in minutes; None where nothing was measured."""

    count: int
    mean: float | None
    median: float | None
    longest: float | None


@dataclass(frozen=True)
class CounterNow:
    """A counter, who is at it, and the clock of whoever it would call next."""

    stand: Stand
    spot: Spot | None
    clock: Handover | None

    @property
    def since(self) -> datetime | None:
        """When what it does now began."""
        if self.stand.pause:
            return self.stand.pause.since
        if self.spot:
            return self.spot.started_at or self.spot.called_at
        return self.stand.opened_at


@dataclass(frozen=True)
class Line:
    """Who waits for a service, in call order."""

    service: Service
    spots: tuple[Spot, ...]
    longest: timedelta | None
    # Counters with an officer who serves it, not on a break.
    counters: int


@dataclass(frozen=True)
class Today:
    """Everything the page "Hari ini" shows."""

    floor: Floor
    counters: tuple[CounterNow, ...]
    lines: tuple[Line, ...]
    kept: int
    missed: int
    waiting: Figure
    way: Figure
    service: Figure
    handover: Figure
    served: int
    gone: int
    left_over: tuple[Ticket, ...]
    failed_mail: tuple[Mail, ...]


def today_of(office: Office, *, at: datetime) -> Today:
    """The hall of `office` at `at` (aware)."""
    floor = floor_of(office, at=at)
    measured = [spot for spot in floor.spots if not spot.corrected_at]
    aside = _set_aside(floor)
    straight = [spot for spot in measured if spot.pk not in aside]
    return Today(
        floor=floor,
        counters=tuple(_counter(floor, stand) for stand in floor.stands),
        lines=tuple(_line(floor, service) for service in floor.services.values()),
        kept=sum(spot.handover_met is True for spot in measured),
        missed=sum(spot.handover_met is False for spot in measured),
        waiting=figure(_called(spot) - spot.queued_at for spot in straight if _was_called(spot)),
        way=figure(
            spot.started_at - spot.called_at for spot in straight if spot.started_at and spot.called_at
        ),
        service=figure(
            spot.finished_at - spot.started_at for spot in straight if spot.finished_at and spot.started_at
        ),
        handover=figure(spot.handover for spot in measured if spot.handover is not None),
        served=sum(spot.state == State.SERVED for spot in floor.spots),
        gone=sum(spot.state in (State.NO_SHOW, State.CANCELLED) for spot in floor.spots),
        left_over=left_over(office, at=at),
        failed_mail=failed_mail(office, at=at),
    )


def figure(times: Iterable[timedelta]) -> Figure:
    """Mean, median and longest of some times; a clock that was set back counts as zero minutes."""
    minutes = [max(time.total_seconds(), 0.0) / 60 for time in times]
    if not minutes:
        return Figure(0, None, None, None)
    return Figure(len(minutes), mean(minutes), median(minutes), max(minutes))


def left_over(office: Office, *, at: datetime) -> tuple[Ticket, ...]:
    """What earlier days left unfinished (CLOCKS 17), the latest first; in service before unserved."""
    today = local_day(office, at)
    found = (
        Ticket.objects.filter(
            office=office,
            day__lt=today,
            day__gte=today - timedelta(days=LEFT_OVER_DAYS),
            state__in=(State.UNTIMED, State.EXPIRED),
        )
        .select_related("service", "officer", "counter")
        .order_by("-state", "-day", "number", "pk")
    )
    return tuple(found[:MOST_ROWS])


def failed_mail(office: Office, *, at: datetime) -> tuple[Mail, ...]:
    """Messages of the last days that no mail server took."""
    failed = Mail.objects.filter(
        office=office.code, state=Mail.State.FAILED, created_at__gte=at - timedelta(days=MAIL_DAYS)
    )
    return tuple(failed.order_by("-created_at", "-pk")[:MOST_ROWS])


def _set_aside(floor: Floor) -> set[int]:
    parked = TicketMove.objects.filter(
        ticket__office=floor.office,
        ticket__day=local_day(floor.office, floor.at),
        move=Move.PARK,
        undone_at=None,
    )
    return set(parked.values_list("ticket_id", flat=True))


def _was_called(spot: Spot) -> bool:
    # A visitor who rejoined the line waits again; the earlier call is not the one that counts.
    return spot.called_at is not None and spot.state != State.WAITING and spot.called_at >= spot.queued_at


def _called(spot: Spot) -> datetime:
    return spot.called_at or spot.queued_at


def _counter(floor: Floor, stand: Stand) -> CounterNow:
    spot = floor.at_counter(stand)
    waiting = floor.line(stand.service_ids) if stand.is_open and spot is None else []
    about = spot if spot and spot.state == State.CALLED else waiting[0].spot if waiting else None
    return CounterNow(stand, spot, floor.clock(about) if about else None)


def _line(floor: Floor, service: Service) -> Line:
    spots = tuple(called.spot for called in floor.line([service.pk]))
    oldest = min((spot.queued_at for spot in spots), default=None)
    open_now = sum(
        service.pk in stand.service_ids for stand in floor.stands if stand.is_open and not stand.pause
    )
    return Line(service, spots, floor.at - oldest if oldest else None, open_now)
