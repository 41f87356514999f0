"""How long a place in line is likely to take: the facts of the hall, put to rules.waiting (D19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from loket.offices.clock import local_day
from loket.offices.models import Counter, Office, Service
from loket.rules import waiting
from loket.rules.queueing import AT_COUNTER, State
from loket.rules.waiting import Calibration, Outcome, Range, ServiceTimes
from loket.visits.models import Break, Ticket
from loket.visits.queries import turns

# More than any desk serves in a day. Each place is played through a hundred times; in a longer line
# (a fair, a mistake, a benchmark) that would take the program's whole time and tell nobody anything.
FORESEEN = 200


@dataclass(frozen=True)
class Line:
    """The queue before the counters of one service: ticket keys in call order, and a range for each.

    `ranges` has one element more than `keys`: for a visitor who would join now. It is empty where
    no counter serves, and ends behind the first FORESEEN people. `free` counters have an officer who
    sits there and serves nobody.
    """

    keys: tuple[int, ...]
    forecasts: tuple[Range, ...]
    ranges: tuple[Range, ...]
    free: int = 0

    def place(self, ticket: Ticket) -> int | None:
        """How many are ahead of the ticket; None when it does not wait here."""
        return self.keys.index(ticket.pk) if ticket.pk in self.keys else None

    def range_of(self, ticket: Ticket) -> Range | None:
        place = self.place(ticket)
        return self._at(place) if place is not None else None

    def is_beyond(self, ticket: Ticket) -> bool:
        """Whether counters serve and too many are ahead of the ticket to tell minutes."""
        place = self.place(ticket)
        return place is not None and place >= len(self.ranges) > 0

    @property
    def joining(self) -> Range | None:
        """The range for somebody who takes a number now."""
        return self._at(len(self.keys))

    def _at(self, place: int) -> Range | None:
        if place >= len(self.ranges):
            return None
        told = self.ranges[place].rounded()
        # An officer who is late from a break may come at any moment; nobody is told that one will.
        return told if told.high >= 1 or place < self.free else None


@dataclass(frozen=True)
class _Hall:
    """Everybody whom some counters will call, and the counters as they stand."""

    keys: tuple[int, ...]
    ahead: list[ServiceTimes]
    known: dict[int, ServiceTimes]
    stands: list[waiting.Counter]
    # How many counters have an officer who sits there and serves nobody.
    free: int


class Queue:
    """Who waits for a service at `at` (aware): the line and its end, from facts that are read once."""

    def __init__(self, service: Service, *, at: datetime):
        self.service = service
        self.at = at

    @cached_property
    def line(self) -> Line:
        hall = self._hall
        if not hall.stands:
            return Line(hall.keys, (), ())
        forecasts = waiting.forecast(counters=hall.stands, ahead=hall.ahead[:FORESEEN])
        ranges = waiting.calibrated(forecasts, calibration_of(self.service))
        return Line(hall.keys, tuple(forecasts), tuple(ranges), hall.free)

    @cached_property
    def expected_end(self) -> float:
        """Minutes until a visitor who joins now would have been served (CLOCKS 16).

        While nobody is there or says when, the office's active counters for the service are expected to open.
        """
        service = self.service
        counters = self._open or list(service.counters.filter(active=True).order_by("number"))
        if not counters:
            return 0.0
        today = Ticket.objects.waiting(service.office, local_day(service.office, self.at))
        waiting_now = today.filter(service=service).count()
        roughly = (waiting_now + 2) * service.usual_minutes / len(counters)
        if roughly < 60 or waiting_now > FORESEEN:
            return roughly
        hall = self._hall if self._open else _hall(service, counters, self.at)
        return waiting.end_of_queue(counters=hall.stands, ahead=[*hall.ahead, hall.known[service.pk]])

    @cached_property
    def _open(self) -> list[Counter]:
        return open_counters(self.service)

    @cached_property
    def _hall(self) -> _Hall:
        return _hall(self.service, self._open, self.at)


def line_of(service: Service, *, at: datetime) -> Line:
    """The line as it stands at `at` (aware)."""
    return Queue(service, at=at).line


def open_counters(service: Service) -> list[Counter]:
    """Counters for the service whose officer signed in and is there, or said when to be back."""
    return _signed_in(service, unless={"back_at": None})


def serving_counters(service: Service) -> list[Counter]:
    """Counters for the service whose officer signed in and is there."""
    return _signed_in(service, unless={})


def _signed_in(service: Service, *, unless: dict[str, None]) -> list[Counter]:
    paused = Break.objects.filter(
        session__counter__services=service, session__closed_at=None, ended_at=None, **unless
    )
    return list(
        Counter.objects.filter(services=service, sessions__closed_at=None, sessions__isnull=False)
        .exclude(pk__in=paused.values("session__counter"))
        .order_by("number")
        .distinct()
    )


def _hall(service: Service, counters: Sequence[Counter], at: datetime) -> _Hall:
    keys, ahead, known = _ahead(service.office, service, counters, at)
    pauses = _pauses(counters)
    stands = _stands(counters, known, pauses, at)
    free = sum(
        stand.serving is None and counter.pk not in pauses
        for counter, stand in zip(counters, stands, strict=True)
    )
    return _Hall(keys, ahead, known, stands, free)


def _ahead(
    office: Office, service: Service, counters: Sequence[Counter], at: datetime
) -> tuple[tuple[int, ...], list[ServiceTimes], dict[int, ServiceTimes]]:
    """Everybody whom these counters will call, in order, with the times of what they came for."""
    services = Service.objects.filter(counters__in=counters).distinct() if counters else [service]
    known = {each.pk: times_of(each) for each in {*services, service}}
    keys = tuple(turn.place.key for turn in turns(office, service_ids=list(known), at=at))
    wanted = dict(Ticket.objects.filter(pk__in=keys).values_list("pk", "service_id")) if keys else {}
    return keys, [known[wanted[key]] for key in keys], known


def times_of(service: Service) -> ServiceTimes:
    """Service times in minutes of the latest ones, or the office's own figure until there are enough."""
    finished = (
        Ticket.objects.filter(service=service, state=State.SERVED, corrected_at=None)
        .filter(finished_at__isnull=False)
        .order_by("-finished_at", "-pk")
        .values_list("started_at", "finished_at")[: waiting.RECENT_SERVICES]
    )
    recent = [(end - start).total_seconds() / 60 for start, end in finished][::-1]
    return waiting.service_times(recent=recent, prior_mean=service.usual_minutes)


def calibration_of(service: Service) -> Calibration:
    """From what was forecast and what the visitors then waited."""
    rows = (
        Ticket.objects.filter(service=service, forecast_median__isnull=False, called_at__isnull=False)
        .order_by("-called_at", "-pk")
        .values_list("forecast_low", "forecast_median", "forecast_high", "taken_at", "called_at")
    )[: waiting.RECENT_OUTCOMES]
    outcomes = [
        Outcome(Range(low, median, high), (called - taken).total_seconds() / 60)
        for low, median, high, taken, called in rows
    ]
    return waiting.calibration(outcomes[::-1])


def _pauses(counters: Sequence[Counter]) -> dict[int, datetime | None]:
    """The breaks that run at these counters, and until when."""
    running = Break.objects.filter(session__counter__in=counters, session__closed_at=None, ended_at=None)
    return dict(running.values_list("session__counter_id", "back_at"))


def _stands(
    counters: Sequence[Counter],
    known: dict[int, ServiceTimes],
    pauses: dict[int, datetime | None],
    at: datetime,
) -> list[waiting.Counter]:
    """Each counter as it stands: whom it serves since when, or when it is back from its break.

    Who did not say when, or should be back already, is back now at the earliest.
    """
    busy = {
        ticket.counter_id: ticket
        for ticket in Ticket.objects.filter(counter__in=counters, state__in=AT_COUNTER)
    }
    return [
        _serving(busy[counter.pk], known, at)
        if counter.pk in busy
        else waiting.Counter(free_in=_minutes(at, pauses.get(counter.pk) or at))
        for counter in counters
    ]


def _serving(ticket: Ticket, known: dict[int, ServiceTimes], at: datetime) -> waiting.Counter:
    since = ticket.started_at or ticket.called_at or at
    times = known.get(ticket.service_id) or times_of(ticket.service)
    return waiting.Counter(serving=times, elapsed=_minutes(since, at))


def _minutes(start: datetime, end: datetime) -> float:
    """Minutes from one instant to the other; 0 where the clock was set back between them."""
    return max((end - start).total_seconds() / 60, 0.0)
