"""Several processes of one program: loaded once, forked from there, and forked again where one dies.

What is loaded before the fork lies in memory once. The process that forks has no threads and serves nobody:
a fork copies locks as they are, also those that another thread just holds.
"""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn

from django.db import connections

from loket.serving import server, working
from loket.serving.beside import Beside
from loket.serving.server import ENDING_SECONDS, Place

log = logging.getLogger(__name__)

# One that dies at once would otherwise be started as fast as the machine can.
RESTART_SECONDS = 1.0
# So many servers that die one after the other while none begins to answer: the next would die as well.
MOST_DEATHS = 10
# What the processes get beyond their own time to end, to be gone.
GRACE_SECONDS = 0.5
STEP_SECONDS = 0.01
# What a server says when it answers requests; no signal has this number.
ANSWERS = 0

Work = Callable[[], object]


def run(place: Place, *, servers: int, ready: Work, beside: Sequence[Beside]) -> bool:
    """Keep `servers` processes at one port, and one for what is `beside`, until SIGTERM or SIGINT.

    Calls `ready` when the first of them answers.
    False when it was given up, because servers die before they answer.
    """
    news, family, mother = News(), Family(), os.getpid()
    server.application()

    def serve() -> None:
        server.run(place, started_by=mother, ready=news.answers)

    for _ in range(servers):
        family.add(serve)
    if beside:
        family.add(lambda: working.run(beside, started_by=mother))
    waited_for, deaths = True, 0
    for each in news:
        if each in (signal.SIGTERM, signal.SIGINT) or deaths >= MOST_DEATHS:
            break
        if each == signal.SIGCHLD:
            deaths += family.replace_the_dead().count(serve)
        else:
            deaths = 0
            if waited_for:
                ready()
            waited_for = False
    family.end(time.monotonic() + ENDING_SECONDS + GRACE_SECONDS)
    return deaths < MOST_DEATHS


class News:
    """What the signals of this process and the servers say, one after the other."""

    def __init__(self):
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._writing, False)
        signal.set_wakeup_fd(self._writing)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            # Python writes the number of a signal that is heard; nothing else is to be done.
            signal.signal(number, lambda *_: None)

    def __iter__(self) -> Iterator[int]:
        while True:
            yield from os.read(self._reading, 64)

    def answers(self) -> None:
        os.write(self._writing, bytes([ANSWERS]))


class Family:
    """The processes of one program, what each of them does, and since when (monotonic seconds)."""

    def __init__(self):
        self._work: dict[int, Work] = {}
        self._since: dict[int, float] = {}

    def add(self, work: Work) -> None:
        # A child that closed its copy of SQLite's files would open them to others in the middle of a write.
        connections.close_all()
        sys.stdout.flush()
        sys.stderr.flush()
        if pid := os.fork():
            self._work[pid], self._since[pid] = work, time.monotonic()
        else:
            _be_a_child(work)

    def replace_the_dead(self) -> list[Work]:
        """What those did of whom another takes the place now."""
        works, lived = [], RESTART_SECONDS
        for pid, status in self._ended():
            log.error("Process %s ended with %s; another takes its place", pid, status)
            works.append(self._work.pop(pid))
            lived = min(lived, time.monotonic() - self._since.pop(pid))
        if lived < RESTART_SECONDS:
            time.sleep(RESTART_SECONDS)
        for work in works:
            self.add(work)
        return works

    def end(self, until: float) -> None:
        """They may take until then (monotonic seconds); what is left is killed."""
        self._send(signal.SIGTERM)
        while self._work and time.monotonic() < until:
            for pid, _ in self._ended():
                del self._work[pid]
            time.sleep(STEP_SECONDS)
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        for pid in self._work:
            os.kill(pid, number)

    def _ended(self) -> list[tuple[int, int]]:
        """Those that are gone, each with its exit code (negative: the signal that ended it)."""
        found = [os.waitpid(pid, os.WNOHANG) for pid in self._work]
        return [(pid, os.waitstatus_to_exitcode(status)) for pid, status in found if pid]


def _be_a_child(work: Work) -> NoReturn:
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        work()
        code = 0
    except BaseException:  # it ends here, whatever it was: what the mother was doing is not the child's
        log.exception("Process %s fails", os.getpid())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
