"""Starting and stopping one server process."""

import asyncio
import gc
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.http import HTTP1Settings
from granian.server.embed import Server

from loket.jobs import schedule
from loket.live.hub import Hub
from loket.live.stream import Streams
from loket.live.watching import watch
from loket.serving.application import Application
from loket.serving.boards import Boards
from loket.serving.pages import Pages

# Streams are connections too: this many may be open at once in one process.
CONNECTIONS = 8192
HEADER_MILLISECONDS = 15_000
# What a page under way may take when the program is told to end.
ENDING_SECONDS = 2.0
ORPHAN_SECONDS = 1.0
# Python's own 700 is meant for scripts: a page makes thousands of objects.
COLLECT_AFTER = (20_000, 20, 20)


@dataclass(frozen=True)
class Place:
    host: str
    port: int


def run(place: Place, *, with_worker: bool, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGTERM or SIGINT; calls `ready` when requests are answered."""
    stop = threading.Event()
    workers = schedule.start(stop) if with_worker else []
    _spare_the_collector()
    try:
        asyncio.run(_serve(place, ready))
    finally:
        stop.set()
        for worker in workers:
            worker.join(ENDING_SECONDS)


def _spare_the_collector() -> None:
    """What is loaded by now stays; looking through it again and again took a sixth of each request's CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


async def _serve(place: Place, ready: Callable[[], None]) -> None:
    hub = Hub()
    pages = Pages(get_wsgi_application(), settings.PAGE_THREADS)
    streams = Streams(hub)
    server = _server(Application(pages, streams, Boards(hub)), place)
    serving = asyncio.create_task(server.serve())
    others = (watch(hub), streams.keep_alive(), _told_to_end(), _orphaned())
    reasons_to_end = [serving, *map(asyncio.create_task, others)]
    await asyncio.sleep(0)  # the server binds its port in its first step
    ready()
    ended, _ = await asyncio.wait(reasons_to_end, return_when=asyncio.FIRST_COMPLETED)
    # Streams first: the server waits for what is open.
    streams.close()
    server.stop()
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(serving), ENDING_SECONDS)
    pages.close(ENDING_SECONDS)
    for task in ended:
        task.result()  # an error that ended the server is its last word


def _server(application: Application, place: Place) -> Server:
    return Server(
        application,
        address=place.host,
        port=place.port,
        backlog=1024,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
        websockets=False,
        log_enabled=False,
    )


async def _told_to_end() -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await told.wait()


async def _orphaned() -> None:
    """A process of several ends with the one that started it, also when that was killed."""
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(ORPHAN_SECONDS)
