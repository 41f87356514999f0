"""Several server processes on one port: the system deals new connections out among them."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from loket.jobs import schedule
from loket.serving.server import ENDING_SECONDS, Place

log = logging.getLogger(__name__)

STEP_SECONDS = 0.2
# One that dies at once would otherwise be started as fast as the machine can.
RESTART_SECONDS = 1.0


def run(place: Place, *, processes: int, with_worker: bool, ready: Callable[[], None]) -> None:
    """Keep `processes` servers going until SIGTERM or SIGINT; the worker runs in this process."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    servers = [_start(place) for _ in range(processes)]
    workers = schedule.start(stop) if with_worker else []
    ready()
    while not stop.wait(STEP_SECONDS):
        servers = [server if server.poll() is None else _again(server, place, stop) for server in servers]
    until = time.monotonic() + ENDING_SECONDS
    _end(servers, until)
    schedule.wait(workers, until=until)


def _start(place: Place) -> subprocess.Popen:
    words = ["serve", "--host", place.host, "--port", str(place.port), "--started-by", str(os.getpid())]
    return subprocess.Popen([sys.executable, "-m", "loket", *words])  # noqa: S603 - ourselves


def _again(server: subprocess.Popen, place: Place, stop: threading.Event) -> subprocess.Popen:
    log.error("Server process %s ended with %s; another takes its place", server.pid, server.returncode)
    stop.wait(RESTART_SECONDS)
    return _start(place)


def _end(servers: list[subprocess.Popen], until: float) -> None:
    for server in servers:
        server.terminate()
    for server in servers:
        try:
            # They have the same time as this; a little more is for them to be gone.
            server.wait(max(until - time.monotonic(), 0) + 0.5)
        except subprocess.TimeoutExpired:
            os.kill(server.pid, signal.SIGKILL)
            server.wait()
