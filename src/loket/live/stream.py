"""The event stream of a screen: "topic, version", and a sign of life (DESIGN D8).

It carries nothing of what changed and no personal data; the screen fetches what it may see.
"""

import asyncio
import json
from urllib.parse import parse_qs

from granian.rsgi import HTTPProtocol, ProtocolClosed

from loket.live.hub import Hub, Listener

# Screens call the line dead after ten seconds of silence.
PING_SECONDS = 5
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
    def __init__(self, hub: Hub):
        self._hub = hub

    async def serve(self, office_code: str, query: str, proto: HTTPProtocol) -> None:
        """Tell one screen of changes until it goes away or the program ends."""
        listener = self._hub.enter(shown(office_code, query))
        try:
            await self._tell(listener, proto.response_stream(200, HEADERS))
        except ProtocolClosed:
            pass  # the screen went away
        finally:
            self._hub.leave(listener)

    async def _tell(self, listener: Listener, transport) -> None:
        await transport.send_str(PING)
        while not self._hub.closed:
            try:
                await asyncio.wait_for(listener.news.wait(), PING_SECONDS)
            except TimeoutError:
                await transport.send_str(PING)
                continue
            listener.news.clear()
            news = self._hub.news_for(listener)
            listener.told.update(news)
            if news:
                await transport.send_str("".join(_event(*item) for item in news.items()))


def shown(office_code: str, query: str) -> dict[str, int]:
    """Which topics a screen wants and what it shows of each: ?topics=hall,devices&version=12,3.

    A version that is not given counts as older than any, so that the screen is told at once.
    """
    fields = parse_qs(query)
    topics = fields.get("topics", ["hall"])[0].split(",")
    versions = fields.get("version", [""])[0].split(",")
    versions += [""] * len(topics)
    return {
        f"{topic}:{office_code}": int(version) if version.isdecimal() else -1
        for topic, version in zip(topics, versions, strict=False)
    }


def _event(topic: str, version: int) -> str:
    name = topic.partition(":")[0]
    return f"event: changed\ndata: {json.dumps({'topic': name, 'version': version})}\n\n"
