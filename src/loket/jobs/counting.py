"""The figures of days that are over are counted once, and again when something touched them."""

from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from loket.base.models import ChainHead
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.reports import keeping
from loket.reports.models import WAY, YearKey
from loket.rules.periods import DAY

# By then every office has counted its December, also one that was switched off over New Year.
YEAR_IS_COUNTED = (1, 31)


def due(at: datetime) -> list[Office]:
    """Offices whose log went on, or whose yesterday is not counted."""
    head = ChainHead.objects.filter(office=OuterRef("code"))
    offices = Office.objects.filter(serves=True).annotate(head=Subquery(head.values("seq")))
    behind = Q(counted=None) | ~Q(counted__way=WAY) | Q(head__gt=F("counted__seq"))
    moved = set(offices.filter(behind).values_list("pk", flat=True))
    listed = offices.select_related("counted").order_by("pk")
    return [office for office in listed if office.pk in moved or _is_behind(office, at)]


def _is_behind(office: Office, at: datetime) -> bool:
    return office.counted.day < local_day(office, at) - DAY


def count(office: Office, at: datetime) -> int:
    return keeping.bring_up(office=office, at=at)


def secrets_due(at: datetime) -> QuerySet[YearKey]:
    """Secrets of years that are counted."""
    now = at.year if (at.month, at.day) > YEAR_IS_COUNTED else at.year - 1
    return YearKey.objects.filter(year__lt=now).exclude(secret="").order_by("year")


def destroy_secret(key: YearKey, at: datetime) -> int:
    return keeping.destroy_secrets(before=key.year + 1)
