"""loket privacy export | erase | retain: the rights of one person, and the end of what is kept for a time."""

import json
import sys

from django.utils import timezone

from loket.commands import Refused
from loket.offices.models import Office
from loket.privacy import erasing, exporting, persons, retaining, sweeping
from loket.privacy.persons import Person


def register(verbs):
    nouns = verbs.add_parser("privacy", help="personal data: export, erase, retention").add_subparsers(
        required=True, metavar="VERB"
    )
    parser = nouns.add_parser("export", help="everything kept about one person, as JSON")
    _name_person(parser)
    parser.set_defaults(run=export)
    parser = nouns.add_parser("erase", help="erase one person; figures stay")
    _name_person(parser)
    parser.add_argument("--yes", action="store_true", help="do it; without it, only say what would go")
    parser.set_defaults(run=erase)
    parser = nouns.add_parser("retain", help="end what is over its time, as the worker does")
    parser.add_argument("office", nargs="?", help="code of the office; all of them when absent")
    parser.add_argument("--dry-run", action="store_true", help="only count")
    parser.set_defaults(run=retain)


def _name_person(parser):
    parser.add_argument("office", help="code of the office, e.g. 3574")
    parser.add_argument("email", help="the person's address")


def export(arguments):
    _, person = _found(arguments)
    data = exporting.collected(person, language="id", at=timezone.now())
    print(json.dumps(data, ensure_ascii=False, indent=1))


def erase(arguments):
    office, person = _found(arguments)
    if not arguments.yes:
        _print(erasing.preview(person))
        print("Nothing was erased yet: say --yes to do it.", file=sys.stderr)
        return
    try:
        counts = erasing.erase(person=person, office=office, by="loket", at=timezone.now())
    except erasing.StillStaff:
        raise Refused(f"{arguments.email} works at an office; withdraw the role first.") from None
    sweeping.sweep()
    _print(counts)


def retain(arguments):
    offices = [_office(arguments.office)] if arguments.office else Office.objects.filter(serves=True)
    for office in offices:
        counts = (retaining.due if arguments.dry_run else retaining.retain)(office, at=timezone.now())
        print(json.dumps({"office": office.code, "rows": counts}))


def _found(arguments) -> tuple[Office, Person]:
    office = _office(arguments.office)
    person = persons.at_office(office=office, email=arguments.email)
    if not persons.is_known(person):
        raise Refused(f"{office.code} keeps nothing about {arguments.email}.")
    return office, person


def _office(code: str) -> Office:
    office = Office.objects.filter(code=code).first()  # unique
    if office is None:
        raise Refused(f"There is no office {code}; loket office list shows all.")
    return office


def _print(counts: dict[str, int]) -> None:
    print(json.dumps({"rows": counts}))
