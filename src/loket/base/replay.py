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


class Press:
    """A request that may come twice: its key, what it asks for, and what was answered before."""

    def __init__(self, *, scope: str, key: str, content: object):
        self._scope, self._key, self._fingerprint = scope, key, fingerprint(content)

    def ask(self) -> None:
        """Look for an earlier answer, which is read when it is needed.

        Ask inside the transaction that would answer, after `events.hold`, so that two at once are one
        after the other.
        """
        self._asked = sql.later(
            "SELECT fingerprint, answer FROM base_replay WHERE scope = %s AND key = %s",
            self._scope,
            self._key,
        )

    @property
    def answer(self) -> str | None:
        """What was answered before, or None. Refuses KeyReused for another content."""
        earlier = self._asked.fetchone()
        if earlier is None:
            return None
        asked, answer = earlier
        if asked != self._fingerprint:
            raise KeyReused(self._key)
        return answer

    def remember(self, *, answer: str, at: datetime) -> None:
        sql.later(
            "INSERT INTO base_replay (scope, key, fingerprint, answer, at) VALUES (%s, %s, %s, %s, %s)",
            self._scope, self._key, self._fingerprint, answer, sql.moment(at),
        )  # fmt: skip


def answered(*, scope: str, key: str, content: object) -> str | None:
    """What was answered to this key before, or None; see Press. Refuses KeyReused."""
    press = Press(scope=scope, key=key, content=content)
    press.ask()
    return press.answer


def remember(*, scope: str, key: str, content: object, answer: str, at: datetime) -> None:
    Press(scope=scope, key=key, content=content).remember(answer=answer, at=at)


def forget_old(*, at: datetime) -> int:
    """Remove answers nobody will ask for again (older than 48 hours)."""
    return Replay.objects.filter(at__lt=at - KEPT_FOR).delete()[0]
