"""The register of breaches: people and agency are told within 3 × 24 hours (UU 27/2022, 46)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from loket.base import events, replay
from loket.base.text import many_lines
from loket.offices.models import Office
from loket.privacy.models import Breach

TELL_WITHIN = timedelta(hours=72)
PEOPLE, AGENCY = "people", "agency"
_COLUMN = {PEOPLE: "told_people_at", AGENCY: "told_agency_at"}


class AlreadyTold(Exception):
    """This was noted before; the first time stands."""


@transaction.atomic
def note(
    *,
    office: Office,
    found_at: datetime,
    data: str,
    happened: str,
    measures: str,
    affected: Sequence[str],
    people: int,
    by: str,
    at: datetime,
    key: str = "",
) -> Breach:
    """Put a breach into the register. `found_at` and `at` are aware; the clock runs from `found_at`.

    `affected` are subjects such as "visitor:12", as far as they are known; `people` how many at least.
    The same key again is the same press. Refuses KeyReused.
    """
    events.hold(office.code)
    scope, content = f"breach:{office.code}", [found_at, data, happened, measures]
    earlier = key and replay.answered(scope=scope, key=key, content=content)
    if earlier:
        return Breach.objects.get(pk=earlier)
    breach = Breach.objects.create(
        office=office, found_at=found_at, due_at=found_at + TELL_WITHIN, data=many_lines(data),
        happened=many_lines(happened), measures=many_lines(measures), affected=list(affected),
        people=max(people, len(affected)), noted_by=by,
    )  # fmt: skip
    _record(breach, "note", by=by, at=at)
    if key:
        replay.remember(scope=scope, key=key, content=content, answer=str(breach.pk), at=at)
    return breach


@transaction.atomic
def told(*, breach: Breach, whom: str, by: str, at: datetime) -> Breach:
    """Note that the people concerned (PEOPLE) or the agency (AGENCY) were told. Refuses AlreadyTold."""
    events.hold(breach.office.code)
    column = _COLUMN[whom]
    if not Breach.objects.filter(pk=breach.pk, **{column: None}).update(**{column: at}):
        raise AlreadyTold(breach)
    breach.refresh_from_db()
    _record(breach, "told", by=by, at=at, whom=whom, met=at <= breach.due_at)
    return breach


def _record(breach: Breach, verb: str, *, by: str, at: datetime, **data: object) -> None:
    events.record(
        office=breach.office.code, kind=f"breach.{verb}", subject=f"breach:{breach.pk}", by=by, at=at,
        people=breach.people, **data,
    )  # fmt: skip
