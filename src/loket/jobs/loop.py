"""The worker: asks again and again what is due, and does it with the ordinary actions (DESIGN D10)."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils import timezone

from loket.base.models import Heartbeat

log = logging.getLogger(__name__)

STEP_SECONDS = 1.0
BEAT_EVERY = timedelta(seconds=10)
# A job that could not ask, usually because the database is away, asks again after this.
AWAY = timedelta(seconds=10)
# A row that failed is tried again after one minute, then two, then four, up to an hour.
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Job:
    """Something that becomes due: a question for what is due now, and the ordinary action for each row.

    Done twice, late, or by two workers at once, the rows are the same in the end: the action itself
    names the state it has seen.
    """

    name: str
    every: timedelta
    due: Callable[[datetime], Iterable[Any]]
    do: Callable[[Any, datetime], object]
    _next: datetime = LONG_AGO
    _failed: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def run(self, now: Callable[[], datetime]) -> int:
        """Do what is due, if it is time to ask. A row that fails is put off and holds up no other.

        Returns how many rows were done.
        """
        at = now()
        # A clock set back must not stop the job for as long as it was set back.
        if at < self._next <= at + max(self.every, AWAY):
            return 0
        self._next = at + self.every
        return sum(self._do(row, now()) for row in self.due(at))

    def put_off(self, until: datetime) -> None:
        self._next = until

    def _do(self, row: Any, at: datetime) -> int:
        key = str(getattr(row, "pk", row))
        times, not_before = self._failed.get(key, (0, LONG_AGO))
        if at < not_before <= at + LONGEST_PAUSE:
            return 0
        try:
            self.do(row, at)
        except (OperationalError, InterfaceError):
            raise  # the database is away: that is no fault of this row
        except Exception:
            pause = min(FIRST_PAUSE * 2**times, LONGEST_PAUSE)
            log.exception("Job %s failed for %s; next try in %s", self.name, key, pause)
            self._failed[key] = (min(times + 1, 10), at + pause)
            return 0
        self._failed.pop(key, None)
        return 1


def work(stop: threading.Event, name: str, jobs: list[Job]) -> None:
    """Run the jobs one after the other until `stop` is set, and leave a heartbeat called `name`."""
    pulse = Job("heartbeat", BEAT_EVERY, lambda at: [name], beat)
    while not stop.is_set():
        for job in [*jobs, pulse]:
            _guarded(job)
        stop.wait(STEP_SECONDS)
    connections.close_all()


def _guarded(job: Job) -> None:
    """One job that cannot even ask, or a database that is away, must not end the line of work."""
    try:
        close_old_connections()
        job.run(timezone.now)
    except Exception:
        log.exception("Job %s cannot ask what is due; next try in %s", job.name, AWAY)
        job.put_off(timezone.now() + AWAY)
        connections.close_all()


def beat(name: str, at: datetime) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at})
