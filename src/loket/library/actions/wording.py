"""Words people say for words we write, added and taken away by an office."""

from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.base.text import one_line
from loket.library.models import Synonym
from loket.offices.models import Office


@transaction.atomic
def set_synonym(
    *, office: Office, term: str, means: list[str], both_ways: bool, by: str, at: datetime
) -> Synonym:
    """From now on `term` finds what any of `means` finds, and with `both_ways` the other way round too.

    Replaces what the office, or the program, said of the same term. `at` is aware.
    """
    events.hold(office.code)
    said = {
        "means": ", ".join(filter(None, map(one_line, means))),
        "both_ways": both_ways,
        "changed_at": at,
        "changed_by": by,
    }
    synonym, _new = Synonym.objects.update_or_create(office=office, term=_term(term), defaults=said)
    events.record(office=office.code, kind="synonym.set", subject=f"synonym:{synonym.pk}", by=by, at=at)
    return synonym


@transaction.atomic
def drop_synonym(*, office: Office, pk: int, by: str, at: datetime) -> bool:
    """Take the office's own entry away; False when there is none."""
    events.hold(office.code)
    gone, _each = Synonym.objects.filter(office=office, pk=pk).delete()
    if gone:
        events.record(office=office.code, kind="synonym.drop", subject=f"synonym:{pk}", by=by, at=at)
    return bool(gone)


def _term(text: str) -> str:
    return one_line(text).lower()
