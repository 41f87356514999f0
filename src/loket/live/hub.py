"""Who listens to which topics in this process, and the versions they were told of."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress


class Listener:
    """One open stream. Several changes while it is busy become one: only the newest version counts."""

    def __init__(self, told: dict[str, int]):
        self.told = told
        self.news = asyncio.Event()


class Hub:
    """Hands news of the database to every listener. Belongs to one event loop."""

    def __init__(self):
        self.versions: dict[str, int] = {}
        self._listeners: set[Listener] = set()
        self._watched: Counter[str] = Counter()
        self._wake = asyncio.Event()
        self.closed = False

    @property
    def topics(self) -> list[str]:
        return list(self._watched)

    def enter(self, told: dict[str, int]) -> Listener:
        """Start to listen; `told` says for each topic the version that the screen shows."""
        listener = Listener(told)
        self._listeners.add(listener)
        if any(topic not in self._watched for topic in told):
            self.wake()
        self._watched.update(told.keys())
        if self.closed or self.news_for(listener):
            listener.news.set()
        return listener

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        for topic in listener.told:
            self._watched[topic] -= 1
            if not self._watched[topic]:
                # Nobody reads it any more, so what is known of it would grow old.
                del self._watched[topic]
                self.versions.pop(topic, None)

    def news_for(self, listener: Listener) -> dict[str, int]:
        return {
            topic: self.versions[topic]
            for topic, told in listener.told.items()
            if self.versions.get(topic, told) != told
        }

    def tell(self, found: Mapping[str, int]) -> None:
        """Take the versions the database has now."""
        changed = {topic for topic, version in found.items() if self.versions.get(topic) != version}
        if not changed:
            return
        self.versions.update({topic: found[topic] for topic in changed})
        for listener in self._listeners:
            if not changed.isdisjoint(listener.told) and self.news_for(listener):
                listener.news.set()

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
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    def close(self) -> None:
        """End every stream; their screens come back by themselves."""
        self.closed = True
        self.wake()
        for listener in self._listeners:
            listener.news.set()


def known(found: Iterable[tuple[str, int]], topics: Iterable[str]) -> dict[str, int]:
    """Versions by topic; one that has never changed is at 0."""
    return dict.fromkeys(topics, 0) | dict(found)
