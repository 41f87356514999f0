"""How many threads work at once; one that takes long makes place for the next."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

IDLE = float("inf")


@dataclass
class Place:
    """Since when its thread has been at work (monotonic seconds, or IDLE), and whether it is lost."""

    begun: float = IDLE
    lost: bool = False


class Places:
    """So many work at once, not counting those who have been at it for long."""

    def __init__(self, places: int):
        self._free = threading.Semaphore(places)
        self._guard = threading.Lock()
        self._taken: list[Place] = []

    @contextmanager
    def taken(self) -> Iterator[Place]:
        """Wait for a place; it is kept until the end, or until it is lost."""
        self._free.acquire()
        place = Place()
        with self._guard:
            self._taken.append(place)
        try:
            yield place
        finally:
            self._lose([place])

    def pass_by(self, moment: float) -> None:
        """Whoever has been at work since before that moment goes on without a place."""
        self._lose([place for place in self._taken if place.begun < moment])

    def open(self, places: int) -> None:
        """That many more, for good."""
        for _ in range(places):
            self._free.release()

    def _lose(self, places: list[Place]) -> None:
        for place in places:
            with self._guard:
                if place.lost:
                    continue
                place.lost = True
                self._taken.remove(place)
            self._free.release()
