"""Who may do what at which office. Readers and auditors also see the offices below theirs."""

from loket.offices.models import Office
from loket.people.models import Membership, Role, User

DESK = (Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR)
LEAD = (Role.SUPERVISOR, Role.ADMINISTRATOR)
SEES_BELOW = (Role.READER, Role.AUDITOR)


def roles_at(user: User, office: Office) -> set[Role]:
    """The roles that count at `office`: its own, and those inherited from offices above."""
    if not user.is_authenticated or not user.is_active:
        return set()
    above = set(ancestors(office))
    held = Membership.objects.filter(user=user).values_list("office_id", "role")
    return {
        Role(role)
        for office_id, role in held
        if office_id == office.pk or (office_id in above and role in SEES_BELOW)
    }


def ancestors(office: Office) -> list[int]:
    found = []
    parent_id = office.parent_id
    while parent_id and parent_id not in found:
        found.append(parent_id)
        parent_id = Office.objects.filter(pk=parent_id).values_list("parent_id", flat=True).get()
    return found
