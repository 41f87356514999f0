"""The hall counted a second time, from the event log alone and with nothing of the program's counting.

It plays the log again with a plain list of tickets: CLOCKS.md 12 to 17 written down once more, slowly.
"""

from collections import Counter, defaultdict
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from loket.base.models import Event

OPENS = time(8)
LIMIT = timedelta(minutes=10)
OTHER = {"A": "B", "B": "A"}
AFTER = {
    "call": "called", "start": "serving", "finish": "served", "no_show": "no_show", "rejoin": "waiting",
    "park": "parked", "transfer": "waiting", "cancel": "cancelled", "expire": "expired",
    "leave_open": "untimed", "correct": "served",
}  # fmt: skip


@dataclass
class Slip:
    """A ticket as the log tells it."""

    day: str
    taken: datetime
    rank: int
    service: str
    door: str
    queued: datetime
    state: str = "waiting"
    counter: int | None = None
    called: datetime | None = None
    started: datetime | None = None
    finished: datetime | None = None
    clock: datetime | None = None
    ran: timedelta | None = None
    handover: timedelta | None = None
    corrected: bool = False
    parks: int = 0
    score: str = ""
    history: list = field(default_factory=list)


class Log:
    def __init__(self, code: str, zone: str):
        self.zone = ZoneInfo(zone)
        self.slips: dict[str, Slip] = {}
        self.free: dict[int, bool] = {}
        for event in Event.objects.filter(office=code).order_by("seq"):
            noun, _, verb = event.kind.partition(".")
            if noun == "ticket" and verb in ("take", "undo", *AFTER):
                getattr(self, f"_{verb}", self._move)(event)
            elif noun == "counter":
                self._counter(verb, int(event.subject.split(":")[1]), event)
            elif event.kind == "rating.give":
                self.slips[event.subject].score = str(event.data["score"])

    def _take(self, event):
        self.slips[event.subject] = Slip(
            day=event.data["day"], taken=event.at, rank=event.seq, service=event.data["label"][0],
            door=event.data["door"], queued=event.at,
        )  # fmt: skip
        self._start_clocks(event.at)

    def _move(self, event):
        slip, verb, at = self.slips[event.subject], event.kind.split(".")[1], event.at
        slip.history.append((verb, at, copy(slip)))
        before, slip.state = slip.state, AFTER[verb]
        if verb == "call":
            slip.counter, slip.called = event.data["counter"], at
            self.free[slip.counter] = False
            self._start_clocks(at)
        elif verb == "start" and slip.started is None:
            slip.started, slip.handover = at, self._ran(slip, at)
        elif verb == "rejoin":
            slip.queued, slip.rank, slip.counter, slip.clock, slip.ran = at, event.seq, None, None, None
            self._start_clocks(at)
        elif verb == "cancel":
            if before == "called":
                self.free[slip.counter] = True
            self._start_clocks(at)
        elif verb == "correct":
            slip.corrected = True
        elif verb in ("finish", "no_show", "park", "transfer"):
            self._leave(slip, verb, at)

    def _leave(self, slip, verb, at):
        counter = slip.counter
        if verb == "finish":
            slip.finished = max(at, slip.started)
        elif verb == "park":
            slip.parks += 1
        elif verb == "transfer":
            slip.service, slip.counter, slip.clock, slip.ran = OTHER[slip.service], None, None, None
            slip.started = None
        self.free[counter] = True
        self._start_clocks(at)

    def _undo(self, event):
        slip = self.slips[event.subject]
        verb, pressed, earlier = slip.history.pop()
        assert verb == event.data["move"]
        if verb == "call":
            # The clock of whoever was called by mistake runs on.
            self.free[slip.counter] = True
            slip.counter, slip.called, slip.state = earlier.counter, earlier.called, earlier.state
            self._start_clocks(event.at)
            return
        score, history = slip.score, slip.history
        slip.__dict__.update(vars(earlier))
        slip.score, slip.history = score, history
        self.free[slip.counter] = False
        if not any(self.free.values()):
            for other in self._waiting():
                if other.clock and other.clock >= pressed:
                    other.clock = None

    def _counter(self, verb, number, event):
        if verb == "break" and not event.data["announced"]:
            return
        self.free[number] = verb in ("open", "back")
        if verb == "break" and not any(self.free.values()):
            for slip in self._waiting():
                if slip.clock:
                    slip.ran, slip.clock = self._ran(slip, event.at), None
        if self.free[number]:
            self._start_clocks(event.at)

    def _waiting(self):
        return [slip for slip in self.slips.values() if slip.state == "waiting"]

    def _start_clocks(self, at):
        """Both counters serve both services, so one free counter is free for everybody."""
        if not any(self.free.values()):
            return
        today = at.astimezone(self.zone).date().isoformat()
        for service in "AB":
            line = [slip for slip in self._waiting() if slip.service == service and slip.day == today]
            head = min(line, key=lambda slip: slip.rank, default=None)
            if head and head.clock is None:
                head.clock = at

    def _ran(self, slip, at):
        if slip.clock is None:
            return slip.ran
        opened = datetime.combine(slip.taken.astimezone(self.zone).date(), OPENS, self.zone)
        since = max(slip.queued, opened, slip.clock)
        return max(at - since, timedelta()) + (slip.ran or timedelta())

    def figures(self, first: str, last: str) -> dict:
        """What a report says of the days from `first` to `last` (ISO), times in whole seconds."""
        said: dict = defaultdict(Counter)
        for slip in self.slips.values():
            if first <= slip.day <= last:
                self._add(said, slip)
        return said

    def _add(self, said, slip):
        said["count"].update(["taken", slip.state])
        said["door"][slip.door] += 1
        said["hour"][slip.taken.astimezone(self.zone).hour] += 1
        if slip.score:
            said["rating"][slip.score] += 1
        if slip.corrected:
            said["count"]["corrected"] += 1
            return
        if slip.handover is not None:
            said["count"]["kept" if slip.handover <= LIMIT else "missed"] += 1
            said["handover"][_seconds(slip.handover)] += 1
        if slip.parks:
            said["count"]["aside"] += 1
            return
        if slip.called and slip.state != "waiting" and slip.called >= slip.queued:
            said["waiting"][_seconds(slip.called - slip.queued)] += 1
        if slip.called and slip.started:
            said["way"][_seconds(slip.started - slip.called)] += 1
        if slip.finished:
            said["service"][_seconds(slip.finished - slip.started)] += 1


def _seconds(time: timedelta) -> int:
    return max(int(time.total_seconds()), 0)
