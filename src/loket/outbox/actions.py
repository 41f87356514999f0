"""Messages: put in the transaction of their cause, delivered by the worker."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from loket.base import ids, sql
from loket.outbox.models import Mail

# Long enough to answer "I never got it"; the address and the words are not kept beyond.
WORDS_KEPT = timedelta(days=30)
# The mail that tells somebody that nothing is kept about them any more is not kept either.
LAST_WORD = "privacy.erased"
EMPTIED = {"to": "", "subject": "", "text": "", "html": "", "stop_at": ""}


def put(
    *,
    to: str,
    subject: str,
    text: str,
    kind: str,
    at: datetime,
    html: str = "",
    office: str = "",
    key: str | None = None,
    not_before: datetime | None = None,
    stop_at: str = "",
    among: list[Mail] | None = None,
) -> Mail:
    """Store a message, to leave at `not_before` (aware) or at once.

    `stop_at`: the address at which its reader stops mails of this kind, where it is an optional one.
    With a `key` that exists already nothing new is stored: one cause, one mail. With `among` it is only
    added there; the caller stores what is there by `put_all`.
    """
    mail = Mail(
        key=key or ids.token(),
        office=office,
        kind=kind,
        to=to,
        # A line break in a subject would start a header of the sender's choice.
        subject=" ".join(subject.split())[:200],
        text=text,
        html=html,
        stop_at=stop_at,
        created_at=at,
        next_try_at=not_before or at,
    )
    if among is not None:
        among.append(mail)
        return mail
    return mail if sql.insert_once(mail) else Mail.objects.get(key=mail.key)


def put_all(mails: Sequence[Mail]) -> None:
    """Store them by one statement, in the transaction of their cause, as `put` does each."""
    if mails:
        sql.insert_new(mails)


@transaction.atomic
def revise(*, key: str, subject: str, text: str, not_before: datetime, at: datetime) -> bool:
    """Put other words into a message whose time to leave has not come; False when it has."""
    return bool(
        _not_left(at)
        .filter(key=key)
        .update(subject=" ".join(subject.split())[:200], text=text, next_try_at=max(not_before, at))
    )


@transaction.atomic
def withdraw(*, key: str, at: datetime) -> bool:
    """Take back a message whose time to leave has not come; False when it has."""
    return bool(_not_left(at).filter(key=key).delete()[0])


@transaction.atomic
def withdraw_all(*, key: str, at: datetime) -> int:
    """The same for every message whose key begins so. Returns how many."""
    return _not_left(at).filter(key__startswith=key).delete()[0]


@transaction.atomic
def stop(*, to: str, address: str) -> int:
    """Take back what waits for this reader and names such a stopping address (any part of one).

    What a worker has in its hands at this moment still leaves. Returns how many do not.
    """
    waiting = Mail.objects.filter(state=Mail.State.WAITING, to=to, stop_at__contains=address)
    return waiting.delete()[0]


def stored(*, key: str) -> bool:
    return Mail.objects.filter(key=key).exists()


@transaction.atomic
def forget_words(*, at: datetime) -> int:
    """Empty messages that left or failed more than 30 days ago: the row stays, who and what go."""
    return forgettable(at=at).update(**EMPTIED, forgotten_at=at)


@transaction.atomic
def forget(*, mails: QuerySet[Mail], at: datetime) -> None:
    """Empty these messages at once, because their reader was erased; those that wait never leave."""
    mails.filter(state=Mail.State.WAITING).update(state=Mail.State.FAILED)
    mails.update(**EMPTIED, refusal="", forgotten_at=at)


def forgettable(*, at: datetime) -> QuerySet[Mail]:
    old = Q(created_at__lt=at - WORDS_KEPT) | Q(kind=LAST_WORD)
    return Mail.objects.filter(old, forgotten_at=None).exclude(state=Mail.State.WAITING)


def _not_left(at: datetime) -> QuerySet[Mail]:
    """Before its time no worker looks at a message, so none can be sending it now."""
    return Mail.objects.filter(state=Mail.State.WAITING, attempts=0, next_try_at__gt=at)
