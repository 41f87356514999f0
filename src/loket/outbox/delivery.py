"""Sending what the outbox holds: at least once, never two different letters (DESIGN D11)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from loket.outbox.actions import EMPTIED, LAST_WORD
from loket.outbox.letters import CannotBeWritten
from loket.outbox.models import Mail

# Who sends a mail has it for this long; a worker that dies loses it to the next one.
LEASE = timedelta(minutes=3)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60)]
GIVE_UP_AFTER = timedelta(days=3)
AT_ONCE = 50


class Refused(Exception):
    """The mail server will never take this mail; the text is what it said."""


class NotNow(Exception):
    """The mail server could not take this mail now; the text is what it said."""


class Unreachable(NotNow):
    """There is no mail server to talk to, so no mail can leave now."""


def due(at: datetime) -> QuerySet[Mail]:
    waiting = Mail.objects.filter(state=Mail.State.WAITING, next_try_at__lte=at)
    return waiting.order_by("next_try_at", "pk")[:AT_ONCE]


def deliver(mail: Mail, *, send: Callable[[Mail], None], at: datetime) -> bool:
    """Take the mail, send it, note it. False when another worker has it.

    `send` refuses Refused for ever, NotNow for a while. What it could not send now is tried again
    after 1, 2, 5, 15, 30, 60 minutes, then hourly, and given up after three days. Unreachable is
    noted like NotNow and passed on, so that the caller may leave the other mails alone.
    """
    if not _take(mail, at):
        return False
    try:
        send(mail)
    except (Refused, CannotBeWritten) as refusal:
        _give_up(mail, refusal)
    except NotNow as trouble:
        _put_off(mail, trouble, at)
        if isinstance(trouble, Unreachable):
            raise
    else:
        # The last word to somebody who was erased goes with having left.
        gone = EMPTIED | {"forgotten_at": at} if mail.kind == LAST_WORD else {}
        _note(mail, state=Mail.State.SENT, sent_at=at, refusal="", **gone)
    return True


def _take(mail: Mail, at: datetime) -> bool:
    with transaction.atomic():
        won = Mail.objects.filter(
            pk=mail.pk, state=Mail.State.WAITING, next_try_at=mail.next_try_at, attempts=mail.attempts
        ).update(next_try_at=at + LEASE, attempts=F("attempts") + 1)
    mail.attempts += 1
    return bool(won)


def _note(mail: Mail, **what) -> None:
    """Write down what became of it, unless somebody took it after this lease had run out."""
    with transaction.atomic():
        Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING, attempts=mail.attempts).update(**what)


def _give_up(mail: Mail, refusal: Exception) -> None:
    _note(mail, state=Mail.State.FAILED, refusal=str(refusal)[:300])


def _put_off(mail: Mail, trouble: Exception, at: datetime) -> None:
    if at - mail.created_at >= GIVE_UP_AFTER:
        _give_up(mail, trouble)
        return
    pause = PAUSES[min(mail.attempts, len(PAUSES)) - 1]
    _note(mail, next_try_at=at + pause, refusal=str(trouble)[:300])
