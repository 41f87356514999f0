"""What is done beside the pages: each thing in a thread of its own, until told to end."""

import threading
import time
from collections.abc import Callable, Sequence

# Goes on until the event is set.
Beside = Callable[[threading.Event], object]


class Company:
    """Those threads, of one process."""

    def __init__(self, works: Sequence[Beside]):
        self._told = threading.Event()
        self._threads = [
            threading.Thread(target=work, args=[self._told], name="beside", daemon=True) for work in works
        ]
        for thread in self._threads:
            thread.start()

    def tell(self) -> None:
        """It is time to end."""
        self._told.set()

    def wait(self, until: float) -> None:
        """Let them finish what they have in hand, at most until then (monotonic seconds).

        A mail server that hangs must not hold up the end; its mail goes out again by its lease.
        """
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0))
