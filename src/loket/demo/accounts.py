"""The demo's staff: one account for each role, entered with one click on the demo page."""

from datetime import datetime

from django.conf import settings

from loket.offices.models import Office
from loket.people.models import Membership, Role, User

STAFF = (
    ("Sari Wulandari", "sari", Role.OFFICER),
    ("Bayu Pradana", "bayu", Role.OFFICER),
    ("Rina Handayani", "rina", Role.SUPERVISOR),
    ("Adi Nugraha", "adi", Role.ADMINISTRATOR),
    ("Agus Salim", "agus", Role.AUDITOR),
)
ABOVE = (("Dewi Anggraeni", "dewi", Role.READER),)


def make(*, office: Office, at: datetime) -> list[User]:
    """The accounts, made where they are missing; returns the officers, who serve at the counters."""
    staff = [_account(office, *entry, at) for entry in STAFF]
    if office.parent:
        for entry in ABOVE:
            _account(office.parent, *entry, at)
    return [user for user, (_, _, role) in zip(staff, STAFF, strict=True) if role is Role.OFFICER]


def supervisor() -> User:
    return User.objects.get(email=f"rina@{settings.DEMO_DOMAIN}")


def _account(office: Office, name: str, login: str, role: Role, at: datetime) -> User:
    email = f"{login}@{settings.DEMO_DOMAIN}"
    user = User.objects.filter(email=email).first()  # unique
    if user is None:
        user = User.objects.create_user(email, name=name, joined_at=at)
    Membership.objects.get_or_create(user=user, office=office, role=role, defaults={"since": at})
    return user
