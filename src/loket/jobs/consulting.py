"""What becomes due in consultations: warnings, closings, reminders, each found by its own index; and
what somebody left behind."""

from datetime import datetime

from django.db import connection

from loket.base import sql
from loket.consultations.actions import assigning, closing, escalating, warning
from loket.consultations.models import Consultation
from loket.consultations.queries import consultation_with
from loket.people.access import DESK

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


def deserted(at: datetime) -> list[int]:
    """Whoever has them left the office, or its desk: they would lie in nobody's box."""
    found = sql.rows(
        "SELECT chosen.id FROM consultations_consultation AS chosen"  # noqa: S608 - only places for values
        " WHERE chosen.state = 'office' AND chosen.assignee_id IS NOT NULL AND NOT EXISTS ("
        "SELECT 1 FROM people_membership AS held JOIN people_user AS person ON person.id = held.user_id"
        " WHERE held.user_id = chosen.assignee_id AND held.office_id = chosen.office_id"
        f" AND person.is_active AND held.role IN ({', '.join(['%s'] * len(DESK))}))"
        # In the order of the inbox's index, so that what is closed is not looked at.
        f" ORDER BY chosen.office_id, chosen.assignee_id, chosen.due_at, chosen.id LIMIT {AT_ONCE}",
        *DESK,
    )
    return [key for (key,) in found]


def let_go(key: int, at: datetime) -> bool:
    return assigning.let_go(consultation=consultation_with(key), at=at)


def _due(clock: str, at: datetime) -> list[int]:
    """By a fixed statement: it is asked every few seconds for ever, and nearly always in vain."""
    moment = Consultation._meta.get_field(clock).get_db_prep_value(at, connection)
    # The column's name is one of ours, the moment is passed beside the statement.
    found = sql.rows(
        f"SELECT id FROM consultations_consultation WHERE {clock} <= %s"  # noqa: S608
        f" ORDER BY {clock}, id LIMIT {AT_ONCE}",
        moment,
    )
    return [key for (key,) in found]
