"""loket office load | list: offices and their standards."""

import sys
from pathlib import Path

from django.utils import timezone

from loket.commands import Refused
from loket.consultations.actions import recomputing
from loket.offices import loading, officefile
from loket.offices.models import Office
from loket.rules.worktime import NoWorkingDay


def register(verbs):
    nouns = verbs.add_parser("office", help="offices and their standards").add_subparsers(
        required=True, metavar="VERB"
    )
    parser = nouns.add_parser("load", help="make or update an office from a file")
    parser.add_argument("file", help=f"a TOML file, or an example: {', '.join(loading.EXAMPLES)}")
    parser.set_defaults(run=load)
    nouns.add_parser("list", help="all offices, parents first").set_defaults(run=show)


def load(arguments):
    try:
        file = officefile.read(_text(arguments.file))
        loaded = recomputing.load(file=file, by="loket", at=timezone.now())
    except officefile.OfficeFileWrong as wrong:
        raise Refused(f"{arguments.file}, {wrong}. Nothing was loaded.") from None
    except loading.LetterTaken as taken:
        letter, code = taken.args
        raise Refused(f"{arguments.file}: the letter {letter} belongs to the service {code}.") from None
    except NoWorkingDay:
        raise Refused(f"{arguments.file}, [calendar]: the office would never open.") from None
    said = ", ".join(loaded.changed) or "nothing"
    print(f"{loaded.office}: {said} changed.", file=sys.stderr)


def _text(name: str) -> str:
    if name in loading.EXAMPLES:
        return loading.example(name)
    try:
        return Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{name} cannot be read: {error}.") from None


def show(arguments):
    children: dict[int | None, list[Office]] = {}
    for office in Office.objects.order_by("code"):
        children.setdefault(office.parent_id, []).append(office)

    def print_below(parent_id: int | None, depth: int) -> None:
        for office in children.get(parent_id, []):
            kind = "" if office.serves else " (groups offices)"
            print(f"{'  ' * depth}{office.code}  {office.name}, {office.zone_name}{kind}")
            print_below(office.pk, depth + 1)

    print_below(None, 0)
