"""What is done beside the pages, in a process of its own: mostly the due work."""

import logging
import os
import signal
import time
from collections.abc import Sequence

from loket.serving.beside import Beside, Company
from loket.serving.server import ENDING_SECONDS

log = logging.getLogger(__name__)

STEP_SECONDS = 0.2


def run(works: Sequence[Beside], *, started_by: int | None = None) -> None:
    """Do that until told to end, or until the process `started_by` is gone."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda heard, _: told.append(heard))
    company = Company(works)
    while not told and started_by in (None, os.getppid()):
        # An event would be set by the signal in the thread that holds its lock.
        time.sleep(STEP_SECONDS)
    if not told:
        log.warning("The worker ends: process %s, which started it, is gone", started_by)
    company.tell()
    company.wait(time.monotonic() + ENDING_SECONDS)
