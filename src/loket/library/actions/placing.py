"""The list of areas, taken over from a file."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.library.actions.storing import NATIONAL, TOPIC, Outcome, Refusal
from loket.library.importing.areas import AreaRow
from loket.library.models import Area
from loket.library.places import known, parents
from loket.live import announce


@transaction.atomic
def store_areas(*, rows: Iterable[AreaRow | Refusal], by: str, at: datetime) -> Outcome:
    """Add and change areas by their code; none is taken away. `at` is aware.

    Refused are areas in an unknown one, or in one that is not wider (places.parents), and what lies in
    those; refused rows stop nothing.
    """
    events.hold(NATIONAL)
    outcome = Outcome()
    rows = list(rows)
    wrong = parents.wrong([row for row in rows if isinstance(row, AreaRow)], known.look().by_code)
    kept = {area.code: area for area in Area.objects.order_by("code")}
    fresh, changed = [], []
    for row in rows:
        if isinstance(row, Refusal):
            outcome.refused.append(row)
        elif reason := wrong.get(row.code):
            outcome.refused.append(Refusal(row.row, reason))
        elif (area := kept.get(row.code)) is None:
            fresh.append(_area(row))
        elif (area.name, area.level, area.parent_code) == (row.name, row.level, row.parent_code):
            outcome.unchanged += 1
        else:
            area.name, area.level, area.parent_code = row.name, row.level, row.parent_code
            changed.append(area)
    Area.objects.bulk_create(fresh, batch_size=500)
    Area.objects.bulk_update(changed, ["name", "level", "parent_code"], batch_size=100)
    outcome.added, outcome.changed = len(fresh), len(changed)
    if fresh or changed:
        events.record(
            office=NATIONAL, kind="library.areas", subject="library:areas", by=by, at=at,
            added=len(fresh), changed=len(changed),
        )  # fmt: skip
        announce.changed(TOPIC)
        announce.changed(known.TOPIC)
        transaction.on_commit(known.forget)
    return outcome


def _area(row: AreaRow) -> Area:
    return Area(code=row.code, name=row.name, level=row.level, parent_code=row.parent_code)
