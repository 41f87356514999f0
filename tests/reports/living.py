"""A year in a small office, pressed at random through the ordinary actions: everything that can go wrong
in a hall goes wrong in it, and some of it is set right days later."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from loket.consultations.actions import Item, Record
from loket.feedback.actions import AlreadyRated, rate
from loket.offices.models import Service
from loket.people.actions import GuestEntry
from loket.people.models import Role
from loket.rules.queueing import MoveNotAllowed, State
from loket.visits.actions import calling, correcting, leaving, noting, sessions, undoing
from loket.visits.actions.ending import end_day
from loket.visits.models import CounterSession, Ticket
from tests.cast import an_office, an_officer, take

DAYS = 16
REFUSALS = (
    MoveNotAllowed,
    calling.CounterBusy,
    calling.ElsewhereServed,
    sessions.OnBreak,
    sessions.VisitorAtCounter,
    sessions.NoBreak,
    sessions.NotAtCounter,
    undoing.NothingToUndo,
)
PEOPLE = [GuestEntry(name=f"Tamu {n}", email=f"tamu{n}@surel.example" if n % 4 else "") for n in range(40)]
DATA = ["Inflasi", "inflasi ", "PDRB menurut lapangan usaha", "Penduduk"]
# What is pressed with nobody at the counter, with somebody called and with somebody in service.
PRESSES = {
    None: ["call"] * 6 + ["call_parked"] * 3 + ["pause", "resume", "resume", "rejoin", "cancel"],
    "called": ["start"] * 9 + ["skip", "undo", "transfer", "cancel_called"],
    "serving": ["finish"] * 8 + ["park", "transfer", "undo", "arrive"],
}


class Year:
    """Plays the days; `office` has its history afterwards."""

    def __init__(self, *, seed: int = 1, zone: str = "Asia/Jakarta", code: str = "3574"):
        self.chance = Random(seed)
        self.office = an_office(code, zone=zone)
        self.zone = ZoneInfo(zone)
        other = Service.objects.create(
            office=self.office, code="publikasi", letter="B", name_id="Publikasi", name_en="Publications"
        )
        for counter in self.office.counters.all():
            counter.services.add(other)
        self.staff = [
            an_officer(self.office, name, email=f"{name}{code}@kantor.example") for name in ("Sari", "Tono")
        ]
        self.rina = an_officer(self.office, "Rina", Role.SUPERVISOR, email=f"rina{code}@kantor.example")

    def play(self, days: int = DAYS) -> date:
        """Returns the day after the last."""
        day = date(2026, 1, 5)
        for _ in range(days):
            self._day(day)
            day += timedelta(days=self.chance.choice([1, 2, 9, 20]))
            while day.weekday() > 4:
                day += timedelta(days=1)
            self._next_morning(day)
        return day

    def _day(self, day: date) -> None:
        self.at = datetime.combine(day, time(8), self.zone) + timedelta(seconds=self.chance.randrange(600))
        for officer, counter in zip(self.staff, self.office.counters.order_by("number"), strict=True):
            sessions.open_counter(counter=counter, by=officer, at=self.at)
        for _ in range(30):
            self.at += timedelta(seconds=self.chance.choice([5, 40, 130, 300, 700]))
            self.session = self._any_session()
            at_counter = self.session and calling.current(self.session)
            press = self.chance.choice(PRESSES[at_counter.state if at_counter else None])
            for each in ("arrive", press) if self.chance.random() < 0.3 else (press,):
                with suppress(*REFUSALS):
                    getattr(self, f"_{each}")()

    def _next_morning(self, day: date) -> None:
        """The day before is closed; a supervisor sets some of it right, a visitor rates late."""
        self.at = datetime.combine(day, time(7, 30), self.zone)
        end_day(office=self.office, before=day, at=self.at)
        left = Ticket.objects.filter(state__in=[State.UNTIMED, State.EXPIRED], corrected_at=None)
        for ticket in left.filter(day__gt=day - timedelta(days=10)).order_by("pk"):
            if self.chance.random() < 0.2:
                began = ticket.taken_at + timedelta(minutes=3)
                correcting.set_times(
                    ticket=ticket, started_at=began, finished_at=began + timedelta(minutes=9),
                    reason="Ditulis di buku", by=self.rina, at=self.at,
                )  # fmt: skip
        for ticket in Ticket.objects.filter(state=State.SERVED, finished_at__gt=self.at - timedelta(days=12)):
            if self.chance.random() < 0.15:
                with suppress(AlreadyRated):
                    rate(ticket=ticket, score=self.chance.randint(1, 5), channel="mail", at=self.at)

    def _any_session(self) -> CounterSession:
        return sessions.session_of(officer=self.chance.choice(self.staff), office=self.office)

    def _arrive(self):
        letter = self.chance.choice("AAAB")
        guest = self.chance.choice(PEOPLE)
        take(self.office, at=self.at, guest=guest, service=self.office.services.get(letter=letter))

    def _call(self):
        calling.call_next(session=self.session, at=self.at)

    def _start(self):
        calling.start(session=self.session, at=self.at)

    def _finish(self):
        session = self.session
        done = calling.finish(session=session, at=self.at)
        if self.chance.random() < 0.5:
            items = [Item(what=self.chance.choice(DATA), found=self.chance.choice(["found", "not_found"]))]
            note = Record(question="Apa?", kind="data", items=items)
            noting.note(ticket=done, record=note, by=session.officer, at=self.at)

    def _skip(self):
        calling.skip(session=self.session, at=self.at)

    def _park(self):
        calling.park(session=self.session, reason="Formulir", at=self.at)

    def _call_parked(self):
        if ticket := self._any(State.PARKED):
            calling.call_chosen(session=self.session, ticket=ticket, reason="Kembali", at=self.at)

    def _transfer(self):
        session = self.session
        if ticket := calling.current(session):
            to = self.office.services.exclude(pk=ticket.service_id).get()
            calling.transfer(session=session, to=to, reason="Bukan di sini", at=self.at)

    def _rejoin(self):
        if ticket := self._any(State.NO_SHOW):
            leaving.rejoin(ticket=ticket, at=self.at)

    def _cancel(self):
        if ticket := self._any(State.WAITING):
            leaving.cancel(ticket=ticket, at=self.at)

    def _cancel_called(self):
        leaving.cancel(ticket=calling.current(self.session), at=self.at)

    def _undo(self):
        undoing.undo(session=self.session, at=self.at)

    def _pause(self):
        session = self.session
        sessions.start_break(
            session=session, by=session.officer, at=self.at, announced=self.chance.random() < 0.6
        )

    def _resume(self):
        session = self.session
        sessions.end_break(session=session, by=session.officer, at=self.at)

    def _any(self, state: State) -> Ticket | None:
        found = list(Ticket.objects.filter(state=state, day=self.at.date()).order_by("pk"))
        return self.chance.choice(found) if found else None
