"""What the commands of the library have in common: offices, progress, and what was done."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from loket.commands import Refused
from loket.offices.models import Office

T = TypeVar("T")
# Refused rows that are told one by one; the rest is counted.
TOLD = 10


def office_called(code: str) -> Office:
    office = Office.objects.select_related("parent").filter(code=code).first()  # the code is unique
    if office is None:
        raise Refused(f'There is no office "{code}"; `loket office list` shows the codes.')
    return office


def bar(rows: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The rows, with a progress bar for a person and none in a pipe."""
    from tqdm import tqdm

    return iter(tqdm(rows, total=total, desc=what, unit="", disable=not sys.stderr.isatty(), file=sys.stderr))


def tell(outcome, as_json: bool) -> None:
    if as_json:
        refused = [{"row": each.row, "reason": each.reason} for each in outcome.refused]
        print(json.dumps({**vars(outcome), "refused": refused}, ensure_ascii=False, indent=2))
        return
    for each in outcome.refused[:TOLD]:
        print(f"row {each.row}: {each.reason}", file=sys.stderr)
    if len(outcome.refused) > TOLD:
        print(f"and {len(outcome.refused) - TOLD} more rows refused", file=sys.stderr)
    print(
        f"{outcome.added} added, {outcome.changed} changed, {outcome.unchanged} unchanged,"
        f" {outcome.withdrawn} withdrawn, {len(outcome.refused)} refused.",
        file=sys.stderr,
    )
