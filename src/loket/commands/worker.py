"""loket worker: the due work in a process of its own, where the server runs in several processes."""

import signal
import sys
import threading
import time

ENDING_SECONDS = 2.5


def register(verbs):
    verbs.add_parser("worker", help="do what is due, without serving pages").set_defaults(run=run)


def run(arguments):
    from loket.jobs import schedule  # needs the rooms, which are ready only now

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threads = schedule.start(stop)
    print("Loket does what is due.", file=sys.stderr)
    stop.wait()
    schedule.wait(threads, until=time.monotonic() + ENDING_SECONDS)
