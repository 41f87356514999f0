"""What a process does in a race: `python -m tests.races.people VERB FACTS`.

It makes itself ready, waits for the word on standard input, acts, and prints what it got as JSON.
"""

import json
import sys
import threading
import time
from datetime import timedelta

import django

from tests.races import threads, voices


def found(*, officers: int, visitors: int, priority_every: int = 0, daily_limit: int = 0) -> None:
    """An office with a counter and a signed-in officer each, and people waiting, one a second."""
    from tests.cast import MORNING, an_office, sari_at_counter, take

    limits = {"last_number_rule": False, "daily_limit": daily_limit}
    office = an_office(counters=officers, settings=limits)
    for number in range(1, officers + 1):
        sari_at_counter(office, number=number, name=f"Sari{number}")
    for k in range(visitors):
        priority = "elderly" if priority_every and k % priority_every == 0 else ""
        take(office, at=MORNING + timedelta(seconds=k), priority=priority, guest=None)


def take_numbers(*, who: str, count: int) -> list[str]:
    from tests.cast import take

    office = the_office()
    return [take(office, at=now(), guest=None, key=f"{who}-{k}").label for k in range(count)]


def press_for(*, keys: list[str]) -> list[str]:
    """Budi presses for a number with each key: what each gave, or the name of the refusal."""
    from loket.visits.actions.numbering import LineFull
    from tests.cast import take

    office, given = the_office(), []
    for key in keys:
        try:
            given.append(take(office, at=now(), key=key).label)
        except LineFull as refusal:
            given.append(type(refusal).__name__)
    return given


def serve_everybody(*, counters: list[int]) -> list[str]:
    """One officer a counter, each in a thread of this process, until nobody waits."""
    served: list[str] = []
    officers = [threading.Thread(target=serve_at, args=(counter, served)) for counter in counters]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    return served


def serve_at(counter: int, served: list[str]) -> None:
    from django.db import connection

    from loket.visits.actions import calling

    session = session_at(counter)
    while ticket := calling.call_next(session=session, at=now()):
        served.append(ticket.label)
        calling.start(session=session, at=now())
        calling.finish(session=session, at=now())
    connection.close()


def press(*, button: str, counter: int, **seen: int) -> str:
    """One press of an officer's button: what it led to, or the name of the refusal."""
    from loket.rules.queueing import MoveNotAllowed
    from loket.visits.actions import calling, undoing
    from loket.visits.actions.moving import TicketMoved

    buttons = {
        "call": calling.call_next,
        "start": calling.start,
        "finish": calling.finish,
        "undo": undoing.undo,
    }
    refusals = (
        calling.CounterBusy,
        calling.ElsewhereServed,
        undoing.NothingToUndo,
        MoveNotAllowed,
        TicketMoved,
    )
    try:
        return buttons[button](session=session_at(counter), at=now(), **seen).state
    except refusals as refusal:
        return type(refusal).__name__


def begin(*, presses: list[str]) -> int | None:
    """One officer and three visitors, after these presses; the move that the undo button would take back."""
    from loket.visits.actions import undoing

    found(officers=1, visitors=3)
    for button in presses:
        press(button=button, counter=1)
    step = undoing.undoable(session=session_at(1), at=now())
    return step and step.pk


def look() -> dict:
    """What the database holds, and whether the event log verifies."""
    from loket.base import events
    from loket.base.models import Event
    from loket.outbox.models import Mail
    from loket.visits.models import Ticket

    return {
        "mails": Mail.objects.count(),
        "numbers": list(Ticket.objects.order_by("number").values_list("number", flat=True)),
        "states": dict(Ticket.objects.order_by("pk").values_list("number", "state")),
        "priority": dict(Ticket.objects.order_by("pk").values_list("number", "priority")),
        "called": labels(Event, "ticket.call"),
        "moves": list(Event.objects.order_by("seq").values_list("kind", flat=True)),
        "faults": [str(fault) for fault in events.verify()],
    }


def labels(events, kind: str) -> list[str]:
    return [event.data["label"] for event in events.objects.filter(kind=kind).order_by("seq")]


def the_office():
    from loket.offices.models import Office

    return Office.objects.get(code="3574")


def session_at(counter: int):
    from loket.visits.models import CounterSession

    sessions = CounterSession.objects.select_related("counter__office", "officer")
    return sessions.get(counter__number=counter, closed_at=None)


def now():
    """A moment of the same morning for every process: ten minutes in, and as many seconds as it is up."""
    from tests.cast import MORNING

    return MORNING + timedelta(minutes=10, seconds=time.monotonic() % 3600)


VERBS = (
    threads.VERBS
    | voices.VERBS
    | {each.__name__: each for each in (found, begin, take_numbers, press_for, serve_everybody, press, look)}
)


if __name__ == "__main__":
    django.setup()
    verb, facts = VERBS[sys.argv[1]], json.loads(sys.argv[2])
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(verb(**facts)))
