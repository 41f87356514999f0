"""How often somebody may ask in a minute: one count for all server processes of this machine.

For doors that only read. A try at a secret is counted in the database (base.limiting); a reader must not
cause a write. So the counts lie in memory that is there before the processes part and is theirs together
(docs/decisions/0044-one-count-for-all-servers.md).
"""

import mmap
import threading
from datetime import datetime

# Whoever asks is counted at a place in each row, and the smallest of these counts: it is too high only where
# others in the same minute fall on all of the same places.
ROWS, PLACES = 2, 1 << 16
BYTES = 8


class Counts:
    """In each place a minute and how many asked in it; an earlier minute counts for nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.begin()

    def begin(self) -> None:
        """Count from nothing, for this process and those that it forks from now on."""
        self._places = memoryview(mmap.mmap(-1, ROWS * PLACES * BYTES)).cast("Q")

    def one_more(self, who: object, minute: int) -> int:
        """How many asked in this minute, this one included. Two processes that count in the same
        microsecond may count one.
        """
        number = hash(who)
        with self._lock:
            return min(
                self._count(row * PLACES + (number >> 16 * row) % PLACES, minute) for row in range(ROWS)
            )

    def _count(self, place: int, minute: int) -> int:
        begun, count = divmod(self._places[place], 1 << 32)
        count = count + 1 if begun == minute else 1
        self._places[place] = (minute << 32) + count
        return count


counts = Counts()


def seconds_to_wait(*, door: str, who: str | None, a_minute: int, at: datetime) -> int:
    """0 while `who` (an address, a network) may pass `door` at `at`; else seconds until the next minute."""
    minute, second = divmod(int(at.timestamp()), 60)
    return 60 - second if counts.one_more((door, who), minute) > a_minute else 0
