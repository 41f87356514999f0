"""What the hall's desk shows, put together from a handful of queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.base import sql
from loket.consultations.models import Kind
from loket.live import announce
from loket.offices.limits import Limits
from loket.offices.models import Office
from loket.people.choices import InstitutionKind
from loket.people.models import User
from loket.rules.queueing import Handover, State
from loket.screens.desk.note_form import NoteForm, recorded_content
from loket.screens.desk.unrecorded import unrecorded_page
from loket.screens.device_lines import device_lines
from loket.visits.actions.sessions import NotAtCounter
from loket.visits.actions.undoing import latest_press
from loket.visits.choices import PriorityReason
from loket.visits.floor import Called, Floor, floor_of
from loket.visits.models import NoteDraft, Ticket
from loket.visits.spots import Desk, Spot
from loket.visits.stands import Stand

# The line shows so many at once; the rest is one press away.
SHORT_LINE = 5
ALONG = ("visit", "visit__visitor", "visit__consultation", "draft")
VISITS = """(
    SELECT COUNT(*) FROM visits_visit AS past WHERE past.visitor_id = visit.visitor_id
        AND (SELECT state FROM visits_ticket WHERE visit_id = past.id) = 'served'
)"""


@dataclass(frozen=True)
class Clock:
    """The hand-over clock as shown: whole seconds, how it stands, and whether it ticks."""

    ran: int
    limit: int
    tone: str
    ticking: bool

    @property
    def shown(self) -> str:
        return f"{self.ran // 60:02d}.{self.ran % 60:02d}"

    @property
    def minutes(self) -> int:
        return self.limit // 60

    @property
    def part(self) -> int:
        """How much of the bar is filled, in percent."""
        return min(100, self.ran * 100 // self.limit)

    @property
    def apart(self) -> dict[str, int]:
        """From now to the limit, or beyond it."""
        seconds = abs(self.limit - self.ran)
        return {"minutes": seconds // 60, "seconds": seconds % 60}


@dataclass(frozen=True)
class LineRow:
    """One waiting visitor in the list: no name, only what helps to prepare."""

    pk: int
    label: str
    minutes: int
    kind: str
    priority: str
    # All of it on one line.
    in_short: str


@dataclass(frozen=True)
class Guest:
    """The visitor at the counter, or the next one; `name` stays empty until the call."""

    label: str
    pk: int
    state: str
    minutes: int
    request: str
    kind: str
    purpose: str
    priority: str
    earlier: int
    name: str
    email: str
    facts: tuple[str, ...]
    calls: int
    started_at: datetime | None


def hall_page(
    request: HttpRequest,
    office: Office,
    number: int,
    at: datetime,
    *,
    noted: int | None = None,
    page: int = 1,
) -> dict[str, Any]:
    """The context of desk/hall.html for the officer at counter `number`. Refuses NotAtCounter.

    `noted` is the ticket whose note is wanted; else that of the visitor being served, else of the
    visit that ended last without one. `page` is that of the visits without a note.
    """
    officer = request.user
    floor = floor_of(office, at=at, desk=Desk(officer.pk, noted, page))
    stand = floor.stand(number)
    if stand is None or stand.officer_id != officer.pk:
        raise NotAtCounter(officer)
    here = floor.at_counter(stand)
    line = floor.line(stand.service_ids)
    rows = _rows(floor, line)
    about = _noted(floor, officer, here, noted)
    hall = reverse("desk-hall", args=[office.code, number])
    tickets = _tickets([here or (line[0].spot if line else None), about])
    return {
        "floor": floor,
        "number": number,
        "stand": stand,
        "version": floor.version,
        "topic": announce.hall(office.code),
        "now": at,
        "here": here and _guest(floor, here, tickets[here.pk]),
        "clock": _clock(floor, here, line),
        **_next(floor, line, tickets, here),
        "queue": rows[:SHORT_LINE],
        "queue_rest": [row.in_short for row in rows[SHORT_LINE:]],
        "out_of_turn": [(row.pk, row.in_short) for row in rows] if not here else [],
        "queue_from": SHORT_LINE + 1,
        "waiting": len(line),
        "parked": [spot for spot in floor.parked() if spot.service_id in stand.service_ids],
        "absent": [spot for spot in floor.absent() if spot.service_id in stand.service_ids],
        "counters": [_counter(floor, each) for each in floor.stands],
        "services": [each for each in floor.services.values() if not here or each.pk != here.service_id],
        "devices": device_lines(office, at=at),
        "undo": _undo(floor, stand, officer),
        "unrecorded": unrecorded_page(floor.unrecorded, about, page, at=hall),
        **_note(floor, about, tickets),
    }


def _noted(floor: Floor, officer: User, here: Spot | None, wanted: int | None) -> Spot | None:
    chosen = floor.spot(wanted) if wanted else None
    if chosen and chosen.officer_id == officer.pk and chosen.state in (State.SERVING, State.SERVED):
        return chosen
    if here:
        return here if here.state == State.SERVING else None
    return next(iter(floor.unrecorded.spots), None)


def _tickets(spots: list[Spot | None]) -> dict[int, Ticket]:
    """The tickets with their visitors, notes and drafts, and how often each visitor came before."""
    wanted = {spot.pk for spot in spots if spot}
    if not wanted:
        return {}
    these = f"one.id IN ({', '.join(['%s'] * len(wanted))})"
    rows = sql.select_with(Ticket, ALONG, these, *wanted, besides=VISITS, into="visits")
    return {ticket.pk: ticket for ticket in rows}


def _next(floor: Floor, line: list[Called], tickets: dict[int, Ticket], here: Spot | None) -> dict[str, Any]:
    if here or not line:
        return {"next": None}
    first = line[0]
    ticket = tickets.get(first.spot.pk)
    if ticket is None:
        return {"next": None}
    run = floor.limits.priority_ratio
    return {"next": _guest(floor, first.spot, ticket), "why": first.reason, "why_run": run}


def _guest(floor: Floor, spot: Spot, ticket: Ticket) -> Guest:
    visit, visitor = ticket.visit, ticket.visit.visitor
    called = spot.state != State.WAITING
    told = called or floor.limits.request_before_call
    return Guest(
        label=spot.label,
        pk=spot.pk,
        state=spot.state,
        minutes=_minutes(floor, spot),
        request=visit.request if told else "",
        kind=visit.get_kind_display() if told else "",
        purpose=_purpose(floor.limits, visit.purpose) if told else "",
        priority=_priority(spot),
        earlier=max(ticket.visits[0] - (spot.state == State.SERVED), 0),
        name=visitor.name if visitor and called else "",
        email=visitor.email if visitor and called else "",
        facts=_facts(visitor) if visitor and called else (),
        calls=spot.calls,
        started_at=spot.started_at,
    )


def _facts(visitor) -> tuple[str, ...]:
    """What helps to serve somebody well; the rest of the guest book is for the statistics."""
    kinds = dict(InstitutionKind.choices)
    told = (visitor.institution, str(kinds.get(visitor.institution_kind, "")), visitor.assistance)
    return tuple(fact for fact in told if fact)


def _purpose(limits: Limits, code: str) -> str:
    language = "en" if get_language() == "en" else "id"
    return next((purpose[language] for purpose in limits.purposes if purpose["code"] == code), "")


def _priority(spot: Spot) -> str:
    return str(dict(PriorityReason.choices).get(spot.priority_reason, "")) if spot.priority else ""


def _minutes(floor: Floor, spot: Spot) -> int:
    return max(int((floor.at - spot.queued_at).total_seconds() // 60), 0)


def _rows(floor: Floor, line: list[Called]) -> list[LineRow]:
    kinds = {kind.value: str(kind.label) for kind in Kind}
    since = _("%(minutes)s min")
    rows = []
    for spot in [called.spot for called in line]:
        minutes, kind, priority = _minutes(floor, spot), kinds[spot.visit__kind], _priority(spot)
        in_short = f"{spot.label} · {since % {'minutes': minutes}} · {kind}"
        in_short += f" · {priority}" if priority else ""
        rows.append(LineRow(spot.pk, spot.label, minutes, kind, priority, in_short))
    return rows


def _counter(floor: Floor, stand: Stand) -> dict[str, Any]:
    return {"stand": stand, "spot": floor.at_counter(stand)}


def _clock(floor: Floor, here: Spot | None, line: list[Called]) -> Clock | None:
    """The clock of whoever is served next; while serving, how the promise went."""
    if here and here.state == State.SERVING:
        if here.handover is None:
            return None
        limit = timedelta(minutes=floor.limits.handover_minutes)
        return _shown(Handover(floor.at, here.handover, limit), ticking=False)
    spot = here or (line[0].spot if line else None)
    running = floor.clock(spot) if spot else None
    return _shown(running, ticking=spot.clock_from is not None) if running and spot else None


def _shown(clock: Handover, *, ticking: bool) -> Clock:
    return Clock(int(clock.ran.total_seconds()), int(clock.limit.total_seconds()), clock.tone, ticking)


def _undo(floor: Floor, stand: Stand, officer: User) -> dict[str, Any] | None:
    seconds = floor.limits.undo_seconds
    step = latest_press(officer=officer, counter_id=stand.pk, seconds=seconds, at=floor.at)
    if step is None:
        return None
    left = seconds - int((floor.at - step.at).total_seconds())
    return {"step": step, "label": step.ticket.label, "left": max(left, 0)}


def _note(floor: Floor, about: Spot | None, tickets: dict[int, Ticket]) -> dict[str, Any]:
    ticket = tickets.get(about.pk) if about else None
    if about is None or ticket is None:
        return {"noted": None}
    draft: NoteDraft | None = getattr(ticket, "draft", None)
    return {
        "noted": about,
        "note": NoteForm(_content(ticket, draft)),
        "note_version": draft.version if draft else 0,
        "note_saved": draft.saved_at if draft and draft.content else None,
        "noted_email": bool(ticket.visit.visitor and ticket.visit.visitor.email),
        "noted_serving": about.state == State.SERVING,
    }


def _content(ticket: Ticket, draft: NoteDraft | None) -> dict[str, Any]:
    """What was typed last, else what is recorded, else what the visitor asked for."""
    if draft and draft.content:
        return draft.content
    if ticket.visit.consultation:
        return recorded_content(ticket.visit.consultation)
    return {"question": ticket.visit.request, "kind": ticket.visit.kind}
