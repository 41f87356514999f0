"""Mails leave in a line of work of their own: a mail server that hangs holds up nothing else."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from loket.outbox import delivery
from loket.outbox.models import Mail
from loket.outbox.post import Post, post

log = logging.getLogger(__name__)

# An unreachable server is asked again after this; each mail has its own, longer pauses.
REST = timedelta(seconds=30)


class Mailing:
    """One round of the post: one connection, and an end to it when there is no server to talk to."""

    def __init__(self):
        self._post: Post = post()
        self._unreachable_at: datetime | None = None

    def due(self, at: datetime) -> Iterator[Mail]:
        if self._unreachable_at and abs(at - self._unreachable_at) < REST:
            return
        self._unreachable_at = None
        self._post = post()
        try:
            for mail in delivery.due(at):
                yield mail
                if self._unreachable_at:
                    return
        finally:
            self._post.close()

    def send(self, mail: Mail, at: datetime) -> None:
        try:
            delivery.deliver(mail, send=self._post.send, at=at)
        except delivery.Unreachable as trouble:
            log.warning("No mail leaves, the mail server is not to be reached: %s", trouble)
            self._unreachable_at = at
