"""What becomes due in consultations: warnings, closings, reminders. Each found by its own index."""

from datetime import datetime

from loket.consultations.actions import closing, escalating, warning
from loket.consultations.models import Consultation
from loket.consultations.queries import consultation_with

# A round that finds more goes on with the rest in the next one.
AT_ONCE = 200


def closings_due(at: datetime) -> list[int]:
    return _due("close_at", at)


def close(key: int, at: datetime) -> bool:
    return closing.close_silent(consultation=consultation_with(key), at=at)


def warnings_due(at: datetime) -> list[int]:
    return _due("warn_at", at)


def warn(key: int, at: datetime) -> bool:
    return warning.warn(consultation=consultation_with(key), at=at)


def escalations_due(at: datetime) -> list[int]:
    return _due("escalate_at", at)


def escalate(key: int, at: datetime) -> int | None:
    return escalating.escalate(consultation=consultation_with(key), at=at)


def _due(clock: str, at: datetime) -> list[int]:
    waiting = Consultation.objects.filter(**{f"{clock}__lte": at}).order_by(clock, "pk")
    return list(waiting.values_list("pk", flat=True)[:AT_ONCE])
