"""Reads of people that more than one place needs."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress

from loket.people.models import User


def staff_names(staff_ids: Iterable[str]) -> dict[str, str]:
    """Names for the ids that events and versions carry, such as "staff:12"; others are left out."""
    keys = {staff_id.removeprefix("staff:") for staff_id in staff_ids if staff_id.startswith("staff:")}
    people = User.objects.filter(pk__in=[key for key in keys if key.isdecimal()])
    return {person.staff_id: str(person) for person in people}


def has_confirmed_address(user: User) -> bool:
    """Whether a code sent to the account's own address has come back from it."""
    return EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()
