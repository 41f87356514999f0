"""How often somebody may try, ask or send in a span of time: one count for all processes.

A span begins with the first try and ends after its length; what is refused is not counted. Who tried is
kept as a keyed digest only, until the span is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from loket.base import sql
from loket.base.models import Tries


@dataclass(frozen=True)
class Limit:
    """At most `amount` in `span`, for one `who`: an account, an address, or whatever is tried."""

    amount: int
    span: timedelta
    who: str


@transaction.atomic
def may(*, door: str, limits: Sequence[Limit], at: datetime) -> bool:
    """Count one more at this door for each limit, unless one of them is reached; whether it may go on.

    One statement for all limits. Two at the same instant may both find room for one; the counts that come
    back tell the second.
    """
    if not limits:
        return True
    keys = [_digest(door, limit) for limit in limits]
    ends = [sql.moment(at + limit.span) for limit in limits]
    tried = [value for pair in zip(keys, ends, strict=True) for value in pair]
    full = [value for key, limit in zip(keys, limits, strict=True) for value in (key, limit.amount)]
    now = sql.moment(at)
    counts = sql.rows(_statement(len(limits)), *tried, now, *full, now, now)
    most = {key: limit.amount for key, limit in zip(keys, limits, strict=True)}
    return len(counts) == len(limits) and all(count <= most[key] for key, count in counts)


def _statement(limits: int) -> str:
    tried = " UNION ALL SELECT ".join(["%s AS key, %s AS ends"] * limits)
    full = " OR ".join(["(key = %s AND count >= %s)"] * limits)
    return (
        f"INSERT INTO base_tries (key, ends, count) SELECT key, ends, 1 FROM (SELECT {tried}) AS tried"  # noqa: S608
        f" WHERE NOT EXISTS (SELECT 1 FROM base_tries WHERE ends > %s AND ({full}))"
        " ON CONFLICT (key) DO UPDATE SET"
        " count = CASE WHEN base_tries.ends > %s THEN base_tries.count + 1 ELSE 1 END,"
        " ends = CASE WHEN base_tries.ends > %s THEN base_tries.ends ELSE excluded.ends END"
        " RETURNING key, count"
    )


def _digest(door: str, limit: Limit) -> str:
    said = f"{door}:{limit.amount}:{limit.span.total_seconds():.0f}:{limit.who}"
    return salted_hmac("loket.limits", said, algorithm="sha256").hexdigest()


def over(*, at: datetime):
    """Counts whose span has ended."""
    return Tries.objects.filter(ends__lte=at)
