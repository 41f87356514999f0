"""Who listens to which topics in this process, and the versions they were told of."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from loket.live.asking import topic_of


class Listener:
    """Somebody who shows topics, at the versions in `told`; `send` must not wait."""

    def __init__(self, told: dict[str, int], send: Callable[[str], object]):
        self.told = told
        self.send = send


class Hub:
    """Hands news of the database to every listener. Belongs to one event loop."""

    def __init__(self):
        self.versions: dict[str, int] = {}
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._wake = asyncio.Event()

    @property
    def topics(self) -> list[str]:
        return list(self._listeners)

    def enter(self, listener: Listener) -> None:
        """Start to listen; what the listener shows and is old already, it is told at once."""
        for topic in listener.told:
            if topic not in self._listeners:
                self.wake()
            self._listeners[topic].add(listener)
            if topic in self.versions:
                _tell(listener, topic, self.versions[topic])

    def leave(self, listener: Listener) -> None:
        for topic in listener.told:
            self._listeners[topic].discard(listener)
            if not self._listeners[topic]:
                # Nobody reads it any more, so what is known of it would grow old.
                del self._listeners[topic]
                self.versions.pop(topic, None)

    def tell(self, found: Mapping[str, int]) -> None:
        """Take the versions the database has now."""
        for topic, version in found.items():
            if self.versions.get(topic) == version or topic not in self._listeners:
                continue
            self.versions[topic] = version
            text = changed(topic, version)
            for listener in self._listeners[topic]:
                _tell(listener, topic, version, text)

    def say_to_all(self, text: str) -> None:
        for listener in {each for listeners in self._listeners.values() for each in listeners}:
            listener.send(text)

    def wake(self) -> None:
        """The database should be read again: it called, or a topic is new here."""
        self._wake.set()

    def take_wake(self) -> bool:
        """Was there a reason to read since the last time this was asked?"""
        woken = self._wake.is_set()
        self._wake.clear()
        return woken

    async def woken(self, seconds: float) -> None:
        """Until there is a reason to read, at most `seconds`."""
        # Python 3.11's wait_for forgets that it was cancelled where the reason comes at the same moment.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()


def _tell(listener: Listener, topic: str, version: int, text: str = "") -> None:
    if listener.told[topic] != version:
        listener.told[topic] = version
        listener.send(text or changed(topic, version))


def changed(topic: str, version: int) -> str:
    """The event, named as the screen asked for it."""
    return f"event: changed\ndata: {json.dumps({'topic': topic_of(topic), 'version': version})}\n\n"


def known(found: Iterable[tuple[str, int]], topics: Iterable[str]) -> dict[str, int]:
    """Versions by topic; one that has never changed is at 0."""
    return dict.fromkeys(topics, 0) | dict(found)
