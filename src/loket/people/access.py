"""Who may do what at which office. Readers and auditors also see the offices below theirs."""

from dataclasses import dataclass

from loket.base import sql
from loket.offices.models import Office
from loket.people.models import Membership, Role, User

DESK = (Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR)
LEAD = (Role.SUPERVISOR, Role.ADMINISTRATOR)
SEES_BELOW = (Role.READER, Role.AUDITOR)


@dataclass(frozen=True)
class Workplace:
    """An office and what the person is there."""

    office: Office
    roles: frozenset[Role]


def workplaces(user: User) -> list[Workplace]:
    """The offices with doors at which the person has a role, also those below a reader's own."""
    held: dict[int, set[Role]] = {}
    for office_id, role in Membership.objects.filter(user=user).values_list("office_id", "role"):
        held.setdefault(office_id, set()).add(Role(role))
    parents = dict(Office.objects.values_list("pk", "parent_id"))
    places = []
    for office in Office.objects.filter(serves=True).order_by("code"):
        roles = set(held.get(office.pk, ()))
        for above in _above(office.pk, parents):
            roles |= held.get(above, set()).intersection(SEES_BELOW)
        if roles:
            places.append(Workplace(office, frozenset(roles)))
    return places


def areas_of(user: User) -> list[Office]:
    """The provinces and nations whose offices the person may read together."""
    return list(
        Office.objects.filter(memberships__user=user, memberships__role=Role.READER, children__isnull=False)
        .distinct()
        .order_by("code")
    )


def _above(office_id: int, parents: dict[int, int | None]) -> list[int]:
    found: list[int] = []
    parent_id = parents.get(office_id)
    while parent_id and parent_id not in found:
        found.append(parent_id)
        parent_id = parents.get(parent_id)
    return found


def works_at(user: User, office: Office) -> bool:
    """Whether the person may sit at the office's desk."""
    return user.is_active and Membership.objects.filter(user=user, office=office, role__in=DESK).exists()


def roles_at(user: User, office: Office) -> set[Role]:
    """The roles that count at `office`: its own, and those inherited from offices above."""
    return _roles(memberships_of(user), office)


def office_and_roles(user: User, code: str) -> tuple[Office | None, set[Role]]:
    """The office with this code, and the roles there: one query for those who work there."""
    held = memberships_of(user)
    own = [membership.office for membership in held if membership.office.code == code]
    office = next(iter(own or sql.select(Office, "code = %s", code)), None)
    return office, _roles(held, office) if office else set()


def memberships_of(user: User) -> list[Membership]:
    """Whoever asks was read with them already (people.signing_in)."""
    if not user.is_authenticated or not user.is_active:
        return []
    if user.held is not None:
        return user.held
    return sql.select_with(Membership, ("office",), "one.user_id = %s ORDER BY one.id", user.pk)


def _roles(held: list[Membership], office: Office) -> set[Role]:
    elsewhere = [each for each in held if each.office_id != office.pk and each.role in SEES_BELOW]
    above = set(ancestors(office)) if elsewhere else set()
    inherited = [each for each in elsewhere if each.office_id in above]
    return {Role(each.role) for each in held if each.office_id == office.pk or each in inherited}


def ancestors(office: Office) -> list[int]:
    found = []
    parent_id = office.parent_id
    while parent_id and parent_id not in found:
        found.append(parent_id)
        parent_id = Office.objects.filter(pk=parent_id).values_list("parent_id", flat=True).get()
    return found
