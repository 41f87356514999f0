"""The due work in a process of its own."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from loket.jobs import schedule
from loket.serving.server import ENDING_SECONDS

log = logging.getLogger(__name__)

STEP_SECONDS = 0.2


def run(
    *,
    with_jobs: bool = True,
    started_by: int | None = None,
    beside: Callable[[], object] | None = None,
) -> None:
    """Do what is due until told to end, or until the process `started_by` is gone; `beside` in a thread."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda heard, _: told.append(heard))
    stop = threading.Event()
    threads = schedule.start(stop) if with_jobs else []
    if beside:
        threading.Thread(target=beside, name="beside", daemon=True).start()
    while not told and started_by in (None, os.getppid()):
        # An event would be set by the signal in the thread that holds its lock.
        time.sleep(STEP_SECONDS)
    if not told:
        log.warning("The worker ends: process %s, which started it, is gone", started_by)
    stop.set()
    schedule.wait(threads, until=time.monotonic() + ENDING_SECONDS)
