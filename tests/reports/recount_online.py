"""Questions and complaints counted a second time, from the event log alone and with nothing of the program's
counting: CLOCKS.md 1 to 9 written down once more, slowly, for a calendar without holidays."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from loket.base.models import Event

DAY = timedelta(days=1)
CLOSES = {0: "15:30", 1: "15:30", 2: "15:30", 3: "15:30", 4: "16:00"}
ENDS_TURN = ("answer", "clarification", "referral")


@dataclass
class Turn:
    office: str
    start: datetime
    due: datetime
    answered: datetime | None = None
    excused: bool = False


@dataclass
class Thread:
    """A consultation as the logs of all offices tell it."""

    office: str
    turns: list[Turn]
    ball: str = "office"
    silence_ends: datetime | None = None
    # Closings and re-openings, which go along when it moves.
    told: list[tuple[datetime, str, str]] = field(default_factory=list)


@dataclass
class Paper:
    """A complaint."""

    office: str
    received: datetime
    due: datetime
    decided: datetime | None = None
    objected: bool = False
    waits: bool = False


class Online:
    def __init__(self, zones: dict[str, str]):
        self.zones = {code: ZoneInfo(zone) for code, zone in zones.items()}
        self.threads: dict[str, Thread] = {}
        self.papers: dict[str, Paper] = {}
        self.ratings: list[tuple[str, datetime, str]] = []
        for event in Event.objects.filter(office__in=zones).order_by("pk"):
            noun, _, verb = event.kind.partition(".")
            if event.kind == "rating.give":
                self.ratings.append((event.office, event.at, str(event.data["score"])))
            elif noun in ("consultation", "complaint"):
                getattr(self, f"_{noun}_{verb}", self._nothing)(event)

    def _nothing(self, event):
        """Notes and the like change no figure."""

    # ----- days and deadlines

    def _day(self, office: str, at: datetime) -> date:
        return at.astimezone(self.zones[office]).date()

    def _work(self, office: str, at: datetime, days: int) -> date:
        day = self._day(office, at)
        while days:
            day += DAY
            days -= day.weekday() < 5
        return day

    def _due(self, office: str, at: datetime, days: int = 3) -> datetime:
        day = self._work(office, at, days)
        return datetime.combine(day, time.fromisoformat(CLOSES[day.weekday()]), self.zones[office])

    def _midnight(self, office: str, day: date) -> datetime:
        return datetime.combine(day, time(), self.zones[office])

    def _days_late(self, turn: Turn) -> int:
        day, last = self._day(turn.office, turn.due), self._day(turn.office, turn.answered)
        return sum((day + n * DAY).weekday() < 5 for n in range(1, (last - day).days + 1))

    # ----- consultations

    def _consultation_ask(self, event):
        first = Turn(event.office, event.at, self._due(event.office, event.at))
        self.threads[event.subject] = Thread(event.office, [first])

    def _answered(self, event):
        thread = self.threads[event.subject]
        thread.turns[-1].answered = event.at
        self._wait(thread, event.at)

    _consultation_answer = _consultation_clarification = _consultation_referral = _answered

    def _wait(self, thread: Thread, at: datetime):
        thread.ball = "visitor"
        thread.silence_ends = self._midnight(thread.office, self._work(thread.office, at, 3) + DAY)

    def _consultation_reply(self, event):
        thread = self.threads[event.subject]
        if thread.ball == "visitor":
            self._next_turn(thread, _received(event))

    def _next_turn(self, thread: Thread, at: datetime):
        thread.turns.append(Turn(thread.office, at, self._due(thread.office, at)))
        thread.ball = "office"

    def _woken(self, event):
        thread, verb = self.threads[event.subject], event.kind.split(".")[1]
        self._next_turn(thread, _received(event))
        thread.told.append((_received(event), {"void": "voided", "reopen": "reopened"}[verb], ""))

    _consultation_void = _consultation_reopen = _woken

    def _consultation_close(self, event):
        thread, reason = self.threads[event.subject], event.data["reason"]
        at = thread.silence_ends if reason == "no_response" else event.at
        thread.told.append((at, "closed", reason))
        thread.ball = "closed"

    def _goes_on(self, event):
        """Taken apart, or no spam after all: the turn that was broken off, else the silence anew."""
        thread = self.threads[event.subject]
        if thread.turns[-1].answered is None:
            thread.ball = "office"
        else:
            self._wait(thread, event.at)

    _consultation_restore = _consultation_take_apart = _goes_on

    def _consultation_move_in(self, event):
        self.threads[event.subject].office = event.office

    def _consultation_merge(self, event):
        other, gone = self.threads[event.subject], self.threads[f"consultation:{event.data['from']}"]
        if event.office != other.office or gone.turns[-1].answered:
            return
        theirs = gone.turns[-1]
        if other.ball != "office":
            other.turns.append(Turn(theirs.office, theirs.start, theirs.due))
            other.ball = "office"
        elif theirs.start < other.turns[-1].start:
            ours = other.turns[-1]
            ours.office, ours.start, ours.due = theirs.office, theirs.start, theirs.due

    def _consultation_excuse(self, event):
        self.threads[event.subject].turns[event.data["turn"] - 1].excused = True

    # ----- complaints

    def _complaint_file(self, event):
        received = _received(event)
        self.papers[event.subject] = Paper(event.office, received, self._sixty(event.office, received))

    def _sixty(self, office: str, at: datetime) -> datetime:
        return self._midnight(office, self._day(office, at) + 61 * DAY)

    def _complaint_verify(self, event):
        paper = self.papers[event.subject]
        paper.category = event.data["category"]
        if paper.category == "light":
            paper.due = min(paper.due, self._due(paper.office, paper.received, 2))

    def _new_due(self, paper: Paper, at: datetime) -> datetime:
        by_class = [self._due(paper.office, at, 2)] if getattr(paper, "category", "") == "light" else []
        return min([self._sixty(paper.office, at), *by_class])

    def _complaint_ask(self, event):
        self.papers[event.subject].waits = True

    def _complaint_reply(self, event):
        paper = self.papers[event.subject]
        if paper.waits:
            paper.waits, paper.due = False, max(paper.due, self._new_due(paper, event.at))

    def _decided(self, event):
        paper = self.papers[event.subject]
        paper.decided, paper.objected = event.at, False
        paper.waits = paper.waits and event.kind == "complaint.forward"

    _complaint_resolve = _complaint_forward = _complaint_decide = _decided

    def _complaint_object(self, event):
        paper = self.papers[event.subject]
        paper.objected, paper.due = True, self._new_due(paper, event.at)

    def _complaint_resume(self, event):
        paper = self.papers[event.subject]
        paper.objected, paper.decided = False, None

    # ----- figures

    def figures(self, office: str, first: date, last: date) -> dict[str, Counter]:
        said: dict[str, Counter] = defaultdict(Counter)
        for at_office, at, name, more in self._facts():
            if at_office == office and first <= self._day(office, at) <= last:
                said[name][more] += 1
        return said

    def _facts(self):
        for thread in self.threads.values():
            yield from ((thread.office, at, name, more) for at, name, more in thread.told)
            for number, turn in enumerate(thread.turns, start=1):
                yield turn.office, turn.start, "asked" if number == 1 else "replied", ""
                if turn.answered:
                    yield from self._result(turn)
        for paper in self.papers.values():
            yield paper.office, paper.received, "complaint", "received"
            if paper.decided and not paper.objected:
                yield (
                    paper.office,
                    paper.decided,
                    "complaint",
                    "in_time" if paper.decided <= paper.due else "late",
                )
        for office, at, score in self.ratings:
            yield office, at, "rating", score

    def _result(self, turn: Turn):
        late = turn.answered > turn.due
        yield turn.office, turn.answered, "late" if late else "kept", ""
        if late:
            yield turn.office, turn.answered, "late_days", self._days_late(turn)
            if turn.excused:
                yield turn.office, turn.answered, "excused", ""


def _received(event) -> datetime:
    return datetime.fromisoformat(event.data["received"]) if "received" in event.data else event.at
