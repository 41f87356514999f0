"""Who may see which consultation, and which messages of it. Every way in goes through here."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from loket.consultations.models import Attachment, Consultation, Message, Turn
from loket.offices.models import Office
from loket.people.access import DESK, workplaces
from loket.people.models import Role, User
from loket.people.queries import has_confirmed_address

# An auditor looks at everything below and changes nothing.
MAY_LOOK = {*DESK, Role.AUDITOR}


def visible_to(user: User) -> QuerySet[Consultation]:
    """THE visibility function: one's own consultations, and those of the offices one works for.

    Lists, details, search, counts, live topics, exports and attachments all begin here.
    """
    if not user.is_authenticated or not user.is_active:
        return Consultation.objects.none()
    return Consultation.objects.filter(_own(user) | Q(office__in=offices_seen_by(user)))


def consultation_with(key: int) -> Consultation:
    """For those who already may: jobs and the actions themselves."""
    return Consultation.objects.select_related("office").get(pk=key)


def asked_by(user: User) -> QuerySet[Consultation]:
    """One's own, as the portal shows them."""
    if not user.is_authenticated or not user.is_active:
        return Consultation.objects.none()
    return Consultation.objects.filter(_own(user))


def overdue(offices: Collection[Office], *, at: datetime) -> int:
    """Turns whose deadline has passed and that nobody has answered; whoever never answers is not on time."""
    return Turn.objects.filter(office__in=offices, ended_at=None, due_at__lt=at).count()


def _own(user: User) -> Q:
    """What the account asked; and what was noted in the hall under its address, once that is proved.

    Anybody can type any address at a kiosk, so an address alone opens nothing.
    """
    asked = Q(asker=user)
    if not has_confirmed_address(user):
        return asked
    return asked | Q(door=Consultation.Door.HALL, visitor__email=user.email)


def offices_seen_by(user: User) -> list[int]:
    """Offices whose consultations this member of staff may look at."""
    return [place.office.pk for place in workplaces(user) if not MAY_LOOK.isdisjoint(place.roles)]


def said_to_asker(consultation: Consultation) -> QuerySet[Message]:
    """The thread as whoever asked reads it, oldest first; notes are for the staff alone."""
    return Message.objects.filter(consultation=consultation, public=True).order_by("at", "pk")


def attachments_for(user: User) -> QuerySet[Attachment]:
    """Files of visible threads, without those of notes for the asker, and one's own unsent ones."""
    if not user.is_authenticated or not user.is_active:
        return Attachment.objects.none()
    return Attachment.objects.filter(
        Q(message=None, owner=user)
        | Q(message__public=True, consultation__asker=user)
        | (Q(message__isnull=False) | Q(proposal__isnull=False))
        & Q(consultation__office__in=offices_seen_by(user))
    )
