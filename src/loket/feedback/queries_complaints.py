"""Who may read which complaint, its deadlines, and the public figures without texts."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import get_language

from loket.feedback.models import Complaint, ComplaintFile, ComplaintMessage, ConfidentialReader
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.offices.queries import calendar_of
from loket.people.access import DESK, LEAD
from loket.people.models import Membership, Role, User
from loket.rules.complaining import OPEN, Deadlines, State, deadlines

# A first name of two letters would be found in every text.
SHORTEST_NAME = 4
SMALLEST_SHOWN = 5


def deadlines_of(office: Office, *, complete: datetime, category: str = "") -> Deadlines:
    """Until when the office answers and decides, by its settings. Raises NoWorkingDay."""
    limits = limits_from(office.settings)
    chosen = next((entry for entry in limits.complaint_classes if entry["code"] == category), None)
    return deadlines(
        calendar=calendar_of(office),
        complete=complete,
        class_days=chosen["days"] if chosen else 0,
        response_days=limits.complaint_response_days,
        decision_days=limits.complaint_decision_days,
    )


def class_words(office: Office) -> dict[str, str]:
    """The office's classes in the reader's language."""
    spoken = "en" if get_language() == "en" else "id"
    return {entry["code"]: entry[spoken] for entry in limits_from(office.settings).complaint_classes}


def staff_named_in(office: Office, text: str) -> list[User]:
    """Staff whose full name, or a longer part of it, stands in a complaint; they do not read it.

    Too many rather than too few: a supervisor who is not meant reads it when somebody else says so.
    """
    words = set(re.findall(r"\w+", text.casefold()))
    return [user for user in staff_of(office) if _is_named(user, words)]


def _is_named(user: User, words: set[str]) -> bool:
    parts = [part for part in re.findall(r"\w+", user.name.casefold()) if len(part) >= SHORTEST_NAME]
    return any(part in words for part in parts)


def staff_of(office: Office, *roles: Role) -> list[User]:
    held = Membership.objects.filter(office=office, role__in=roles or DESK, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("name", "pk"))


def complaints_for(user: User, office: Office) -> QuerySet[Complaint]:
    """What this person may read at this office: THE visibility of complaints.

    Leaders read all that is not confidential, officers what they handle; the named readers read the
    confidential ones, without such the administrators. Who is complained about reads nothing of it.
    """
    roles = set(Membership.objects.filter(user=user, office=office).values_list("role", flat=True))
    readable = Complaint.objects.none()
    everything = Complaint.objects.filter(office=office)
    if roles.intersection(LEAD):
        readable = everything.filter(confidential=False)
    elif roles.intersection(DESK):
        readable = everything.filter(confidential=False, handler=user)
    if roles.intersection(DESK) and _reads_confidential(user, office, roles):
        readable = readable | everything.filter(confidential=True)
    return readable.not_about(user)


def _reads_confidential(user: User, office: Office, roles: set[str]) -> bool:
    named = ConfidentialReader.objects.filter(office=office)
    if named.exists():
        return named.filter(user=user).exists()
    return Role.ADMINISTRATOR in roles


def may_read(user: User, complaint: Complaint) -> bool:
    """Whether this person may read it, or may be given it: who handles it may by that."""
    if complaint.about.filter(pk=user.pk).exists():
        return False
    if complaint.confidential:
        return user in readers_of(complaint)
    return user in staff_of(complaint.office)


def readers_of(complaint: Complaint) -> list[User]:
    """Who hears of it: the named readers of a confidential one, else the leaders; never whom it is about."""
    office = complaint.office
    if complaint.confidential:
        named = ConfidentialReader.objects.filter(office=office).values("user")
        found = list(User.objects.filter(pk__in=named, is_active=True).order_by("pk"))
        found = found or staff_of(office, Role.ADMINISTRATOR)
    else:
        found = staff_of(office, *LEAD)
    about = set(complaint.about.values_list("pk", flat=True))
    return [user for user in found if user.pk not in about]


def public_entries(complaint: Complaint) -> QuerySet[ComplaintMessage]:
    """What the complainant reads, oldest first, with its files."""
    shown = complaint.messages.exclude(kind=ComplaintMessage.Kind.NOTE)
    return shown.prefetch_related("files").order_by("at", "pk")


def public_files(complaint: Complaint) -> QuerySet[ComplaintFile]:
    """What the complainant may take along: all but the files of internal notes."""
    return complaint.files.exclude(message__kind=ComplaintMessage.Kind.NOTE).order_by("pk")


def open_complaints(*, most: int = 500) -> list[Complaint]:
    """What the office still owes something, by what is due first."""
    is_open = Complaint.objects.filter(state__in=[state.value for state in OPEN])
    return list(is_open.select_related("office", "handler").order_by("decide_due", "pk")[:most])


def due_of(complaint: Complaint) -> datetime | None:
    """What the office owes next: the response, then the decision; nothing once it is decided."""
    if State(complaint.state) not in OPEN:
        return None
    return complaint.decide_due if complaint.responded_at else complaint.respond_due


@dataclass(frozen=True)
class PublicFigures:
    """A year's complaints as everybody may see them; None where fewer than five would show."""

    year: int
    received: int | None
    decided: int | None
    in_time_percent: int | None


def public_figures(office: Office, *, year: int) -> PublicFigures:
    """Counts only, one query. Small numbers are left out so that no single complaint can be made out."""
    # What somebody objects to is decided once more.
    decided = Q(decided_at__isnull=False) & ~Q(state=State.OBJECTION)
    row: dict[str, Any] = Complaint.objects.filter(office=office, year=year).aggregate(
        received=Count("pk"),
        decided=Count("pk", filter=decided),
        in_time=Count("pk", filter=decided & Q(decided_at__lte=F("decide_due"))),
    )
    shown = row["decided"] >= SMALLEST_SHOWN
    open_too_few = 0 < row["received"] - row["decided"] < SMALLEST_SHOWN
    return PublicFigures(
        year=year,
        received=row["received"] if row["received"] >= SMALLEST_SHOWN else None,
        # Shown together, the two would tell how many are open when those are few.
        decided=row["decided"] if shown and not open_too_few else None,
        in_time_percent=round(100 * row["in_time"] / row["decided"]) if shown else None,
    )
