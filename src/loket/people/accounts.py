"""Accounts of visitors: opened by a mailed code, filled in as they like, ended by themselves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from loket.base import ids
from loket.people import optional
from loket.people.actions import NOTICE_VERSION
from loket.people.choices import AgeBand, OptionalMail
from loket.people.models import Consent, Membership, Profile, SignIn, User

# Somebody who typed a wrong address has left nothing of it behind by tomorrow.
UNOPENED_FOR = timedelta(days=1)
TOLD = ("phone", "sex", "age_band", "education", "occupation", "institution", "institution_kind")


class StillStaff(Exception):
    """Somebody with a role at an office is withdrawn by its administrator before the account can end."""


@dataclass(frozen=True)
class Told:
    """What somebody tells of themselves; the names of `facts` are those of TOLD, missing ones are empty."""

    name: str
    language: str
    facts: Mapping[str, str]
    # Purposes ticked, each by its own box.
    consents: Collection[str] = ()
    # Of the mails that staff may decline those that are wanted; None where nobody was asked.
    mails: Collection[OptionalMail] | None = None


@transaction.atomic
def begin(*, email: str, language: str, at: datetime) -> User | None:
    """The account of this address, made where there is none; None where it was ended.

    The address is not proved to be theirs before the mailed code came back (`note_sign_in`).
    """
    address = email.strip().lower()
    user, _ = User.objects.get_or_create(
        email=address, defaults={"language": language, "asked_at": at, "password": make_password(None)}
    )
    return user if user.is_active else None


@transaction.atomic
def note_sign_in(*, user: User, email: str, session_key: str, browser: str, at: datetime) -> None:
    """Somebody is in. `email` is the address whose code they typed, empty after a passkey."""
    User.objects.filter(pk=user.pk, joined_at=None).update(joined_at=at)
    if email.lower() == user.email:
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
    SignIn.objects.filter(user=user).exclude(session_key__in=_living(at)).delete()
    SignIn.objects.update_or_create(
        session_key=session_key, defaults={"user": user, "browser": browser[:60], "at": at}
    )


def sign_ins_of(user: User, *, at: datetime) -> QuerySet[SignIn]:
    return SignIn.objects.filter(user=user, session_key__in=_living(at)).order_by("-at", "-pk")


@transaction.atomic
def end_sign_ins(*, user: User, keep: str = "", only: int | None = None) -> int:
    """Sign the person out everywhere but in the session `keep`, or in the one sign-in `only`.

    The browsers concerned are out at their next request. Returns how many there were.
    """
    ended = SignIn.objects.filter(user=user).exclude(session_key=keep)
    if only is not None:
        ended = ended.filter(pk=only)
    keys = list(ended.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    return ended.delete()[0]


@transaction.atomic
def introduce(*, user: User, name: str) -> None:
    """What the officers call somebody who has not said it before; a name once said stays."""
    User.objects.filter(pk=user.pk, name="").update(name=name)
    user.name = user.name or name


@transaction.atomic
def tell(*, user: User, told: Told, at: datetime) -> Profile:
    """Keep what the person says of themselves; what was ticked no more is withdrawn, and stays as proof."""
    User.objects.filter(pk=user.pk).update(name=told.name, language=told.language)
    facts = {name: told.facts.get(name, "") for name in TOLD}
    profile, _ = Profile.objects.update_or_create(user=user, defaults={**facts, "changed_at": at})
    # A child's consent needs a parent (UU 27/2022, 25), whom we cannot ask here.
    child = profile.age_band == AgeBand.UNDER_18
    _agree(user, set() if child else set(told.consents), told.language, at)
    if told.mails is not None:
        optional.choose(user=user, wanted=told.mails, at=at)
    return profile


def agreed(user: User) -> set[str]:
    """The purposes the person has said yes to and not taken back."""
    return set(Consent.objects.filter(user=user, withdrawn_at=None).values_list("purpose", flat=True))


def _agree(user: User, purposes: set[str], language: str, at: datetime) -> None:
    Consent.objects.filter(user=user, withdrawn_at=None).exclude(purpose__in=purposes).update(withdrawn_at=at)
    Consent.objects.bulk_create(
        Consent(
            user=user,
            purpose=purpose,
            notice_version=NOTICE_VERSION,
            language=language,
            channel="account",
            at=at,
        )
        for purpose in sorted(purposes - agreed(user))
    )


@transaction.atomic
def erase(*, user: User, at: datetime) -> None:
    """End the account: name, address, profile, keys and sign-ins are gone at once. Refuses StillStaff.

    The row stays without a name, because questions and answers hang on it. Doing it again changes nothing.
    """
    check_may_end(user)
    end_sign_ins(user=user)
    Profile.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    Consent.objects.filter(user=user, withdrawn_at=None).update(withdrawn_at=at)
    User.objects.filter(pk=user.pk, erased_at=None).update(
        email=f"{ids.token().lower()}@erased.invalid", name="", is_active=False, erased_at=at
    )


def check_may_end(user: User) -> None:
    """Refuses StillStaff."""
    if Membership.objects.filter(user=user).exists():
        raise StillStaff(user)


def unopened(*, at: datetime) -> QuerySet[User]:
    """Accounts for which a code was asked more than a day ago and into which nobody ever came."""
    asked = User.objects.filter(joined_at=None, asked_at__lt=at - UNOPENED_FOR)
    return asked.filter(memberships=None).order_by("pk")


@transaction.atomic
def forget_unopened(*, at: datetime) -> int:
    keys = list(unopened(at=at).values_list("pk", flat=True))
    return User.objects.filter(pk__in=keys, joined_at=None).delete()[0]


def _living(at: datetime) -> QuerySet:
    return Session.objects.filter(expire_date__gt=at).values("session_key")
