"""One day in a hall, played through the ordinary actions: people come, are called, served and leave."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from math import log
from random import Random

from loket.consultations.actions import Item, Record
from loket.demo.people import ERRANDS, Errand, somebody
from loket.feedback.actions import rate
from loket.offices.models import Counter, Office, Service
from loket.people.actions import GuestEntry
from loket.people.models import User
from loket.visits.actions import calling, noting, sessions
from loket.visits.actions.numbering import Closed, LineFull, Request, take_number
from loket.visits.choices import PriorityReason
from loket.visits.models import CounterSession, Ticket

# Minutes: lognormal with a mean of 18 and a coefficient of variation of 0.7.
USUAL_MINUTES, SPREAD = 18, 0.63
SCORES, SCORE_WEIGHTS = (5, 4, 3, 2, 1), (56, 32, 8, 3, 1)


@dataclass
class Hall:
    """The agenda of one day; `run` takes what is next, whatever that plans."""

    office: Office
    service: Service
    chance: Random
    agenda: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    idle: list[CounterSession] = field(default_factory=list)
    errands: dict[int, Errand] = field(default_factory=dict)
    order: count = field(default_factory=count)

    def plan(self, at: datetime, step: Callable[[datetime], None]) -> None:
        heapq.heappush(self.agenda, (at, next(self.order), step))

    def run(self, *, until: datetime | None = None) -> None:
        while self.agenda and (until is None or self.agenda[0][0] <= until):
            at, _, step = heapq.heappop(self.agenda)
            step(at)

    # ----- visitors

    def arrive(self, at: datetime, guest: GuestEntry | None = None) -> Ticket | None:
        """Somebody takes a number, unless there are no more today."""
        errand = self.chance.choice(ERRANDS)
        priority = self.chance.choice(PriorityReason.values) if self.chance.random() < 0.08 else ""
        try:
            ticket = take_number(
                office=self.office,
                service=self.service,
                request=Request(errand.purpose, errand.text, errand.kind, priority),
                guest=guest or somebody(self.chance),
                door="kiosk",
                key=f"demo-{at:%Y%m%d}-{next(self.order)}",
                by="visitor",
                at=at,
            )
        except (Closed, LineFull):
            return None
        self.errands[ticket.pk] = errand
        if self.idle:
            session = self.idle.pop(0)
            self.plan(at + self.seconds(10, 40), lambda at: self.look(session, at))
        return ticket

    # ----- counters

    def open(self, counter: Counter, officer: User, at: datetime) -> CounterSession:
        session = sessions.open_counter(counter=counter, by=officer, at=at)
        self.plan(at + self.seconds(5, 30), lambda at: self.look(session, at))
        return session

    def rest(self, session: CounterSession, at: datetime, *, minutes: int) -> None:
        """An announced break at noon, as soon as the counter is free."""
        if Ticket.objects.at(session.counter).exists():
            self.plan(at + timedelta(minutes=2), lambda at: self.rest(session, at, minutes=minutes))
            return
        if session in self.idle:
            self.idle.remove(session)
        back = at + timedelta(minutes=minutes)
        sessions.start_break(
            session=session, by=session.officer, at=at, reason="Istirahat siang", back_at=back
        )
        self.plan(back, lambda at: self.back(session, at))

    def back(self, session: CounterSession, at: datetime) -> None:
        sessions.end_break(session=session, by=session.officer, at=at)
        self.plan(at + self.seconds(10, 60), lambda at: self.look(session, at))

    def look(self, session: CounterSession, at: datetime) -> None:
        """Call whoever is next; without anybody the counter waits for the next number."""
        try:
            ticket = calling.call_next(session=session, at=at)
        except sessions.OnBreak:
            return
        if ticket is None:
            self.idle.append(session)
        elif self.chance.random() < 0.04:
            self.plan(at + self.seconds(90, 180), lambda at: self.skip(session, at))
        else:
            self.plan(at + self.seconds(15, 80), lambda at: self.start(session, at))

    def skip(self, session: CounterSession, at: datetime) -> None:
        calling.skip(session=session, at=at)
        self.plan(at + self.seconds(5, 20), lambda at: self.look(session, at))

    def start(self, session: CounterSession, at: datetime) -> None:
        ticket = calling.start(session=session, at=at)
        mean = log(USUAL_MINUTES) - SPREAD**2 / 2
        minutes = min(max(self.chance.lognormvariate(mean, SPREAD), 2), 75)
        self.plan(at + timedelta(minutes=minutes), lambda at: self.finish(session, ticket, at))

    def finish(self, session: CounterSession, ticket: Ticket, at: datetime) -> None:
        self.note(session, ticket, at)
        calling.finish(session=session, at=at)
        if self.chance.random() < 0.6:
            self.plan(at + self.seconds(20, 600), lambda at: self.rate(ticket, at))
        # Now and then the hand-over takes longer than promised; a demo without it would be no demo.
        gap = self.seconds(360, 780) if self.chance.random() < 0.06 else self.seconds(20, 150)
        self.plan(at + gap, lambda at: self.look(session, at))

    def note(self, session: CounterSession, ticket: Ticket, at: datetime) -> None:
        errand = self.errands.get(ticket.pk)
        if errand is None or self.chance.random() < 0.2:
            return
        item = Item(what=errand.what, area=errand.area, year_from=2020, year_to=2025, found=errand.found)
        record = Record(question=errand.text, kind=errand.kind, items=[item])
        noting.note(ticket=ticket, record=record, by=session.officer, at=at)

    def rate(self, ticket: Ticket, at: datetime) -> None:
        ticket.refresh_from_db()
        score = self.chance.choices(SCORES, SCORE_WEIGHTS)[0]
        rate(ticket=ticket, score=score, channel=self.chance.choice(("phone", "tablet")), at=at)

    def seconds(self, least: int, most: int) -> timedelta:
        return timedelta(seconds=self.chance.randint(least, most))
