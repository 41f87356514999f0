"""`loket serve` with a clock that can be set: python -m tests.drills.clock START PORT

START is an ISO date and time. The clock runs on from there; each SIGUSR1 moves it, for the process that
hears it, by the seconds written in LOKET_HOME/step. Monotonic time is left alone, as it is when a real
clock is set.
"""

import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

import time_machine

from tests.served import Served


def step(served: Served, seconds: int) -> None:
    """Move the clock of a program that was started here."""
    (served.home / "step").write_text(str(seconds))
    for each in served.processes():
        each.send_signal(signal.SIGUSR1)


def main(start: str, port: str) -> int:
    clock = time_machine.travel(datetime.fromisoformat(start), tick=True).start()

    def move(*_: object) -> None:
        seconds = float((Path(os.environ["LOKET_HOME"]) / "step").read_text())
        clock.shift(timedelta(seconds=seconds))

    signal.signal(signal.SIGUSR1, move)
    from loket.cli import main as loket

    return loket(["serve", "--port", port])


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
