"""Filling the demo: accounts, two months that were served, and a morning that is under way.

Doing it again adds only what is missing: days that passed since, and today's morning on a new day.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from loket.demo import accounts
from loket.demo.hall import Hall
from loket.demo.opening import keep_open
from loket.demo.people import somebody
from loket.offices.clock import local, local_day
from loket.offices.models import Counter, Office
from loket.offices.queries import calendar_of
from loket.people.models import User
from loket.rules.worktime import Calendar, days_between
from loket.visits.actions import calling, sessions
from loket.visits.actions.ending import end_day
from loket.visits.models import CounterSession, Ticket

HISTORY = timedelta(days=61)
# Arrivals by the hour of the day: most come in the morning.
HOURS = {8: 3, 9: 6, 10: 6, 11: 4, 12: 1, 13: 4, 14: 3}
VISITORS_BY_WEEKDAY = ((13, 22), (12, 18), (11, 17), (10, 15), (10, 13), (10, 13), (10, 13))
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


def fill(*, office: Office, at: datetime) -> int:
    """Bring the office's demo up to `at` (aware). Returns how many visitors were added."""
    staff = accounts.make(office=office, at=at)
    counters = list(office.counters.filter(active=True).order_by("number"))
    crew = list(zip(counters, staff, strict=False))
    before = Ticket.objects.filter(office=office).count()
    calendar = calendar_of(office)
    end_day(office=office, before=local_day(office, at), at=at)
    for day in _missing_days(office, calendar, at):
        with transaction.atomic():
            _play_day(office, calendar, crew, day)
    keep_open(office=office, at=at)
    if not Ticket.objects.of_day(office, local_day(office, at)).exists():
        with transaction.atomic():
            _play_morning(office, crew, at)
    return Ticket.objects.filter(office=office).count() - before


def _missing_days(office: Office, calendar: Calendar, at: datetime) -> Iterator[date]:
    """Working days of the last two months after the latest one that has visitors."""
    today = local_day(office, at)
    latest = (
        Ticket.objects.filter(office=office).order_by("-day", "-pk").values_list("day", flat=True).first()
    )
    first = max(today - HISTORY, latest + timedelta(days=1)) if latest else today - HISTORY
    for day in days_between(first, today - timedelta(days=1)):
        if calendar.is_working_day(day):
            yield day


def _play_day(office: Office, calendar: Calendar, crew: list[tuple[Counter, User]], day: date) -> None:
    """One whole working day, from the first officer to the last visitor."""
    hall = _hall(office, day)
    opened = [
        hall.open(counter, officer, calendar.opening(day) + hall.seconds(0, 240)) for counter, officer in crew
    ]
    for number, session in enumerate(opened):
        noon = datetime.combine(day, time(11, 45), office.tz) + timedelta(minutes=40 * number)
        hall.plan(noon, lambda at, session=session: hall.rest(session, at, minutes=35))
    for arrival in _arrivals(hall.chance, day, office):
        hall.plan(arrival, hall.arrive)
    hall.run()
    closed_at = calendar.closing(day) + timedelta(minutes=5)
    last = Ticket.objects.of_day(office, day).order_by("-finished_at", "-pk").first()
    if last and last.finished_at:
        closed_at = max(closed_at, last.finished_at + timedelta(minutes=1))
    for session in opened:
        sessions.close_counter(session=session, by=session.officer.staff_id, at=closed_at)
    end_day(office=office, before=day + timedelta(days=1), at=closed_at)


def _arrivals(chance: Random, day: date, office: Office) -> list[datetime]:
    visitors = chance.randint(*VISITORS_BY_WEEKDAY[day.weekday()])
    hours = chance.choices(list(HOURS), list(HOURS.values()), k=visitors)
    midnight = datetime.combine(day, time(), office.tz)
    return sorted(midnight + timedelta(hours=hour, seconds=chance.randrange(3600)) for hour in hours)


def _play_morning(office: Office, crew: list[tuple[Counter, User]], at: datetime) -> None:
    """The last two hours up to `at`: some were served, one is being served, others wait."""
    hall = _hall(office, local_day(office, at))
    now = local(office, at)
    midnight = datetime.combine(now.date(), time(), office.tz)
    # Soon after midnight the morning is shorter, but its order is the same.
    pace = min(1.0, (now - midnight) / MORNING_BEGAN)
    opened: dict[int, CounterSession] = {}
    for minutes, verb, *counter in MORNING:
        moment = now - timedelta(minutes=minutes) * pace
        if verb == "arrive":
            hall.arrive(moment, somebody(hall.chance, with_mail=True))
        elif verb == "open":
            place, officer = crew[counter[0]]
            opened[counter[0]] = sessions.open_counter(counter=place, by=officer, at=moment)
        else:
            VERBS[verb](session=opened[counter[0]], at=moment)


def _hall(office: Office, day: date) -> Hall:
    service = office.services.filter(active=True).order_by("letter")[0]
    # The same demo for everybody who looks on the same day; nothing here is a secret.
    return Hall(office, service, Random(f"{office.code} {day}"))  # noqa: S311
