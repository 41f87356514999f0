"""Today in the hall, for its supervisor: a handful of queries however busy the day is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from loket.base import sql
from loket.offices.clock import local_day
from loket.offices.models import Office, Service
from loket.outbox.models import Mail
from loket.reports.daytimes import DayTimes, times_of
from loket.rules.queueing import Handover, State
from loket.visits.floor import Floor, floor_of
from loket.visits.models import Ticket
from loket.visits.spots import Spot
from loket.visits.stands import Stand

# Older left-overs are history; figures of past months do not change any more.
LEFT_OVER_DAYS = 31
MAIL_DAYS = 7
# A page, not an archive.
MOST_ROWS = 50


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
    times: DayTimes
    left_over: tuple[Ticket, ...]
    failed_mail: tuple[Mail, ...]


def today_of(office: Office, *, at: datetime) -> Today:
    """The hall of `office` at `at` (aware)."""
    floor = floor_of(office, at=at)
    return Today(
        floor=floor,
        counters=tuple(_counter(floor, stand) for stand in floor.stands),
        lines=tuple(_line(floor, service) for service in _services(floor)),
        times=times_of(office, local_day(office, at)),
        left_over=left_over(office, at=at),
        failed_mail=failed_mail(office, at=at),
    )


def left_over(office: Office, *, at: datetime) -> tuple[Ticket, ...]:
    """What earlier days left unfinished (CLOCKS 17), the latest first; in service before unserved."""
    today = local_day(office, at)
    past = "one.office_id = %s AND one.day < %s AND one.day >= %s AND one.state IN ('untimed', 'expired')"
    order = f"ORDER BY one.state DESC, one.day DESC, one.number, one.id LIMIT {MOST_ROWS}"
    days = today, today - timedelta(days=LEFT_OVER_DAYS)
    along = ("service", "officer", "counter")
    return tuple(sql.select_with(Ticket, along, f"{past} {order}", office.pk, *days))


def failed_mail(office: Office, *, at: datetime) -> tuple[Mail, ...]:
    """Messages of the last days that no mail server took."""
    failed = "office = %s AND state = %s AND created_at >= %s ORDER BY created_at DESC, id DESC LIMIT %s"
    since = sql.moment(at - timedelta(days=MAIL_DAYS))
    return tuple(sql.select(Mail, failed, office.code, Mail.State.FAILED, since, MOST_ROWS))


def _counter(floor: Floor, stand: Stand) -> CounterNow:
    spot = floor.at_counter(stand)
    waiting = floor.line(stand.service_ids) if stand.is_open and spot is None else []
    about = spot if spot and spot.state == State.CALLED else waiting[0].spot if waiting else None
    return CounterNow(stand, spot, floor.clock(about) if about else None)


def _services(floor: Floor) -> list[Service]:
    """Those of the counters, and others that lost their last counter while somebody waits for them."""
    waited_for = {spot.service_id for spot in floor.spots if spot.state == State.WAITING}
    lost = sorted(waited_for - floor.services.keys())
    missing = Service.objects.filter(pk__in=lost).order_by("letter") if lost else []
    return [*missing, *floor.services.values()]


def _line(floor: Floor, service: Service) -> Line:
    spots = tuple(called.spot for called in floor.line([service.pk]))
    oldest = min((spot.queued_at for spot in spots), default=None)
    open_now = sum(
        service.pk in stand.service_ids for stand in floor.stands if stand.is_open and not stand.pause
    )
    return Line(service, spots, floor.at - oldest if oldest else None, open_now)
