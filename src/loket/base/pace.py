"""How often somebody may ask in a minute, counted in this process's memory.

For doors that only read. A try at a secret is counted in the database (base.limiting),
one count for all processes; a reader must not cause a write.
"""

from datetime import datetime

from django.core.cache import caches


def seconds_to_wait(*, door: str, who: str | None, a_minute: int, at: datetime) -> int:
    """0 while `who` (an address) may pass `door` at `at`; else the seconds until the next minute."""
    minute = int(at.timestamp()) // 60
    counts = caches["pace"]
    key = f"{door}:{who}:{minute}"
    counts.add(key, 0, timeout=60)
    try:
        asked = counts.incr(key)
    except ValueError:
        # Removed between the two lines, because too many others asked: a count begins anew.
        return 0
    return 60 - int(at.timestamp()) % 60 if asked > a_minute else 0
