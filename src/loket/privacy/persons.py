"""Whom a request is about: entries of the guest book, an account, an address; and the rows they lead to."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.apps import apps
from django.db.models import Q, QuerySet

from loket.base.personal import Personal
from loket.feedback.models import Complaint
from loket.feedback.queries_complaints import complaints_for
from loket.offices.models import Office
from loket.people.models import User, Visitor
from loket.privacy import inventory

# How the rows of these tables lead to their complaint.
OF_A_COMPLAINT = {
    "feedback.Complaint": "pk",
    "feedback.ComplaintMessage": "complaint",
    "feedback.ComplaintFile": "complaint",
}
# Rows that there are only because somebody asked: they do not make anybody known.
MADE_BY_ASKING = frozenset({"privacy.DataRequest", "outbox.Mail"})


@dataclass(frozen=True)
class Person:
    """Keys of everything that is known to be one person. `emails` are as stored.

    What an account or an address leads to counts at the office with the code `office`; everywhere without
    one. The account itself belongs to no office.
    """

    visitors: frozenset[int] = field(default_factory=frozenset)
    users: frozenset[int] = field(default_factory=frozenset)
    emails: frozenset[str] = field(default_factory=frozenset)
    office: str = ""
    # Complaints that whoever acts for the person may not read: they are neither shown nor touched.
    hidden: frozenset[int] = field(default_factory=frozenset)

    @property
    def subjects(self) -> list[str]:
        """How the access trail names this person."""
        return [f"visitor:{pk}" for pk in sorted(self.visitors)] + [f"user:{pk}" for pk in sorted(self.users)]


def at_office(*, office: Office, email: str) -> Person:
    """The guest book and the complaints of one office, and the account of this address: what the office
    itself may look up."""
    return _person(Visitor.objects.filter(office=office, email__iexact=email), email, office.code)


def everywhere(*, user: User) -> Person:
    """Somebody whose account has proved the address: the guest books of all offices, and the account."""
    return _person(Visitor.objects.filter(email__iexact=user.email), user.email)


def entry(visitor: Visitor) -> Person:
    """One entry of the guest book, of a person who stands at the counter and has no address."""
    emails = frozenset([visitor.email]) if visitor.email else frozenset()
    return Person(visitors=frozenset([visitor.pk]), emails=emails, office=visitor.office.code)


def as_seen_by(person: Person, *, user: User, office: Office) -> Person:
    """The same person without the complaints that this member of the staff may not read (CLOCKS, Complaints).

    A request at the counter proves nothing: whoever is complained about could otherwise ask in the
    complainant's name, read the complaint in the copy and have it erased.
    """
    way = Q(pk__in=[])
    for email in sorted(person.emails):
        way |= Q(email__iexact=email)
    readable = complaints_for(user, office).values("pk")
    hidden = Complaint.objects.filter(way).exclude(pk__in=readable).values_list("pk", flat=True)
    return replace(person, hidden=frozenset(hidden))


def is_known(person: Person) -> bool:
    """Whether anything is kept about them; somebody may only have complained."""
    if person.visitors or person.users:
        return True
    return any(rows.exists() for each, rows in declared_rows(person) if each.model not in MADE_BY_ASKING)


def _person(visitors: QuerySet[Visitor], email: str, office: str = "") -> Person:
    users = User.objects.filter(email__iexact=email, memberships=None)
    return Person(
        frozenset(visitors.values_list("pk", flat=True)),
        frozenset(users.values_list("pk", flat=True)),
        frozenset([email.strip()]) if email.strip() else frozenset(),
        office,
    )


def rows(entry: Personal, person: Person) -> QuerySet:
    """The rows of one declared table that are about this person."""
    model = apps.get_model(entry.model)
    way = Q(pk__in=[])
    if entry.visitor and person.visitors:
        way |= Q(**{f"{entry.visitor}__in": person.visitors})
    if entry.user and person.users:
        way |= Q(**{f"{entry.user}__in": person.users}) & _at(entry, person)
    if entry.email:
        for email in sorted(person.emails):
            way |= Q(**{f"{entry.email}__iexact": email}) & _at(entry, person)
    found = model._base_manager.filter(way)
    if person.hidden and entry.model in OF_A_COMPLAINT:
        found = found.exclude(**{f"{OF_A_COMPLAINT[entry.model]}__in": person.hidden})
    keys = found.values("pk")
    return model._base_manager.filter(pk__in=keys).order_by("pk")


def _at(entry: Personal, person: Person) -> Q:
    # What has no office, such as a mailed code, belongs to the address alone.
    if not (person.office and entry.office):
        return Q()
    return Q(**{f"{entry.office}__in": [person.office, ""]})


def declared_rows(person: Person) -> Iterator[tuple[Personal, QuerySet]]:
    """Every declaration with its rows, in the order of the rooms."""
    for each in inventory.personal():
        yield each, rows(each, person)
