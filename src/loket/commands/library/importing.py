"""Taking over a file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import timezone

from loket.commands import Refused
from loket.commands.library.saying import bar, office_called, tell
from loket.offices.models import Office

SOURCES = ("kbli2020", "kbli2025", "kbji2014", "csv", "areas")


def import_file(arguments) -> None:
    from loket.library.importing.classifications import FileWrong
    from loket.library.index import freshness

    office = office_called(arguments.office) if arguments.office else None
    if office and arguments.source != "csv":
        raise Refused("This belongs to all offices; leave out --office.")
    try:
        outcome = _areas(arguments.file) if arguments.source == "areas" else _items(arguments, office)
    except OSError as error:
        raise Refused(f"{arguments.file}: {error.strerror}.") from None
    except FileWrong as wrong:
        raise Refused(f"{arguments.file}: {wrong}. Nothing was taken over.") from None
    freshness.refresh()
    tell(outcome, arguments.json)
    if outcome.refused and not outcome.added + outcome.changed + outcome.unchanged:
        raise Refused(f"{arguments.file}: no row of it can be used. Nothing was taken over.")


def _items(arguments, office: Office | None):
    from loket.library.actions import storing

    total, rows = entries_of(arguments.source, arguments.file, office)
    return storing.store(
        source=f"csv:{office.code}" if office else arguments.source,
        rows=bar(rows, total, "items"),
        by="loket",
        at=timezone.now(),
        chain=office.code if office else storing.NATIONAL,
    )


def _areas(path: Path):
    from loket.library.actions import placing
    from loket.library.importing import areas

    total, rows = areas.read(path)
    return placing.store_areas(rows=bar(rows, total, "areas"), by="loket", at=timezone.now())


def entries_of(source: str, path: Path, office: Office | None) -> tuple[int, Iterable[Any]]:
    from loket.library.importing import classifications, lists

    if source == "csv":
        return lists.read(path, office=office)
    reader = classifications.read_csv if path.suffix.lower() == ".csv" else classifications.read_json
    return reader(path, source=source)
