"""Staff: invited by mail into an office and a role, changed and withdrawn by its administrator."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from loket.base import events
from loket.offices.models import Office
from loket.people import messages
from loket.people.models import Invitation, Membership, Role, User

INVITED_FOR = timedelta(days=7)


class AlreadyStaff(Exception):
    """This address belongs to somebody who has this role at the office."""


class InvitationOver(Exception):
    """The invitation was used, replaced, or is older than seven days."""


class LastAdministrator(Exception):
    """Without this person nobody could manage the office; name another administrator first."""


class NoRole(Exception):
    """A member of staff has at least one role; withdraw the person instead."""


@transaction.atomic
def invite(*, office: Office, email: str, name: str, role: Role, by: str, at: datetime) -> Invitation:
    """Ask somebody by mail to join; the address in the mail is valid for seven days and once.

    An earlier open invitation of the same person is replaced. Refuses AlreadyStaff. No account is
    made before the invitation is accepted.
    """
    events.hold(office.code)
    address = email.strip().lower()
    if Membership.objects.filter(
        office=office, role=role, user__email=address, user__is_active=True
    ).exists():
        raise AlreadyStaff(address)
    _open(office, at).filter(email=address).update(expires_at=at)
    invitation = Invitation.objects.create(
        office=office,
        email=address,
        name=name,
        role=role,
        invited_by=by,
        invited_at=at,
        expires_at=at + INVITED_FOR,
    )
    _tell(office, "staff.invite", f"invitation:{invitation.pk}", by, at, role=role)
    messages.invited(invitation, at=at)
    return invitation


@transaction.atomic
def take_back(*, invitation: Invitation, by: str, at: datetime) -> None:
    """End an open invitation; ending it again changes nothing."""
    office = invitation.office
    events.hold(office.code)
    if _open(office, at).filter(pk=invitation.pk).update(expires_at=at):
        _tell(office, "staff.invite_end", f"invitation:{invitation.pk}", by, at)


@transaction.atomic
def accept(*, invitation: Invitation, name: str, at: datetime) -> User:
    """Join the office: the account is made or woken, the role begins. Refuses InvitationOver."""
    office = invitation.office
    events.hold(office.code)
    if not _open(office, at).filter(pk=invitation.pk).update(accepted_at=at):
        raise InvitationOver(invitation)
    user = User.objects.filter(email=invitation.email).first()  # unique
    if user is None:
        user = User.objects.create_user(invitation.email, name=name, joined_at=at)
    elif not user.is_active or not user.name:
        User.objects.filter(pk=user.pk).update(is_active=True, name=name)
        user.refresh_from_db()
    # Opening the mailed address has proved that it is theirs.
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    Membership.objects.get_or_create(user=user, office=office, role=invitation.role, defaults={"since": at})
    _tell(office, "staff.join", user.staff_id, user.staff_id, at, role=invitation.role)
    return user


@transaction.atomic
def change_roles(*, user: User, office: Office, roles: set[Role], by: str, at: datetime) -> None:
    """Give the person exactly these roles at the office. Refuses NoRole and LastAdministrator.

    What was taken away ends at the person's next request.
    """
    events.hold(office.code)
    if not roles:
        raise NoRole(user)
    now = _roles_at(user, office)
    if Role.ADMINISTRATOR in now - roles:
        _keep_an_administrator(user, office)
    Membership.objects.filter(user=user, office=office).exclude(role__in=roles).delete()
    for role in sorted(roles - now):
        Membership.objects.create(user=user, office=office, role=role, since=at)
    if roles != now:
        _tell(office, "staff.roles", user.staff_id, by, at, roles=sorted(roles), before=sorted(now))


@transaction.atomic
def withdraw(*, user: User, office: Office, by: str, at: datetime) -> None:
    """End all roles at the office; the account ends with the last office. Refuses LastAdministrator.

    No session survives it: roles and the account are looked up at every request.
    """
    events.hold(office.code)
    now = _roles_at(user, office)
    if not now:
        return
    if Role.ADMINISTRATOR in now:
        _keep_an_administrator(user, office)
    Membership.objects.filter(user=user, office=office).delete()
    if not Membership.objects.filter(user=user).exists():
        User.objects.filter(pk=user.pk).update(is_active=False)
    _tell(office, "staff.withdraw", user.staff_id, by, at, before=sorted(now))


@transaction.atomic
def note_sign_in(*, user: User, at: datetime) -> None:
    """Each office of the person keeps that they signed in."""
    offices = Office.objects.filter(memberships__user=user).distinct().order_by("code")
    for office in offices:
        _tell(office, "staff.sign_in", user.staff_id, user.staff_id, at)


def open_invitation(token: str, *, at: datetime) -> Invitation | None:
    found = Invitation.objects.filter(token=token, accepted_at=None, expires_at__gt=at)
    return found.select_related("office").first()  # the token is unique


def open_invitations(office: Office, *, at: datetime):
    return _open(office, at).order_by("-invited_at", "-pk")


def _open(office: Office, at: datetime):
    return Invitation.objects.filter(office=office, accepted_at=None, expires_at__gt=at)


def _roles_at(user: User, office: Office) -> set[Role]:
    held = Membership.objects.filter(user=user, office=office).values_list("role", flat=True)
    return {Role(role) for role in held}


def _keep_an_administrator(user: User, office: Office) -> None:
    others = Membership.objects.filter(office=office, role=Role.ADMINISTRATOR, user__is_active=True)
    if not others.exclude(user=user).exists():
        raise LastAdministrator(user)


def _tell(office: Office, kind: str, subject: str, by: str, at: datetime, **data: object) -> None:
    events.record(office=office.code, kind=kind, subject=subject, by=by, at=at, **data)
