"""After a visit or a consultation, those who agreed to it are asked how satisfied they were."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from loket.consultations.models import Consultation
from loket.feedback.actions import surveys
from loket.feedback.closings import SERVED
from loket.feedback.models import Invitation, Period
from loket.offices.clock import local_day
from loket.people.choices import Consent
from loket.rules.queueing import State
from loket.visits.models import Ticket

# Not while the visitor is still on the way home, and not when the visit is forgotten.
SOONEST, LATEST = timedelta(hours=2), timedelta(days=7)
AT_ONCE = 50


def due(at: datetime) -> list[Ticket]:
    """Served visits of offices whose survey invites today, whose visitor agreed and was not asked yet."""
    asked = _asked(at)
    if not asked:
        return []
    return list(
        Ticket.objects.filter(
            asked,
            state=State.SERVED,
            finished_at__gt=at - LATEST,
            finished_at__lte=at - SOONEST,
            survey_invitation=None,
            visit__visitor__email__gt="",
            visit__visitor__consents__purpose=Consent.SURVEY,
            visit__visitor__consents__withdrawn_at=None,
        )
        .select_related("office", "service", "visit__visitor")
        .distinct()
        .order_by("finished_at", "pk")[:AT_ONCE]
    )


def due_online(at: datetime) -> list[Consultation]:
    """Served consultations of such offices, whose asker agreed and was not asked in this survey yet."""
    asking = _running(at).filter(service=None)
    asked = Invitation.objects.filter(
        consultation__asker=OuterRef("asker"), period__office=OuterRef("office"), period__in=asking
    )
    return list(
        Consultation.objects.filter(
            ~Exists(asked),
            office__in=asking.values("office"),
            close_reason__in=SERVED,
            closed_at__gt=at - LATEST,
            closed_at__lte=at - SOONEST,
            survey_invitation=None,
            asker__is_active=True,
            asker__consents__purpose=Consent.SURVEY,
            asker__consents__withdrawn_at=None,
        )
        .select_related("office", "asker")
        .distinct()
        .order_by("closed_at", "pk")[:AT_ONCE]
    )


def _running(at: datetime) -> QuerySet[Period]:
    """Which day it is depends on the office's zone, so a day more on either side."""
    day = timedelta(days=1)
    return Period.objects.filter(invites=True, first__lte=at.date() + day, last__gte=at.date() - day)


def _asked(at: datetime) -> Q:
    """The offices, or single services, that a survey of today asks about."""
    asked = Q()
    for period in _running(at).select_related("office").order_by("pk"):
        if period.first <= local_day(period.office, at) <= period.last:
            asked |= Q(service=period.service_id) if period.service_id else Q(office=period.office_id)
    return asked


def invite(ticket: Ticket, at: datetime) -> int:
    return 0 if surveys.invite(ticket=ticket, at=at) is None else 1


def invite_online(consultation: Consultation, at: datetime) -> int:
    return 0 if surveys.invite_asker(consultation=consultation, at=at) is None else 1
