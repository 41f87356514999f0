"""Pressing twice is pressing once: a request's key and what was answered to it."""

import hashlib
import json
from datetime import datetime, timedelta

from loket.base import sql
from loket.base.models import Replay

KEPT_FOR = timedelta(hours=48)
CANONICAL = json.JSONEncoder(sort_keys=True, default=str).encode


class KeyReused(Exception):
    """The same key came with another content; the sender has to make a new one (409)."""


def fingerprint(content: object) -> str:
    return hashlib.sha256(CANONICAL(content).encode()).hexdigest()


def answered(*, scope: str, key: str, content: object) -> str | None:
    """What was answered to this key before, or None. Refuses KeyReused for another content.

    Ask inside the transaction that would answer, after `events.hold`, so that two at once are one
    after the other.
    """
    earlier = sql.one("SELECT fingerprint, answer FROM base_replay WHERE scope = %s AND key = %s", scope, key)
    if earlier is None:
        return None
    asked, answer = earlier
    if asked != fingerprint(content):
        raise KeyReused(key)
    return answer


def remember(*, scope: str, key: str, content: object, answer: str, at: datetime) -> None:
    sql.later(
        "INSERT INTO base_replay (scope, key, fingerprint, answer, at) VALUES (%s, %s, %s, %s, %s)",
        scope, key, fingerprint(content), answer, sql.moment(at),
    )  # fmt: skip


def forget_old(*, at: datetime) -> int:
    """Remove answers nobody will ask for again (older than 48 hours)."""
    return Replay.objects.filter(at__lt=at - KEPT_FOR).delete()[0]
