"""loket calendar due | closing | import | show: deadlines and closed days of an office."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from loket.commands import Refused
from loket.consultations.actions import recomputing
from loket.offices import calendars, explaining, queries
from loket.offices.calendarcsv import CsvWrong, read_proposals
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.rules import calendarfile
from loket.rules.consulting import answer_due, silence
from loket.rules.worktime import Calendar, NoWorkingDay, Skipped, days_between


def register(verbs):
    nouns = verbs.add_parser("calendar", help="deadlines and closed days").add_subparsers(
        required=True, metavar="VERB"
    )
    parser = nouns.add_parser("due", help="when an answer is due")
    parser.add_argument("office", help="code of the office")
    parser.add_argument("--received", type=instant, required=True, help="2026-01-05T09:00+07:00")
    parser.add_argument("--days", type=working_days, help="working days; the office's own when absent")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.set_defaults(run=due)

    parser = nouns.add_parser("closing", help="when a silent consultation is warned and closed")
    parser.add_argument("office", help="code of the office")
    parser.add_argument("--answered", type=instant, required=True, help="2026-01-07T11:00+07:00")
    parser.add_argument("--days", type=working_days, help="working days; the office's own when absent")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.set_defaults(run=closing)

    parser = nouns.add_parser("import", help="take over national days and publish")
    parser.add_argument("file", type=Path, help="CSV with the columns date, kind, name")
    parser.add_argument("office", nargs="?", help="code of one office; all that serve when absent")
    parser.add_argument("--source", default="", help="the decree the file is from")
    parser.add_argument("--reason", default="", help="why, for the history of the calendar")
    parser.set_defaults(run=import_file)

    parser = nouns.add_parser("show", help="a year: hours, closed days, special periods")
    parser.add_argument("office", help="code of the office")
    parser.add_argument("--year", type=year_number, required=True)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.set_defaults(run=show)


# ----- words of the command line


def instant(text: str) -> datetime:
    """An ISO date and time; without an offset it is the office's wall time."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write a date and time such as 2026-01-05T09:00+07:00") from None
    if not 1900 <= at.year <= 2999:
        raise argparse.ArgumentTypeError("write a year from 1900 to 2999")
    return at


def working_days(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 366:
        raise argparse.ArgumentTypeError("write a number of working days from 1 to 366")
    return int(text)


def year_number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1900 <= int(text) <= 2999:
        raise argparse.ArgumentTypeError("write a year such as 2026")
    return int(text)


# ----- due and closing


def due(arguments) -> None:
    office, version, calendar = published(arguments.office)
    days = arguments.days or limits_from(office.settings).answer_days
    with opening_days(office):
        deadline = answer_due(calendar=calendar, received=placed(arguments.received, calendar), days=days)
    answer = {"due": stamp(deadline.due, calendar), **counting(deadline, version)}
    say(arguments, answer, explaining.explain_deadline(office, deadline))


def closing(arguments) -> None:
    office, version, calendar = published(arguments.office)
    days = arguments.days or limits_from(office.settings).silence_days
    with opening_days(office):
        clock = silence(calendar=calendar, answered=placed(arguments.answered, calendar), days=days)
    answer = {
        "warn_at": stamp(clock.warn_at, calendar),
        "close_at": stamp(clock.close_at, calendar),
        **counting(clock, version),
    }
    say(arguments, answer, explaining.explain_silence(office, clock))


def published(code: str) -> tuple[Office, int, Calendar]:
    office = Office.objects.filter(code=code).first()  # the code is unique, so no order is needed
    if office is None:
        raise Refused(f'There is no office "{code}"; `loket office list` shows the codes.')
    newest = queries.newest_version(office)
    if newest is None:
        raise Refused(f"Office {code} has no calendar; load its office file first.")
    return office, newest.version, calendarfile.from_dict(newest.content)


@contextmanager
def opening_days(office: Office) -> Iterator[None]:
    try:
        yield
    except NoWorkingDay:
        raise Refused(f"Office {office.code} is not open once in 366 days from there.") from None


def placed(at: datetime, calendar: Calendar) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=calendar.tz)


def stamp(at: datetime, calendar: Calendar) -> str:
    return calendar.local(at).isoformat()


def counting(clock, version: int) -> dict[str, Any]:
    return {
        "counted": [day.isoformat() for day in clock.counted],
        "skipped": [skipped_entry(entry) for entry in clock.skipped],
        "warnings": explaining.warning_texts(clock.warnings),
        "calendar_version": version,
    }


def skipped_entry(entry: Skipped) -> dict[str, str]:
    return {"date": entry.day.isoformat(), "reason": explaining.reason_text(entry)}


def say(arguments, answer: dict[str, Any], sentences: Sequence[str]) -> None:
    if arguments.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print("\n".join(sentences))


# ----- import


def import_file(arguments) -> None:
    try:
        with arguments.file.open(encoding="utf-8-sig", newline="") as lines:
            proposals = read_proposals(lines, source=arguments.source.strip())
    except OSError as error:
        raise Refused(f"{arguments.file}: {error.strerror}.") from None
    except (CsvWrong, UnicodeDecodeError) as error:
        raise Refused(f"{arguments.file}: {error}. Nothing was taken over.") from None
    codes = [arguments.office] if arguments.office else serving_offices()
    reason = arguments.reason.strip() or f"Impor {arguments.file.name}"
    with transaction.atomic():
        for code in codes:
            print(import_into(published(code)[0], proposals, reason), file=sys.stderr)


def serving_offices() -> list[str]:
    return list(Office.objects.filter(serves=True).order_by("code").values_list("code", flat=True))


def import_into(office: Office, proposals, reason: str) -> str:
    try:
        version = recomputing.take_over(
            office=office, proposals=proposals, by="loket", at=timezone.now(), reason=reason
        )
    except calendars.NothingChanged as same:
        return f"{office.code}: nothing new, version {same.args[0]} stays."
    except NoWorkingDay:
        raise Refused(f"{office.code}: with these days it would not open once in 366 days.") from None
    return f"{office.code}: published version {version.version}."


# ----- show


def show(arguments) -> None:
    office, version, calendar = published(arguments.office)
    part = of_year(calendar, arguments.year)
    working = sum(map(calendar.is_working_day, days_between(*ends(arguments.year))))
    answer = {
        "office": office.code,
        "year": arguments.year,
        "status": str(calendar.year(arguments.year).status),
        "working_days": working,
        **calendarfile.to_dict(part),
        "calendar_version": version,
    }
    say(arguments, answer, list(year_lines(office, part, arguments.year, working, version)))


def ends(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def of_year(calendar: Calendar, year: int) -> Calendar:
    """The calendar without what lies outside one year."""
    first, last = ends(year)
    return replace(
        calendar,
        closed=tuple(closed for closed in calendar.closed if closed.day.year == year),
        special=tuple(period for period in calendar.special if period.first <= last and period.last >= first),
        years=(calendar.year(year),),
    )


def year_lines(office: Office, part: Calendar, year: int, working: int, version: int) -> Iterator[str]:
    yield _("%(office)s, %(year)s: %(days)s working days, calendar version %(version)s.") % {
        "office": office.name,
        "year": year,
        "days": working,
        "version": version,
    }
    yield explaining.status_text(part.years[0])
    yield from explaining.week_lines(part.week)
    for period in part.special:
        yield f"{explaining.span(period.first, period.last)}: {period.name}"
        yield from explaining.week_lines(period.hours)
    for closed in part.closed:
        yield f"{explaining.long_day(closed.day)}: {closed.name} ({explaining.kind_text(closed.kind)})"
