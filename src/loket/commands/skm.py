"""loket skm compute: the satisfaction index of a file of answers."""

import argparse
import csv
import json
import math
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path

from loket.commands import Refused
from loket.rules.satisfaction import USUAL_WEIGHTS, Satisfaction, Weight, WeightWrong, compute, two_decimals

ANSWERS = {"": None, "1": 1, "2": 2, "3": 3, "4": 4}
DELIMITERS = (",", ";", "\t")


def register(verbs):
    nouns = verbs.add_parser("skm", help="the satisfaction survey").add_subparsers(
        required=True, metavar="VERB"
    )
    parser = nouns.add_parser("compute", help="index, IKM and letter of a file of answers")
    parser.add_argument("file", type=Path, help="CSV with the columns U1, U2 and so on; one respondent a row")
    parser.add_argument(
        "--weight",
        type=weight,
        default=Weight(),
        help=f"{', '.join(USUAL_WEIGHTS)} or another decimal; exact (one nth) when absent",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.set_defaults(run=compute_file)


def weight(text: str) -> Weight:
    try:
        return Weight(text)
    except WeightWrong:
        raise argparse.ArgumentTypeError('write "exact" or a decimal such as 0.111') from None


def compute_file(arguments) -> None:
    try:
        with arguments.file.open(encoding="utf-8-sig", newline="") as lines:
            found = read(lines, arguments.weight)
    except OSError as error:
        raise Refused(f"{arguments.file}: {error.strerror}.") from None
    except (UnicodeDecodeError, csv.Error):
        raise Refused(f"{arguments.file}: this is not a CSV file in UTF-8.") from None
    print(json.dumps(as_json(found), ensure_ascii=False, indent=2) if arguments.json else as_text(found))


# ----- reading


def read(lines, weight: Weight) -> Satisfaction:
    """All answers of an open file. Refuses with the row and the column of what is wrong."""
    first = lines.readline()
    # Spreadsheets in Indonesian write semicolons, because the comma is the decimal sign.
    delimiter = max(DELIMITERS, key=first.count)
    table = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
    places = columns(next(table, []))
    found = compute(rows(table, places), elements=len(places), weight=weight)
    if not found.respondents:
        raise Refused("There is no answer in the file.")
    for number, element in enumerate(found.elements, start=1):
        if not element.answered:
            raise Refused(f"Nobody answered U{number}, so there is no index; take its column out.")
    return found


def columns(header: list[str]) -> list[int]:
    """Where U1 to Un stand, in their order. Refuses any other column, one twice and one left out."""
    names = [name.strip().upper() for name in header]
    while names and not names[-1]:
        names.pop()  # a column that was only ever formatted
    for place, name in enumerate(names, start=1):
        if not re.fullmatch(r"U[1-9]\d?", name):
            raise Refused(f"Row 1, column {place}: {header[place - 1]!r} is not one of U1, U2, U3 and so on.")
        if name in names[: place - 1]:
            raise Refused(f"Row 1, column {place}: {name} is there twice.")
    wanted = [f"U{number}" for number in range(1, len(names) + 1)]
    for name in wanted:
        if name not in names:
            raise Refused(f"Row 1: {name} is missing; columns are U1 to U{len(names)} without a gap.")
    if not names:
        raise Refused("Row 1 has to name the columns U1, U2, U3 and so on.")
    return [names.index(name) for name in wanted]


def rows(table, places: list[int]) -> Iterator[list[int | None]]:
    """The answers row by row. Rows count as in a spreadsheet: the header is row 1."""
    for row, cells in enumerate(table, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        while len(cells) > len(places) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(places):
            raise Refused(f"Row {row}: {len(cells)} cells, expected {len(places)}.")
        yield [answer(cells[place], row, f"U{number}") for number, place in enumerate(places, start=1)]


def answer(cell: str, row: int, column: str) -> int | None:
    try:
        return ANSWERS[cell.strip()]
    except KeyError:
        raise Refused(f"Row {row}, column {column}: {cell[:40]!r} is not 1, 2, 3, 4 or empty.") from None


# ----- saying


def as_json(found: Satisfaction) -> dict:
    return {
        "n": found.respondents,
        "nrr": {f"U{number}": as_number(element.nrr) for number, element in enumerate(found.elements, 1)},
        "index": as_number(found.index),
        "ikm": float(found.ikm),
        "grade": str(found.grade),
        "rule": found.weight.rule,
    }


def as_number(value: Fraction) -> float:
    """The nearest float; of a tie the next one up, so that whoever rounds it gets what we round to."""
    nearest = float(value)
    return nearest if round(nearest, 2) == float(two_decimals(value)) else math.nextafter(nearest, math.inf)


def as_text(found: Satisfaction) -> str:
    lines = [f"{found.respondents} respondents"]
    for number, (element, missing) in enumerate(zip(found.elements, found.missing(), strict=True), start=1):
        lines.append(f"U{number}: {two_decimals(element.nrr)}" + (f" ({missing} missing)" if missing else ""))
    weight = found.weight.of(len(found.elements))
    lines.append(f"Weight: {found.weight.rule} ({weight})")
    lines.append(f"Index: {two_decimals(found.index)}")
    lines.append(f"IKM: {found.ikm}, {found.grade}")
    return "\n".join(lines)
