"""The hall at a glance, as the front page and the kiosk tell it to people who have just come."""

from dataclasses import dataclass
from datetime import datetime

from loket.offices.clock import local_day
from loket.offices.models import Office, Service
from loket.offices.queries import NoCalendar, active_services, calendar_of
from loket.rules.waiting import Range
from loket.rules.worktime import Moment, Skipped
from loket.visits.actions.numbering import LineFull, check_doors
from loket.visits.estimating import line_of
from loket.visits.models import Ticket


@dataclass(frozen=True)
class Hall:
    """Open or not, how many wait, how long it takes; `full` when no service gives numbers any more today."""

    is_open: bool
    closes_at: datetime | None
    opens_at: datetime | None
    opens_today: bool
    why_closed: Skipped | None
    full: bool
    waiting: int
    wait: Range | None

    @property
    def gives_numbers(self) -> bool:
        return self.is_open and not self.full


def hall_of(office: Office, *, at: datetime) -> Hall:
    """The state of the hall at `at` (aware); closed where no calendar was published."""
    try:
        moment = calendar_of(office).moment(at)
    except NoCalendar:
        moment = Moment(is_open=False, closes_at=None, opens_at=None, today=None)
    today = local_day(office, at)
    service = first_service(office) if moment.is_open else None
    return Hall(
        is_open=moment.is_open,
        closes_at=moment.closes_at,
        opens_at=moment.opens_at,
        opens_today=moment.opens_at is not None and local_day(office, moment.opens_at) == today,
        why_closed=moment.today,
        full=service is not None and all(_full(each, at) for each in active_services(office)),
        waiting=Ticket.objects.waiting(office, today).count(),
        wait=line_of(service, at=at).joining if service else None,
    )


def first_service(office: Office) -> Service | None:
    """What a visitor queues for who was not asked: the service with the first letter."""
    return office.services.filter(active=True).select_related("office").order_by("letter").first()


def _full(service: Service, at: datetime) -> bool:
    try:
        check_doors(office=service.office, service=service, at=at)
    except LineFull:
        return True
    return False
