"""loket serve: the whole program on one port."""

import argparse
import os
import socket
import sys
from collections.abc import Callable
from threading import Event

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection

from loket.commands import Refused
from loket.diagnosis import database
from loket.env import HERE

USUAL_PROCESSES = 2
CAN_FORK = hasattr(os, "fork")


def register(verbs):
    parser = verbs.add_parser("serve", help="serve the program on one port")
    add_options(parser)
    parser.set_defaults(run=run)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `run` reads."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=port, default=8000, help="port to listen on (default 8000)")
    parser.add_argument(
        "--workers",
        type=processes,
        default=usual_processes(),
        metavar="N",
        help="server processes (default 2, or 1 where there is one processor)",
    )


def port(text: str) -> int:
    return between(text, 1, 65535)


def processes(text: str) -> int:
    return between(text, 1, 64)


def between(text: str, least: int, most: int) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
    return int(text)


def usual_processes() -> int:
    """One computes while another waits for the disk or for its client; more serve a large installation."""
    return min(USUAL_PROCESSES, os.cpu_count() or 1) if CAN_FORK else 1


def run(arguments, *beside: Callable[[Event], object]):
    """Serve until told to end; each of `beside` goes on in a thread of its own until its event is set."""
    from loket.jobs import schedule  # these start what only a server needs
    from loket.serving import server, several

    place = server.Place(arguments.host, arguments.port)
    lead_links_to(place.port)
    check_start()
    check_migrated()
    works = [schedule.do_what_is_due, *beside] if settings.WORKER_THREAD else [*beside]
    told = {"ready": lambda: say(place), "beside": works}
    with claim(place.host, place.port):
        if arguments.workers == 1:
            server.run(place, **told)
        elif not CAN_FORK:
            raise Refused("This system cannot fork a process: serve with --workers 1.")
        elif not several.run(place, servers=arguments.workers, **told):
            raise Refused("No server could be kept running; what failed is written above.")


def lead_links_to(port: int) -> None:
    """Links in mails and QR codes lead to where the program serves, unless a setting says more. Known before
    the processes part, so that all of them do the same.
    """
    if settings.BASE_URL_UNSET:
        settings.BASE_URL = HERE.format(port=port)


def say(place) -> None:
    print(f"Loket answers at {address(place.host, place.port)}/", file=sys.stderr, flush=True)


def address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def check_start() -> None:
    """Refuse settings that contradict each other and addresses open to nobody knows whom."""
    wrong = [message for message in run_checks() if message.is_serious()]
    for message in wrong:
        print(message, file=sys.stderr)
    if wrong:
        raise Refused("Loket does not start like this; see above.")


def check_migrated() -> None:
    """Refuse a database without the tables of this program: each page would fail. A PostgreSQL that does not
    answer yet is waited for, page by page.
    """
    try:
        reason = database.why_away()
        if reason and connection.vendor == "sqlite":
            raise Refused(f"The database cannot be opened ({reason}): loket doctor says more.")
        if not reason and database.missing_migrations():
            raise Refused("The database is not up to date with this program: run loket migrate first.")
    finally:
        connection.close()


def check_free(host: str, port: int) -> None:
    """Refuse a port that another program has."""
    claim(host, port).close()


def claim(host: str, port: int) -> socket.socket:
    """Keep the port for this program and its processes, as long as the socket is open. Refuses one that
    another program has: with several processes the system would share it silently.
    """
    held = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    # Connections of a program that has just ended are no reason to refuse.
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
    except OSError as failure:
        held.close()
        raise Refused(f"Cannot listen on {host}:{port} ({os.strerror(failure.errno or 0)}).") from None
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
    if hasattr(socket, "SO_REUSEPORT"):
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    return held
