"""Scenes for a measured program: python -m benchmarks._scenes SCENE '{"facts": ...}' prints JSON."""

import json
import sys
import time
from typing import Any
from uuid import uuid4

import django


def hall(counters: int) -> dict[str, Any]:
    """An office that is open day and night, with an officer at each counter."""
    from tests import staging
    from tests.cast import an_officer, sari_at_counter

    now = _now()
    facts = staging.hall(counters=counters)
    office = _office()
    for number in range(1, counters + 1):
        name = f"Petugas {number}"
        officer = an_officer(office, name, email=f"petugas{number}@kantor.example")
        facts["sessions"][name] = staging._session(officer, now)
        sari_at_counter(office, at=now, number=number, name=name)
    return facts


def trim(count: int, served: int | None = None) -> int:
    """Exactly that many people in line: the others give their numbers back, or some more come.

    With `served`, exactly that many were served today, without a note: how many the officers of a benchmark
    can serve in three seconds is no office's day.
    """
    from loket.visits.models import Ticket

    if served is not None:
        _serve_today(served)
    line = Ticket.objects.filter(state="waiting").order_by("rank")
    # Not by the actions: thousands of them would take longer than the benchmark.
    line.filter(pk__in=list(line.values_list("pk", flat=True)[count:])).update(state="cancelled")
    for _ in range(count - line.count()):
        _take()
    return line.count()


def _serve_today(count: int) -> None:
    """More are copies of what each officer served last; fewer, and the others were served yesterday."""
    from datetime import timedelta

    from django.db.models import F, Max
    from tests.crowd import many_served

    from loket.visits.models import Ticket

    done = Ticket.objects.filter(state="served", day=_today())
    past = list(done.order_by("rank", "pk").values_list("pk", flat=True)[count:])
    Ticket.objects.filter(pk__in=past).update(day=F("day") - timedelta(days=1))
    last = [row["last"] for row in done.values("officer").annotate(last=Max("pk")).order_by("officer")]
    missing = count - done.count()
    for place, ticket in enumerate(Ticket.objects.select_related("visit").filter(pk__in=last).order_by("pk")):
        many_served(ticket, missing // len(last) + (place < missing % len(last)))


def library(items: int) -> int:
    """An invented library of that many items, with its index."""
    from itertools import islice

    from benchmarks._shelves import documents
    from loket.library.index import freshness
    from loket.library.models import Item, Shelf

    office = _office()
    rows = enumerate(documents(items))
    while batch := list(islice(rows, 5000)):
        Item.objects.bulk_create(
            Item(
                source="bench", key=str(number), kind="table", title=title, summary=body, year_from=year,
                year_to=year, shelved=1, digest="", scope="office" if owner == 1 else "nation",
                office=office if owner == 1 else None,
            )
            for number, (title, body, owner, year) in batch
        )  # fmt: skip
    Shelf.objects.update_or_create(id=1, defaults={"version": 1})
    return freshness.refresh()


def history(tickets: int) -> int:
    """Fill the past up to that many tickets, by the database's own means: a year of full days."""
    from loket.visits.models import Ticket

    already = Ticket.objects.exclude(day=_today()).count()
    _fill(already + 1, tickets)
    return tickets


def cost(presses: int) -> dict[str, float]:
    """CPU milliseconds of taking a number, and of calling the next, in this process."""
    from loket.visits.actions import calling
    from loket.visits.models import CounterSession

    took = _cpu(_take, presses)
    session = CounterSession.objects.select_related("counter__office", "officer").filter(closed_at=None)[0]

    def serve() -> float:
        begun = time.process_time()
        calling.call_next(session=session, at=_now())
        spent = time.process_time() - begun
        calling.start(session=session, at=_now())
        calling.finish(session=session, at=_now())
        return spent

    called = sorted(serve() for _ in range(presses))
    return {"take": took, "call": called[len(called) // 2] * 1000}


def desk_queries(path: str, session: str) -> dict[str, Any]:
    """What the officer's page asks of the database."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["loket_session"] = session
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    return {"status": answer.status_code, "queries": len(captured)}


def _cpu(act, times: int) -> float:
    """The median: a page of the database that is split or written back now and then is not typical."""
    spent = []
    for _ in range(times):
        begun = time.process_time()
        act()
        spent.append(time.process_time() - begun)
    return sorted(spent)[times // 2] * 1000


def _take():
    from tests.cast import take

    return take(_office(), at=_now(), guest=None, key=uuid4().hex)


def _office():
    from loket.offices.models import Office

    return Office.objects.get(code="3574")


def _now():
    from django.utils import timezone

    return timezone.now()


def _today():
    from loket.offices.clock import local_day

    return local_day(_office(), _now())


def _fill(first: int, last: int) -> None:
    """The past tickets number `first` to `last`, two hundred a day going back: copies of one served
    ticket with its visit, a move and an event.
    """
    from django.db import connection, transaction

    from loket.base.models import Event
    from loket.visits.models import Ticket, Visit

    pattern = _served_ticket()
    past = f"date('{_today()}', '-' || (1 + k / 200) || ' days')"
    ticket, visit = (model.objects.order_by("-pk")[0].pk for model in (Ticket, Visit))
    seq = Event.objects.order_by("-seq")[0].seq
    copies = {
        ("visits_visit", "id", pattern.visit_id): {"id": f"{visit} + k", "day": past},
        ("visits_ticket", "id", pattern.pk): {
            "id": f"{ticket} + k",
            "visit_id": f"{visit} + k",
            "token": "'past-' || k",
            "day": past,
            "number": "1 + k % 200",
        },
        ("visits_ticketmove", "id", pattern.moves.order_by("pk")[0].pk): {
            "id": None,
            "ticket_id": f"{ticket} + k",
        },
        ("base_event", "id", Event.objects.order_by("-seq")[0].pk): {
            "id": None,
            "seq": f"{seq} + k",
            "subject": f"'ticket:' || ({ticket} + k)",
        },
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for (table, key, value), changed in copies.items():
            cursor.execute(f"SELECT * FROM {table} LIMIT 1")
            columns = [column[0] for column in cursor.description if changed.get(column[0], "") is not None]
            values = ", ".join(changed.get(name, f"old.{name}") for name in columns)
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)})"
                f" WITH RECURSIVE n(k) AS (SELECT {first} UNION ALL SELECT k + 1 FROM n WHERE k < {last})"
                f" SELECT {values} FROM n, {table} AS old WHERE old.{key} = {value}"
            )
        cursor.execute(f"UPDATE base_chainhead SET seq = seq + {last}")


def _served_ticket():
    from loket.visits.actions import calling
    from loket.visits.models import CounterSession

    session = CounterSession.objects.select_related("counter__office", "officer").filter(closed_at=None)[0]
    _take()
    calling.call_next(session=session, at=_now())
    calling.start(session=session, at=_now())
    return calling.finish(session=session, at=_now())


if __name__ == "__main__":
    django.setup()
    print(json.dumps(globals()[sys.argv[1]](**json.loads(sys.argv[2]))))
