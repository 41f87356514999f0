"""One invented working day in a hall: who came when, who was called where, how long it took. No database."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import log
from random import Random

from loket.demo.people import ERRANDS, Errand, somebody
from loket.people.actions import GuestEntry
from loket.rules.queueing import Place, Policy, call_order
from loket.rules.worktime import Calendar
from loket.visits.choices import PriorityReason

# Arrivals by the hour of the day: most come in the morning.
HOURS = {8: 3, 9: 6, 10: 6, 11: 4, 12: 1, 13: 4, 14: 3}
VISITORS_BY_WEEKDAY = ((13, 25), (12, 20), (11, 18), (10, 16), (10, 14), (10, 14), (10, 14))
# Minutes of service: lognormal with a mean of 18 and a coefficient of variation of 0.7.
USUAL_MINUTES, SPREAD = 18, 0.63
PRIORITY, NO_SHOW, RATED, NOTED, LATE_GAP = 0.08, 0.04, 0.6, 0.8, 0.06
SCORES, SCORE_WEIGHTS = (5, 4, 3, 2, 1), (56, 32, 8, 3, 1)
REST = timedelta(minutes=35)
LAST_NUMBER = timedelta(minutes=75)


@dataclass
class Stay:
    """One visitor from the number to the way out; `started` is empty for who did not come when called."""

    number: int
    taken: datetime
    guest: GuestEntry
    errand: Errand
    priority: str
    called: datetime | None = None
    started: datetime | None = None
    finished: datetime | None = None
    # Since when a counter was free and nobody was ahead.
    head_since: datetime | None = None
    counter: int = 0
    noted: bool = False
    score: int = 0


@dataclass
class Desk:
    """A counter's day."""

    opened: datetime
    rest_from: datetime
    free: datetime
    ready: datetime
    rested: datetime | None = None
    closed: datetime | None = None


@dataclass
class Day:
    date: date
    desks: list[Desk]
    stays: list[Stay] = field(default_factory=list)


def play(*, day: date, calendar: Calendar, policy: Policy, desks: int, chance: Random) -> Day:
    """The whole day at `desks` counters, in the office's call order."""
    played = Day(day, [_desk(day, calendar, number, chance) for number in range(desks)])
    coming = _coming(day, calendar, chance)
    played.stays = list(coming)
    waiting: list[Stay] = []
    called: list[Stay] = []
    while coming or waiting:
        desk = min(played.desks, key=lambda each: each.ready)
        if desk.rested is None and desk.ready >= desk.rest_from:
            desk.rested = desk.ready
            desk.free = desk.ready = desk.rested + REST
            continue
        at = desk.ready if waiting or coming[0].taken <= desk.ready else coming[0].taken
        while coming and coming[0].taken <= at:
            waiting.append(coming.pop(0))
        stay = _next(waiting, called, policy)
        waiting.remove(stay)
        _serve(stay, desk, max(at, stay.taken + timedelta(seconds=15)), called, chance)
        stay.counter = played.desks.index(desk)
        called.append(stay)
    for desk in played.desks:
        desk.closed = max(calendar.closing(day) + timedelta(minutes=5), desk.free + timedelta(minutes=1))
    return played


def _desk(day: date, calendar: Calendar, number: int, chance: Random) -> Desk:
    opened = calendar.opening(day) + _seconds(chance, 0, 240)
    # One after the other, so that the hall is never without an officer at noon.
    rest = calendar.at(day, time(11, 45)) + number * (REST + timedelta(minutes=5))
    return Desk(opened, rest, free=opened, ready=opened + _seconds(chance, 5, 30))


def _coming(day: date, calendar: Calendar, chance: Random) -> list[Stay]:
    visitors = chance.randint(*VISITORS_BY_WEEKDAY[day.weekday()])
    hours = chance.choices(list(HOURS), list(HOURS.values()), k=visitors)
    midnight = calendar.at(day, time())
    arrivals = sorted(midnight + timedelta(hours=hour, seconds=chance.randrange(3600)) for hour in hours)
    last = calendar.closing(day) - LAST_NUMBER
    arrivals = [at for at in arrivals if calendar.opening(day) <= at <= last]
    return [arrive(chance, number, at) for number, at in enumerate(arrivals, start=1)]


def arrive(chance: Random, number: int, at: datetime, *, with_mail: bool = False) -> Stay:
    priority = chance.choice(PriorityReason.values) if chance.random() < PRIORITY else ""
    return Stay(number, at, somebody(chance, with_mail=with_mail), chance.choice(ERRANDS), priority)


def _next(waiting: list[Stay], called: list[Stay], policy: Policy) -> Stay:
    places = [Place(stay.number, bool(stay.priority), stay.number) for stay in waiting]
    recent = [bool(stay.priority) for stay in called[-policy.ratio :]]
    first = call_order(places, policy, recent)[0].place.key
    return next(stay for stay in waiting if stay.number == first)


def _serve(stay: Stay, desk: Desk, at: datetime, called: list[Stay], chance: Random) -> None:
    stay.called = at
    before = called[-1].called if called else None
    stay.head_since = max(desk.free, before or desk.free)
    if chance.random() < NO_SHOW:
        desk.free = at + _seconds(chance, 90, 180)
    else:
        stay.started = at + _seconds(chance, 15, 80)
        minutes = chance.lognormvariate(log(USUAL_MINUTES) - SPREAD**2 / 2, SPREAD)
        stay.finished = desk.free = stay.started + timedelta(minutes=min(max(minutes, 2), 75))
        stay.noted = chance.random() < NOTED
        stay.score = chance.choices(SCORES, SCORE_WEIGHTS)[0] if chance.random() < RATED else 0
    # Now and then the hand-over takes longer than promised; a demo without it would be no demo.
    late = chance.random() < LATE_GAP
    desk.ready = desk.free + (_seconds(chance, 360, 780) if late else _seconds(chance, 20, 150))


def _seconds(chance: Random, least: int, most: int) -> timedelta:
    return timedelta(seconds=chance.randint(least, most))
