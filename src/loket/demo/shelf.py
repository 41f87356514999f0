"""Something for the demo's search to find: an invented catalogue and a few codes described by ourselves."""

import csv
from datetime import datetime
from importlib import resources

from loket.library.actions import storing
from loket.library.actions.storing import Entry
from loket.library.importing import lists
from loket.library.models import Item, Kind
from loket.offices.models import Office


def fill(*, office: Office, at: datetime) -> int:
    """Put the demo's items on the shelf; returns how many are new. What is there already stays as it is."""
    _, rows = lists.read_text(_text("library.csv"), office=office)
    catalogue = storing.store(source=f"csv:{office.code}", rows=rows, by="loket", at=at, chain=office.code)
    return catalogue.added + sum(_codes(source, version, at) for source, version in _EDITIONS)


_EDITIONS = [("kbli2020", "KBLI 2020"), ("kbji2014", "KBJI 2014")]


def _codes(source: str, version: str, at: datetime) -> int:
    # An office that imported the whole classification has these already, and better.
    if Item.objects.filter(source=source).exists():
        return 0
    rows = [row for row in csv.DictReader(_text("codes.csv").splitlines()) if row["version"] == version]
    return storing.store(source=source, rows=map(_entry, rows), by="loket", at=at).added


def _entry(row: dict[str, str]) -> Entry:
    code = row["code"]
    return Entry(
        key=code,
        kind=Kind.CLASSIFICATION,
        title=row["title"],
        body=row["body"],
        code=code,
        version=row["version"],
        level=len(code),
        parent_code=code[:-1] if len(code) > 2 else "",
    )


def _text(name: str) -> str:
    return resources.files("loket.demo").joinpath(name).read_text("utf-8")
