"""What the board shows at one moment, ready for the template."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loket.offices.clock import ending, local, local_day
from loket.offices.models import Office
from loket.offices.queries import NoCalendar, active_services, calendar_of
from loket.rules.worktime import Moment
from loket.screens.hall import COMPARED, is_full
from loket.screens.voice import voice_of
from loket.visits import calls as hall
from loket.visits.calls import Call
from loket.visits.estimating import Queue
from loket.visits.models import Break

PAST, NEXT, RANGES = 4, 5, 2


@dataclass(frozen=True)
class SpokenCall:
    """A call to announce: the panel's facts and the addresses of its clips as JSON."""

    key: int
    label: str
    counter: int
    clips: str
    running: bool = True


@dataclass(frozen=True)
class Snapshot:
    """One picture of the hall.

    `shown` is the newest call and the four before it, each number once; `spoken` what is young enough
    to be announced; `standing` the keys of all calls that were not taken back.
    """

    at: datetime
    shown: list[Call]
    next: list[str]
    spoken: list[SpokenCall]
    standing: str
    joining: list[str]
    breaks: list[str]
    hours: str
    empty_title: str
    empty_text: str

    @property
    def now(self) -> Call | None:
        return self.shown[0] if self.shown else None

    @property
    def past(self) -> list[Call]:
        return self.shown[1:]


def take_snapshot(office: Office, *, at: datetime) -> Snapshot:
    """`at` is aware; texts come in the language that is active."""
    calls = hall.calls_of_day(office, at=at)
    moment = _moment(office, at)
    is_open = moment is None or moment.is_open
    hours = _hours(office, moment, at)
    # Without a calendar no numbers are given, and nothing is known of their end.
    giving, full = _doors(office, at) if moment and is_open else ([], [])
    return Snapshot(
        at=at,
        shown=hall.once_each(calls)[: 1 + PAST],
        next=hall.next_labels(office, count=NEXT, at=at),
        spoken=list(_spoken(office, calls, at)),
        standing=" ".join(str(call.key) for call in calls),
        joining=[*_joining(giving, full), *_full_sentences(giving, full)],
        breaks=[_break_sentence(office, pause, at) for pause in hall.announced_breaks(office)],
        hours=hours,
        empty_title=_("Nobody has been called yet") if is_open else _("The office is closed"),
        empty_text=_empty_text(giving, full) if is_open else hours,
    )


def _spoken(office: Office, calls: list[Call], at: datetime) -> Iterator[SpokenCall]:
    """Oldest first, in the order in which the visitors were called."""
    young = [call for call in reversed(calls) if at - call.at <= hall.SPOKEN_FOR]
    voice = voice_of(office)
    for call in young:
        clips = voice.says(label=call.label, counter=call.counter)
        yield SpokenCall(call.key, call.label, call.counter, json.dumps(clips))


def _doors(office: Office, at: datetime) -> tuple[list[Queue], list[Queue]]:
    """Whose services give numbers, and whose do not any more: the first few, and one that gives."""
    giving: list[Queue] = []
    full: list[Queue] = []
    for service in active_services(office):
        if giving and len(giving) + len(full) >= COMPARED:
            break
        queue = Queue(service, at=at)
        (full if is_full(queue) else giving).append(queue)
    return giving, full


def _joining(giving: list[Queue], full: list[Queue]) -> Iterator[str]:
    """How long a number taken now is likely to wait; by service where there are several."""
    alone = len(giving) + len(full) == 1
    # The board is small: the sentence on what is full takes the place of a range.
    for queue in giving[: RANGES - bool(full)]:
        joining = queue.line.joining
        if joining is None or joining.high == 0:
            continue
        words = {"service": queue.service.name, "low": int(joining.low), "high": int(joining.high)}
        if alone:
            yield _("New number: about %(low)d–%(high)d minutes") % words
        else:
            yield _("%(service)s: about %(low)d–%(high)d minutes") % words


def _full_sentences(giving: list[Queue], full: list[Queue]) -> Iterator[str]:
    """Who came for these need not walk to the kiosk; several are told by the letters of their numbers."""
    if full and not giving:
        yield _("All numbers of today have been given")
    elif len(full) == 1:
        yield _("All numbers of today have been given: %(service)s") % {"service": full[0].service.name}
    elif full:
        letters = ", ".join(queue.service.letter for queue in full)
        yield _("All numbers of today have been given: services %(letters)s") % {"letters": letters}


def _empty_text(giving: list[Queue], full: list[Queue]) -> str:
    if full and not giving:
        return _("All numbers of today have been given")
    return _("Take a number and have a seat.")


def _break_sentence(office: Office, pause: Break, at: datetime) -> str:
    number = pause.session.counter.number
    # A time that has passed says nothing about when the officer is back.
    if pause.back_at is None or pause.back_at <= at:
        return _("Counter %(counter)d") % {"counter": number}
    back = f"{local(office, pause.back_at):%H.%M}"
    return _("Counter %(counter)d until about %(time)s") % {"counter": number, "time": back}


def _moment(office: Office, at: datetime) -> Moment | None:
    try:
        return calendar_of(office).moment(at)
    except NoCalendar:
        return None


def _hours(office: Office, moment: Moment | None, at: datetime) -> str:
    if moment is None:
        return _("Opening hours are not published yet")
    if moment.is_open and moment.closes_at:
        return _("Closes at %(time)s") % {"time": _until(office, moment.closes_at)}
    if moment.opens_at is None:
        return _("Closed")
    words = {"day": _day(office, moment.opens_at, at), "time": _time(office, moment.opens_at)}
    return _("Opens %(day)s at %(time)s") % words


def _time(office: Office, at: datetime) -> str:
    return f"{local(office, at):%H.%M} {office.zone_name}"


def _until(office: Office, at: datetime) -> str:
    return f"{ending(office, at)[1]} {office.zone_name}"


def _day(office: Office, until: datetime, at: datetime) -> str:
    if local_day(office, until) == local_day(office, at):
        return _("today")
    return date_format(local(office, until), "l")
