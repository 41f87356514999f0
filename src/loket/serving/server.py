"""Starting and stopping one server process."""

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.cache import close_caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, reset_queries
from django.urls import reverse
from django.utils import translation
from granian.http import HTTP1Settings
from granian.server.embed import Server

from loket.base import pace
from loket.live.hub import Hub
from loket.live.stream import Streams
from loket.live.watching import watch
from loket.serving import files
from loket.serving.application import Application
from loket.serving.beside import Beside, Company
from loket.serving.boards import Boards
from loket.serving.pages import Pages

log = logging.getLogger(__name__)

HEADER_MILLISECONDS = 15_000
# What pages, mails and the worker's rows under way may take together when the program is told to end.
ENDING_SECONDS = 2.5
# Of which so much is left to tell those whose request cannot be served any more.
REFUSING_SECONDS = 0.5
# After this the process leaves whatever would not end; what was acknowledged is committed long since.
LEAVING_SECONDS = 6.0
ORPHAN_SECONDS = 1.0
# Python's own 700 is meant for scripts: a page makes thousands of objects.
COLLECT_AFTER = (20_000, 20, 20)
# Whoever is at work needs the interpreter between any two statements; at Python's own 5 ms the worker's
# forecast makes a call wait for 150 ms, at 1 ms changing places costs a tenth of each page.
SWITCH_SECONDS = 0.002


@dataclass(frozen=True)
class Place:
    host: str
    port: int


def run(
    place: Place,
    *,
    ready: Callable[[], object],
    beside: Sequence[Beside] = (),
    started_by: int | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; calls `ready` when requests are answered, and does what is `beside`.

    One of several also ends with the process that started it, whose number is `started_by`. Alone, it
    outlives the shell it came from.
    """
    application()
    company = Company(beside)
    _spare_each_request()
    try:
        until = asyncio.run(_serve(place, ready, company, started_by))
    finally:
        company.tell()
    company.wait(until)


@cache
def application() -> WSGIHandler:
    """The program behind all pages, loaded whole; several processes do it before they part, to share it.

    What is loaded by now stays; looking through it again and again took a sixth of each request's CPU.
    """
    loaded = get_wsgi_application()
    pace.counts.begin()
    know_addresses()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    sys.setswitchinterval(SWITCH_SECONDS)
    return loaded


def know_addresses() -> None:
    """Load the screens, and make the tables by which Django writes addresses, one for each language."""
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            reverse("healthz")


def _spare_each_request() -> None:
    """What Django does around each request and this program has no use for: our caches hold nothing open,
    a connection that is old is closed after the request before, and nobody counts queries here.
    """
    request_finished.disconnect(close_caches)
    request_started.disconnect(close_old_connections)
    if not settings.DEBUG:
        request_started.disconnect(reset_queries)


async def _serve(
    place: Place, ready: Callable[[], object], company: Company, started_by: int | None
) -> float:
    """Returns until when (monotonic seconds) the end may take."""
    hub = Hub()
    pages = Pages(application(), settings.PAGE_THREADS, settings.PAGES_AT_ONCE)
    streams = Streams(hub)
    program = Application(pages, streams, Boards(hub))
    server = _server(program, place)
    serving = asyncio.create_task(server.serve())
    others = [watch(hub), streams.keep_alive(), _told_to_end()]
    if started_by:
        others.append(_orphaned(started_by))
    reasons_to_end = [serving, *map(asyncio.create_task, others)]
    await _listens(place, serving)
    ready()
    ended, _ = await asyncio.wait(reasons_to_end, return_when=asyncio.FIRST_COMPLETED)
    until = time.monotonic() + ENDING_SECONDS
    _leave_at_last()
    company.tell()
    # Streams first: the server waits for what is open.
    streams.close()
    server.stop()
    await asyncio.wait([serving], timeout=ENDING_SECONDS - REFUSING_SECONDS)
    program.refuse_the_rest()
    await asyncio.wait([serving], timeout=REFUSING_SECONDS)
    pages.close(until)
    for task in ended:
        task.result()  # an error that ended the server is its last word
    return until


def _server(application: Application, place: Place) -> Server:
    return Server(
        application,
        address=place.host,
        port=place.port,
        backlog=1024,
        backpressure=files.connections(),
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
        websockets=False,
        log_enabled=False,
    )


async def _listens(place: Place, serving: asyncio.Task) -> None:
    """Until somebody can connect; ended before that, the server's own thread would be caught half-way."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(place.host, place.host)  # noqa: S104 - compared only
    while not serving.done():
        try:
            _, line = await asyncio.open_connection(here, place.port)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            line.close()
            return


def _leave_at_last() -> None:
    def leave() -> None:
        log.warning("Something did not end within %s seconds and is left behind.", LEAVING_SECONDS)
        os._exit(0)

    timer = threading.Timer(LEAVING_SECONDS, leave)
    timer.daemon = True
    timer.start()


async def _told_to_end() -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await told.wait()


async def _orphaned(started_by: int) -> None:
    """A process of several ends with the one that started it, also when that was killed while it began."""
    while os.getppid() == started_by:
        await asyncio.sleep(ORPHAN_SECONDS)
    log.warning("Server process %s ends: process %s, which started it, is gone", os.getpid(), started_by)
