"""What was kept for a time goes when it is over, by the periods of each office (UU 27/2022, 42 to 44).

The guest book's period begins with the last visit, a consultation's with its closing, feedback's with
its end. A month counts as 31 days: the promise is kept when the last day of it is over.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from loket.base import events
from loket.base.personal import Erasing, Kept, Personal
from loket.consultations import words
from loket.consultations.models import Consultation
from loket.offices.limits import Limits, limits_from
from loket.offices.models import Office
from loket.people import forgetting
from loket.privacy import erasing, inventory

MONTH = timedelta(days=31)
# Rows in one transaction, so that nobody waits behind years of history.
AT_ONCE = 500


def due(office: Office, *, at: datetime) -> dict[str, int]:
    """How many rows of each table are over their time; nothing is changed."""
    counts: dict[str, int] = {}
    for each, rows in _over(office, at):
        counts[each.model] = max(counts.get(each.model, 0), rows.count())
    return {model: count for model, count in counts.items() if count}


def is_due(office: Office, *, at: datetime) -> bool:
    return any(rows.exists() for _, rows in _over(office, at))


@transaction.atomic
def retain(office: Office, *, at: datetime) -> dict[str, int]:
    """Empty or delete what is over its time, some hundred rows of each table. Returns how many of which.

    `at` is aware. Running it again changes nothing that is done.
    """
    events.hold(office.code)
    counts: dict[str, int] = {}
    work = [(each, list(rows.values_list("pk", flat=True)[:AT_ONCE])) for each, rows in _over(office, at)]
    for each, keys in work:
        if keys:
            erasing.end(each, apps.get_model(each.model)._base_manager.filter(pk__in=keys), at=at)
            counts[each.model] = max(counts.get(each.model, 0), len(keys))
    if counts:
        words.forget_deleted()
        events.record(
            office=office.code, kind="privacy.retain", subject="retention", by="loket", at=at, counts=counts
        )
    return counts


def _over(office: Office, at: datetime) -> Iterator[tuple[Personal, QuerySet]]:
    """Declared rows whose time is over and that still hold something."""
    limits = limits_from(office.settings)
    for each in inventory.personal():
        if each.erasing is Erasing.STAYS:
            continue
        ended = _ended(each, office, limits, at)
        if ended is not None:
            keys = apps.get_model(each.model)._base_manager.filter(ended).values("pk")
            yield each, _holding_something(each, keys)


def _ended(each: Personal, office: Office, limits: Limits, at: datetime) -> Q | None:
    """Which rows are over their time; None for what ends in another way."""
    if each.kept is Kept.GUEST_BOOK and each.visitor:
        return _of_guests(each, office, at)
    if each.kept is Kept.CONSULTATION:
        return _of_consultations(each, office, at - MONTH * limits.consultation_months)
    if each.kept is Kept.ATTACHMENT:
        return _of_consultations(each, office, at - MONTH * limits.attachment_months)
    if each.kept is Kept.FEEDBACK:
        above = each.ends.rpartition("__")[0]
        its_office = f"{above}__office" if above else "office"
        return Q(**{its_office: office, f"{each.ends}__lt": at - MONTH * limits.feedback_months})
    return None


def _of_guests(each: Personal, office: Office, at: datetime) -> Q:
    over = Q(**{f"{each.visitor}__in": forgetting.forgettable(office=office, at=at).values("pk")})
    if each.visitor == "pk":
        return over
    # Rows that the last run had no room for, of people it has forgotten already.
    return over | Q(**{f"{each.visitor}__office": office, f"{each.visitor}__forgotten_at__isnull": False})


def _of_consultations(each: Personal, office: Office, before: datetime) -> Q:
    # A note of the hall has no closing; it ended when it was written.
    ended = Consultation.objects.filter(office=office, state=Consultation.State.CLOSED).annotate(
        ended=Coalesce("closed_at", "answered_at", "created_at")
    )
    return Q(**{f"{each.ends}__in": ended.filter(ended__lt=before).values("pk")})


def _holding_something(each: Personal, keys: QuerySet) -> QuerySet:
    model = apps.get_model(each.model)
    rows = model._base_manager.filter(pk__in=keys)
    if each.erasing is Erasing.EMPTY:
        nothing = {name: erasing.nothing(model._meta.get_field(name)) for name in each.columns}
        rows = rows.exclude(**nothing)
    return rows.order_by("pk")
