"""Starting and stopping the program's one server process."""

import asyncio
import logging
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

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

log = logging.getLogger(__name__)

# Streams are connections too: this many may be open at once in one process.
CONNECTIONS = 8192
HEADER_MILLISECONDS = 15_000
# What a page under way may take when the program is told to end.
ENDING_SECONDS = 2.0


def run(*, host: str, port: int, with_worker: bool, ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT; calls `ready` when the first request would be answered."""
    asyncio.run(_serve(host, port, with_worker, ready))


async def _serve(host: str, port: int, with_worker: bool, ready: Callable[[], None]) -> None:
    hub = Hub()
    pages = Pages(get_wsgi_application(), settings.PAGE_THREADS)
    server = Server(
        Application(pages, Streams(hub), Boards(hub)),
        address=host,
        port=port,
        backlog=1024,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
        websockets=False,
        log_enabled=False,
    )
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    worker_stop = threading.Event()
    workers = schedule.start(worker_stop) if with_worker else []
    tasks = [asyncio.create_task(server.serve()), asyncio.create_task(watch(hub))]
    ended = asyncio.create_task(stopping.wait())
    await asyncio.sleep(0)  # the server binds its port in its first step
    ready()
    await asyncio.wait([*tasks, ended], return_when=asyncio.FIRST_COMPLETED)
    worker_stop.set()
    hub.close()
    server.stop()
    with suppress(TimeoutError):
        await asyncio.wait_for(tasks[0], ENDING_SECONDS)
    pages.close(ENDING_SECONDS)
    for worker in workers:
        worker.join(ENDING_SECONDS)
