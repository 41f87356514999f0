"""loket report month: the monthly report as a file, unattended. loket report count: count now."""

import sys

from django.utils import timezone, translation

from loket.commands import Refused
from loket.offices.models import Office
from loket.reports import files, keeping, making
from loket.rules import periods


def register(verbs):
    nouns = verbs.add_parser("report", help="figures of an office").add_subparsers(
        required=True, metavar="VERB"
    )
    parser = nouns.add_parser("month", help="the report of a month, a year or any days, as a file")
    parser.add_argument("office", help="its code")
    parser.add_argument("period", help="2026-11, 2026, 2026-11-05 or 2026-11-05..2026-11-20")
    parser.add_argument("--format", choices=sorted(files.TYPES), default="pdf")
    parser.add_argument("--output", help="a file; standard output when absent, - as well", default="-")
    parser.add_argument("--language", choices=["id", "en"], default="id")
    parser.set_defaults(run=month)
    parser = nouns.add_parser(
        "count", help="count the days that are over now, instead of waiting for the worker"
    )
    parser.add_argument("office", nargs="?", help="its code; all offices when absent")
    parser.set_defaults(run=count)


def month(arguments):
    office = _office(arguments.office)
    try:
        period = periods.parse(arguments.period)
    except periods.PeriodWrong:
        raise Refused(f"{arguments.period!r} is no period: write a month like 2026-11, or a year.") from None
    with translation.override(arguments.language):
        report = making.make(office=office, offices=[office], period=period, at=timezone.now())
        content = files.write(report, arguments.format)
    if arguments.output == "-":
        if sys.stdout.isatty() and arguments.format in ("pdf", "xlsx"):
            raise Refused("A terminal cannot show this: name a file with --output, or send it on.")
        sys.stdout.buffer.write(content)
        return
    try:
        with open(arguments.output, "wb") as target:
            target.write(content)
    except OSError as error:
        raise Refused(f"{arguments.output} cannot be written: {error.strerror}.") from None


def count(arguments):
    from tqdm import tqdm  # only where a person watches

    offices = (
        [_office(arguments.office)]
        if arguments.office
        else Office.objects.filter(serves=True).order_by("code")
    )
    days = sum(
        keeping.bring_up(office=office, at=timezone.now())
        for office in tqdm(offices, unit="office", disable=None, leave=False)
    )
    print(f"{days} days counted.", file=sys.stderr)


def _office(code: str) -> Office:
    office = Office.objects.filter(code=code, serves=True).first()  # the code is unique
    if office is None:
        raise Refused(f"There is no office {code}.")
    return office
