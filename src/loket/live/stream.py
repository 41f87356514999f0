"""The event stream of a screen: "topic, version", and a sign of life (DESIGN D8).

It carries nothing of what changed and no personal data; the screen fetches what it may see.
"""

import asyncio
from contextlib import suppress
from random import uniform

from granian.rsgi import HTTPProtocol

from loket.live.asking import asked, name_of
from loket.live.hub import Hub, Listener

# Screens call the line dead after ten seconds of silence.
PING_SECONDS = 5
# A stream ends after a while and its screen comes back: what a client does not read cannot pile up for
# long, and who may no longer listen is found out. Not all at once, hence from .. to.
LIFE_SECONDS = (3000, 4200)
HEADERS = [
    ("content-type", "text/event-stream; charset=utf-8"),
    ("cache-control", "no-store"),
    # nginx would hold the events back to fill its buffer.
    ("x-accel-buffering", "no"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-resource-policy", "same-origin"),
]
PING = "event: ping\ndata:\n\n"


class Streams:
    """The open streams of this process."""

    def __init__(self, hub: Hub):
        self._hub = hub
        self._open: set[asyncio.Task] = set()
        self._closed = False

    async def serve(self, office_code: str, query: str, proto: HTTPProtocol) -> None:
        """Tell one screen of changes until it goes away or the program ends."""
        # Before the answer begins: a question that is refused must not end a stream half-way.
        shown = {name_of(topic, office_code): version for topic, version in asked(query).items()}
        transport = proto.response_stream(200, HEADERS)
        listener = Listener(shown, transport.send_str)
        transport.send_str(PING)
        self._hub.enter(listener)
        try:
            await self._stay(proto)
        finally:
            self._hub.leave(listener)

    async def keep_alive(self) -> None:
        """Let every screen know that the line lives, for as long as the process does."""
        while True:
            await asyncio.sleep(PING_SECONDS)
            self._hub.say_to_all(PING)

    def close(self) -> None:
        """End every stream; their screens come back by themselves."""
        self._closed = True
        for task in self._open:
            task.cancel()

    async def _stay(self, proto: HTTPProtocol) -> None:
        task = asyncio.current_task()
        if self._closed or task is None:
            return
        self._open.add(task)
        try:
            with suppress(asyncio.CancelledError, TimeoutError):
                async with asyncio.timeout(uniform(*LIFE_SECONDS)):  # noqa: S311 - no secret
                    await proto.client_disconnect()
        finally:
            self._open.discard(task)
