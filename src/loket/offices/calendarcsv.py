"""National days from a CSV file: columns date, kind and one whose name begins with "name"."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from loket.offices.proposals import DECREES, Proposal, closed_day
from loket.rules.calendarparts import ClosedDay, Reason, Year, YearStatus

KINDS = {
    "nasional": Reason.NATIONAL,
    "national": Reason.NATIONAL,
    "cuti_bersama": Reason.JOINT_LEAVE,
    "joint_leave": Reason.JOINT_LEAVE,
    "pemilihan": Reason.ELECTION,
    "election": Reason.ELECTION,
}
LONGEST_NAME = 120


class CsvWrong(Exception):
    """The file cannot be taken over; `line`, `field` and what was `expected` there."""

    def __init__(self, line: int, field: str, expected: str):
        super().__init__(f"line {line}, {field}: {expected}")
        self.line, self.field, self.expected = line, field, expected


def read_proposals(lines: Iterable[str], *, source: str = "") -> list[Proposal]:
    """One proposal for each year in the file, or CsvWrong and nothing at all.

    A year counts as decreed when `source` names a decree or its decree is known; else as estimated.
    """
    rows = csv.DictReader(lines, strict=True)
    by_year: dict[int, dict[date, ClosedDay]] = defaultdict(dict)
    try:
        name_column = find_columns(rows.fieldnames or [])
        for row in rows:
            closed = read_row(row, rows.line_num, name_column, source)
            if closed.day in by_year[closed.day.year]:
                raise CsvWrong(rows.line_num, "date", f"each date once; {closed.day} is there twice")
            by_year[closed.day.year][closed.day] = closed
    except csv.Error as error:
        raise CsvWrong(rows.reader.line_num, "line", f"comma-separated values ({error})") from None
    if not by_year:
        raise CsvWrong(rows.line_num, "date", "at least one day")
    return [
        Proposal(year_of(year, source), tuple(sorted(days.values())))
        for year, days in sorted(by_year.items())
    ]


def find_columns(names: Iterable[str]) -> str:
    for wanted in ("date", "kind"):
        if wanted not in names:
            raise CsvWrong(1, wanted, f'a column "{wanted}"')
    found = next((name for name in names if name.startswith("name")), None)
    if found is None:
        raise CsvWrong(1, "name", 'a column "name"')
    return found


def read_row(row: dict[str, str | None], line: int, name_column: str, source: str) -> ClosedDay:
    try:
        day = date.fromisoformat((row["date"] or "").strip())
    except ValueError:
        raise CsvWrong(line, "date", f"a date such as 2026-01-31, not {row['date']!r}") from None
    kind = KINDS.get((row["kind"] or "").strip())
    if kind is None:
        raise CsvWrong(line, "kind", f"one of {', '.join(KINDS)}, not {row['kind']!r}")
    name = (row[name_column] or "").strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise CsvWrong(line, name_column, f"a name of 1 to {LONGEST_NAME} letters")
    return closed_day(day, kind, name, year_of(day.year, source).source)


def year_of(year: int, source: str) -> Year:
    decree = source or DECREES.get(year, "")
    return Year(year, YearStatus.DECREED if decree else YearStatus.ESTIMATED, decree)
