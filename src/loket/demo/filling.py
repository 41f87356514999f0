"""Filling the demo: accounts, two months that were served, and a morning that is under way.

Doing it again adds only what is missing: days that passed since, and today's morning on a new day.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction
from django.db.models import Max

from loket.demo import accounts, complaining, history, opinions, sharing, shelf, talking
from loket.demo.days import Day, Stay, arrive, play
from loket.demo.opening import keep_open
from loket.offices.clock import local, local_day
from loket.offices.models import Counter, Office, Service
from loket.offices.queries import calendar_of
from loket.people.models import User
from loket.rules.worktime import days_between
from loket.visits.actions import calling, sessions
from loket.visits.actions.ending import end_day
from loket.visits.actions.numbering import Request, take_number
from loket.visits.models import CounterSession, Ticket
from loket.visits.queries import policy_of

HISTORY = timedelta(days=61)
MORNING_BEGAN = timedelta(minutes=120)
VERBS = {"call": calling.call_next, "start": calling.start, "finish": calling.finish}
# Minutes before now, what happens, and at which counter.
MORNING = (
    (119, "open", 0), (117, "open", 1),
    (114, "arrive"), (113.5, "call", 0), (113, "start", 0),
    (108, "arrive"), (107.5, "call", 1), (107, "start", 1),
    (101, "arrive"), (96, "finish", 0), (95, "call", 0), (94.5, "start", 0),
    (91, "arrive"), (88, "finish", 1), (86, "call", 1), (85, "start", 1),
    (79, "arrive"), (72, "arrive"), (70, "finish", 0), (69, "call", 0), (68, "start", 0),
    (57, "finish", 1), (55, "call", 1), (54, "start", 1), (51, "arrive"), (44, "arrive"),
    (41, "finish", 0), (40, "call", 0), (39, "start", 0), (33, "arrive"), (29, "arrive"),
    (26, "finish", 1), (24, "call", 1), (23.5, "start", 1), (19, "arrive"), (14, "arrive"),
    (9, "finish", 0), (8, "call", 0), (7, "start", 0), (6, "arrive"), (3, "arrive"), (1, "finish", 1),
)  # fmt: skip


@transaction.atomic
def fill(*, office: Office, at: datetime) -> int:
    """Bring the office's demo up to `at` (aware). Returns how many visitors were added.

    All of it or nothing: ended in the middle, it begins anew the next time.
    """
    staff = accounts.make(office=office, at=at)
    crew = list(zip(office.counters.filter(active=True).order_by("number"), staff, strict=False))
    before = Ticket.objects.filter(office=office).count()
    end_day(office=office, before=local_day(office, at), at=at)
    days = list(_missing_days(office, len(crew), at))
    if days:
        history.keep(office=office, service=_service(office), crew=crew, days=days)
    keep_open(office=office, at=at)
    shelf.fill(office=office, at=at)
    if not Ticket.objects.of_day(office, local_day(office, at)).exists():
        _play_morning(office, crew, at)
    talking.talk(office=office, officers=staff, at=at)
    sharing.share(office=office, officer=staff[0], supervisor=accounts.supervisor(), at=at)
    opinions.survey(office=office, at=at)
    complaining.complain(office=office, supervisor=accounts.supervisor(), handler=staff[0], at=at)
    return Ticket.objects.filter(office=office).count() - before


def _missing_days(office: Office, desks: int, at: datetime) -> Iterator[Day]:
    """Working days of the last two months after the latest one that has visitors."""
    calendar = calendar_of(office)
    today = local_day(office, at)
    latest = Ticket.objects.filter(office=office).aggregate(day=Max("day"))["day"]
    first = max(today - HISTORY, latest + timedelta(days=1)) if latest else today - HISTORY
    for day in days_between(first, today - timedelta(days=1)):
        if calendar.is_working_day(day):
            yield play(
                day=day,
                calendar=calendar,
                policy=policy_of(office),
                desks=desks,
                chance=_chance(office, day),
            )


def _play_morning(office: Office, crew: list[tuple[Counter, User]], at: datetime) -> None:
    """The last two hours up to `at`: some were served, one is being served, others wait."""
    service, chance = _service(office), _chance(office, local_day(office, at))
    now = local(office, at)
    midnight = datetime.combine(now.date(), time(), office.tz)
    # Soon after midnight the morning is shorter, but its order is the same.
    pace = min(1.0, (now - midnight) / MORNING_BEGAN)
    opened: dict[int, CounterSession] = {}
    for minutes, verb, *counter in MORNING:
        moment = now - timedelta(minutes=minutes) * pace
        if verb == "arrive":
            _take_number(service, arrive(chance, 0, moment, with_mail=True))
        elif verb == "open":
            place, officer = crew[counter[0]]
            opened[counter[0]] = sessions.open_counter(counter=place, by=officer, at=moment)
        else:
            VERBS[verb](session=opened[counter[0]], at=moment)


def _take_number(service: Service, stay: Stay) -> None:
    errand = stay.errand
    take_number(
        office=service.office,
        service=service,
        request=Request(errand.purpose, errand.text, errand.kind, stay.priority),
        guest=stay.guest,
        door="kiosk",
        key=f"demo-{stay.taken.timestamp():.6f}",
        by="visitor",
        at=stay.taken,
    )


def _service(office: Office) -> Service:
    return office.services.filter(active=True).select_related("office").order_by("letter")[0]


def _chance(office: Office, day: date) -> Random:
    """The same demo for everybody who looks on the same day; nothing here is a secret."""
    return Random(f"{office.code} {day}")  # noqa: S311
