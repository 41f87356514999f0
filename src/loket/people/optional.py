"""Mails that nobody has to get: each says how to stop it, with one click and without signing in (RFC 8058).

What the office owes somebody (a deadline, an answer, a closing, a code) is never one of them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q, QuerySet

from loket.base.links import absolute
from loket.outbox import actions as outbox
from loket.people.choices import Consent as Purpose
from loket.people.choices import OptionalMail
from loket.people.models import Consent, Declined, Membership, User, Visitor

# No time limit: an old mail must still be able to stop the next one.
_signer = Signer(salt="optional-mail", sep=".")
STAFF_MAILS = frozenset({OptionalMail.ARTICLE, OptionalMail.REPORT})
STOPS = "/akun/surel/"
_READERS = {"user": User, "visitor": Visitor}


class LinkWrong(Exception):
    """The address was not made here, or its reader is gone."""


@dataclass(frozen=True)
class Subscription:
    """One kind of optional mail to one person."""

    kind: OptionalMail
    reader: User | Visitor


def stop_address(kind: OptionalMail, reader: User | Visitor) -> str:
    """The full address that stops this kind of mail to this reader."""
    who = "user" if isinstance(reader, User) else "visitor"
    return absolute(f"{STOPS}{_signer.sign(f'{kind.value}.{who}.{reader.pk}')}/")


def subscription_of(token: str) -> Subscription:
    """What a token speaks of. Refuses LinkWrong."""
    try:
        kind, who, key = _signer.unsign(token).split(".")
        return Subscription(OptionalMail(kind), _READERS[who].objects.get(pk=key))
    except (BadSignature, User.DoesNotExist, Visitor.DoesNotExist) as wrong:
        raise LinkWrong from wrong


@transaction.atomic
def stop(*, subscription: Subscription, at: datetime) -> None:
    """No such mail to this address any more, also none that waits already; again changes nothing.

    The yes to a survey is taken back wherever it was said under this address, because whoever
    pressed has read what was mailed there.
    """
    if subscription.kind is OptionalMail.SURVEY:
        _consents(subscription.reader.email).update(withdrawn_at=at)
    else:
        Declined.objects.get_or_create(user=subscription.reader, kind=subscription.kind, defaults={"at": at})
    if subscription.reader.email:
        outbox.stop(to=subscription.reader.email, address=f"{STOPS}{subscription.kind.value}.")


def is_stopped(subscription: Subscription) -> bool:
    if subscription.kind is OptionalMail.SURVEY:
        return not _consents(subscription.reader.email).exists()
    return Declined.objects.filter(user=subscription.reader, kind=subscription.kind).exists()


def _consents(email: str) -> QuerySet[Consent]:
    said = Consent.objects.filter(purpose=Purpose.SURVEY, withdrawn_at=None)
    return said.filter(Q(user__email=email) | Q(visitor__email=email)) if email else said.none()


def choose(*, user: User, wanted: Collection[OptionalMail], at: datetime) -> None:
    """Exactly these of the mails that staff may decline; inside the transaction of the profile."""
    Declined.objects.filter(user=user, kind__in=wanted).delete()
    for kind in sorted(STAFF_MAILS.difference(wanted)):
        Declined.objects.get_or_create(user=user, kind=kind, defaults={"at": at})


def declined(user: User) -> set[str]:
    return set(Declined.objects.filter(user=user).values_list("kind", flat=True))


def without_declined(people: QuerySet[User], kind: OptionalMail) -> QuerySet[User]:
    """Those who still want this mail."""
    return people.exclude(pk__in=Declined.objects.filter(kind=kind).values("user"))


def may_decline(user: User) -> bool:
    """Visitors' one optional mail is a consent of its own; the others go to staff."""
    return Membership.objects.filter(user=user).exists()
