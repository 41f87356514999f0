"""The hall at a glance, as the front page and the kiosk tell it to people who have just come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.offices.queries import NoCalendar, active_services, calendar_of
from loket.rules.waiting import Range, covering
from loket.rules.worktime import Moment, Skipped
from loket.visits.actions.numbering import LineFull, check_doors
from loket.visits.estimating import Line, Queue
from loket.visits.models import Ticket

# A range over more than these says little, and each line is played through anew.
COMPARED = 4


@dataclass(frozen=True)
class Hall:
    """Open or not, how many wait, how long it takes; `full` when no service gives numbers any more today.

    `wait` covers whichever service somebody comes for who is only asked inside; None where that is not to be
    told: no service gives numbers, more than four do, or one of them has no forecast. `waiting` counts who
    is in the lines that `wait` covers, or without it everybody who waits.
    """

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

    @property
    def is_next(self) -> bool:
        """Whether who comes now is called at once, whatever they come for."""
        return self.wait is not None and self.wait.high < 1 and not self.waiting


def hall_of(office: Office, *, at: datetime) -> Hall:
    """The state of the hall at `at` (aware); closed where no calendar was published."""
    try:
        moment = calendar_of(office).moment(at)
    except NoCalendar:
        moment = Moment(is_open=False, closes_at=None, opens_at=None, today=None)
    today = local_day(office, at)
    services = active_services(office) if moment.is_open else []
    # One more than are compared tells that there are too many of them.
    queues = (Queue(service, at=at) for service in services)
    giving = list(islice((queue for queue in queues if not is_full(queue)), COMPARED + 1))
    lines = [queue.line for queue in giving] if len(giving) <= COMPARED else []
    wait = _wait(lines)
    return Hall(
        is_open=moment.is_open,
        closes_at=moment.closes_at,
        opens_at=moment.opens_at,
        opens_today=moment.opens_at is not None and local_day(office, moment.opens_at) == today,
        why_closed=moment.today,
        full=bool(services) and not giving,
        waiting=_waiting(lines) if wait else Ticket.objects.waiting(office, today).count(),
        wait=wait,
    )


def _wait(lines: Sequence[Line]) -> Range | None:
    """A range for some of the services would be taken for that of all."""
    found = [line.joining for line in lines]
    told = [wait for wait in found if wait]
    return covering(told) if found and len(told) == len(found) else None


def _waiting(lines: Sequence[Line]) -> int:
    """Counters that serve several services have one line before them."""
    return len({key for line in lines for key in line.keys})


def is_full(queue: Queue) -> bool:
    """Whether no number is given for its service any more today; ask while the office is open."""
    try:
        check_doors(office=queue.service.office, queue=queue)
    except LineFull:
        return True
    return False
