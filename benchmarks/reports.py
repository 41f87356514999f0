"""Reports over 500 offices with a million and with ten million visits behind them.

    loket bench reports [--visits 1000000 10000000] [--offices 500] [--on SQLite PostgreSQL]

The tallies of two years are made at the size they have with so many visits: each visit leaves its four
times and its person's key in them. One office also has its visits of today as rows, since a report counts
them while it is read. Times are those of one process, without HTTP; queries are those of the whole page.
"""

import argparse
import io
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psutil
from tests.drills.databases import PostgreSQL
from tests.forks import ROOT

from benchmarks._program import Missed, folder, say_load
from loket.rules.tallying import stored, timed

VENDORS, SIZES = ("SQLite", "PostgreSQL"), [1_000_000, 10_000_000]
OFFICE_MONTH, NATION_MONTH, QUERIES = 50.0, 1500.0, 12
PDF_SECONDS, XLSX_SECONDS, XLSX_MEGABYTES = 2.0, 3.0, 30.0
XLSX_ROWS = 20_000
YEARS, DAYS_A_MONTH = (2025, 2026), 21
WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 18, 11, 0, tzinfo=WIB)
# Different contents; offices share them, since reading costs the same.
KINDS = 24


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="loket bench reports")
    parser.add_argument("--visits", type=int, nargs="+", default=SIZES, help="how many (default both)")
    parser.add_argument("--offices", type=int, default=500)
    parser.add_argument("--on", nargs="*", choices=VENDORS, default=VENDORS, help="databases (default both)")
    parser.add_argument("--here", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.here:
        print(json.dumps(measure(visits=options.here, offices=options.offices)))
        return 0
    missed = Missed()
    say_load()
    for visits in options.visits:
        if "SQLite" in options.on:
            with folder() as home:
                judge("SQLite", visits, run(home, "sqlite", visits, options.offices), missed)
        if "PostgreSQL" in options.on:
            with folder() as home:
                judge("PostgreSQL", visits, on_postgresql(home, visits, options.offices), missed)
    for vendor, visits in left_out(options):
        print(f"not run: {vendor}, {visits:,} visits")
    return missed.report()


def left_out(options: argparse.Namespace) -> list[tuple[str, int]]:
    return [
        (vendor, visits)
        for vendor in VENDORS
        for visits in SIZES
        if vendor not in options.on or visits not in options.visits
    ]


def on_postgresql(home: Path, visits: int, offices: int) -> dict:
    server = PostgreSQL()
    try:
        server.empty()
        return run(home, server.address, visits, offices)
    finally:
        server.remove()


def run(home: Path, database: str, visits: int, offices: int) -> dict:
    """In a process of its own, so that its memory is its own."""
    environment = {**os.environ, "LOKET_HOME": str(home), "LOKET_DATABASE": database}
    command = [
        sys.executable,
        "-m",
        "loket",
        "bench",
        "reports",
        "--here",
        str(visits),
        "--offices",
        str(offices),
    ]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def judge(database: str, visits: int, found: dict, missed: Missed) -> None:
    print(f"{database}, {visits:,} visits")
    goals = [
        ("office month, over", found["office"], OFFICE_MONTH, "ms"),
        ("office month, running", found["running"], OFFICE_MONTH, "ms"),
        ("national month", found["nation"], NATION_MONTH, "ms"),
        ("queries of the page", found["queries"], QUERIES, ""),
        ("monthly PDF", found["pdf"], PDF_SECONDS, "s"),
        (f"workbook of {XLSX_ROWS:,} rows", found["xlsx"], XLSX_SECONDS, "s"),
        ("memory of the workbook", found["xlsx_megabytes"], XLSX_MEGABYTES, "MB"),
    ]
    for name, value, most, unit in goals:
        print(f"  {name:32} {value:8.1f} {unit:3} at most {most:g}")
        missed.check(value <= most, f"{database}, {visits:,} visits: {name} {value:.1f} {unit}, not {most:g}")
    cpu = ", ".join(f"{name} {found[f'{name}_cpu']:.1f}" for name in ("office", "running", "nation", "xlsx"))
    print(f"  of that CPU, ms: {cpu}")
    print(f"  counting a day of the office     {found['counting']:8.1f} ms")


def measure(*, visits: int, offices: int) -> dict:
    """Fill the database of this process and measure in it."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    a_day = max(round(visits / offices / (len(YEARS) * 12 * DAYS_A_MONTH)), 1)
    nation, every = fill(offices=offices, a_day=a_day)
    return reports(nation, every) | workbook_of_rows()


def fill(*, offices: int, a_day: int):
    from tests.cast import an_office, take

    from loket.offices.models import Office
    from loket.reports.models import WAY, CountedUpTo, YearKey

    nation = Office.objects.create(code="0000", name="BPS", serves=False)
    first = an_office(code="1000", parent=nation, settings={"last_number_rule": False})
    Office.objects.bulk_create(
        Office(code=str(1000 + number), name=f"BPS Kota {number}", parent=nation)
        for number in range(1, offices)
    )
    every = list(Office.objects.filter(serves=True).order_by("code"))
    YearKey.objects.bulk_create(YearKey(year=year, secret="0" * 64) for year in YEARS)
    tallies(every, a_day)
    for number in range(min(a_day, 40)):
        take(first, at=NOW.replace(hour=9) + timedelta(minutes=2 * number))
    yesterday = NOW.date() - timedelta(days=1)
    CountedUpTo.objects.bulk_create(
        CountedUpTo(office=office, day=yesterday, seq=0, way=WAY) for office in every
    )
    return nation, every


def tallies(every: list, a_day: int) -> None:
    """Whole months of two years, and the days of the last two."""
    from loket.reports.models import DayOrMonth

    chance = random.Random(1)
    months = [date(year, month, 1) for year in YEARS for month in range(1, 13)]
    for first in (month for month in months if month < NOW.date().replace(day=1)):
        contents = [content(chance, a_day * DAYS_A_MONTH) for _ in range(KINDS)]
        rows = [row(office, "month", first, contents[number % KINDS]) for number, office in enumerate(every)]
        DayOrMonth.objects.bulk_create(rows, batch_size=200)
    days = [date(2026, 10, number) for number in range(1, 32)]
    days += [date(2026, 11, number) for number in range(1, NOW.day)]
    for day in (day for day in days if day.weekday() < 5):
        contents = [content(chance, a_day) for _ in range(KINDS)]
        rows = [row(office, "day", day, contents[place % KINDS]) for place, office in enumerate(every)]
        DayOrMonth.objects.bulk_create(rows, batch_size=200)


def row(office, span: str, first: date, made: tuple[str, str]):
    from loket.reports.models import DayOrMonth

    return DayOrMonth(office=office, span=span, first=first, content=made[0], persons=made[1], counted_at=NOW)


def content(chance: random.Random, visits: int) -> tuple[str, str]:
    """A tally as counting makes it, of so many visits."""
    cells: dict[str, dict] = {}
    times: dict[str, Counter] = {name: Counter() for name in ("waiting", "way", "service", "handover")}
    for _ in range(visits):
        weekday, hour = chance.randint(1, 5), chance.choice([8, 9, 9, 10, 10, 11, 13, 14])
        cell = cells.setdefault(
            f"{weekday}-{hour:02d}", {"taken": 0, "kept": 0, "missed": 0, "state": {"served": 0}}
        )
        cell["taken"] += 1
        cell["state"]["served"] += 1
        cell["kept" if chance.random() < 0.93 else "missed"] += 1
        lengths = (
            chance.randint(5, 3000),
            chance.randint(10, 120),
            chance.lognormvariate(6.9, 0.6),
            chance.randint(5, 900),
        )
        for name, seconds in zip(times, lengths, strict=True):
            times[name][timed(weekday * 24 + hour, seconds)] += 1
    shares = {"study": visits // 2, "research": visits - visits // 2}
    tally = {
        "hall": cells, "times": times, "door": {"kiosk": visits}, "service": {"konsultasi": visits},
        "purpose": shares, "kind": {"data": visits}, "institution": shares, "rating": {"5": visits // 2},
        "item": {"found": visits},
        "online": {"asked": visits // 10, "kept": visits // 10},
    }  # fmt: skip
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    persons = "".join("".join(chance.choices(letters, k=11)) for _ in range(visits))
    return json.dumps(stored(tally), separators=(",", ":")), persons


def reports(nation, every: list) -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from loket.reports import files, keeping, making
    from loket.rules import periods

    def make(office, offices, period):
        return making.make(office=office, offices=offices, period=periods.parse(period), at=NOW)

    one = every[0]
    with CaptureQueriesContext(connection) as asked:
        report = make(one, [one], "2026-11")
    found = {
        "office": milliseconds(lambda: make(one, [one], "2026-10"), 15),
        "running": milliseconds(lambda: make(one, [one], "2026-11"), 15),
        "nation": milliseconds(lambda: make(nation, every, "2026-10"), 3),
        "office_cpu": milliseconds(lambda: make(one, [one], "2026-10"), 15, time.process_time),
        "running_cpu": milliseconds(lambda: make(one, [one], "2026-11"), 15, time.process_time),
        "nation_cpu": milliseconds(lambda: make(nation, every, "2026-10"), 3, time.process_time),
        # Session, person and membership come on top of the report.
        "queries": len(asked) + 3,
        "pdf": milliseconds(lambda: files.as_pdf(report), 3) / 1000,
    }
    began = time.perf_counter()
    keeping.bring_up(office=one, at=NOW + timedelta(days=1))
    return found | {"counting": (time.perf_counter() - began) * 1000}


def workbook_of_rows() -> dict:
    from loket.base.exports import workbook
    from loket.base.exports.columns import Table
    from loket.reports import visits

    line = (
        date(2026, 11, 18), "A-001", "konsultasi", 1, "served", False, "kiosk", "study", "data", NOW, NOW,
        NOW, NOW, timedelta(minutes=4), timedelta(minutes=18), timedelta(minutes=3), True, False,
    )  # fmt: skip
    process = psutil.Process()
    target, before = io.BytesIO(), process.memory_info().rss
    began, spent = time.perf_counter(), time.process_time()
    table = Table("Kunjungan", visits.columns(), (line for _ in range(XLSX_ROWS)))
    workbook.write(target, [table], title="Kunjungan", zone=WIB)
    seconds, spent = time.perf_counter() - began, time.process_time() - spent
    return {
        "xlsx": seconds,
        "xlsx_cpu": spent * 1000,
        "xlsx_megabytes": (process.memory_info().rss - before) / 1_000_000,
    }


def milliseconds(act, times: int, clock=time.perf_counter) -> float:
    taken = []
    for _ in range(times):
        began = clock()
        act()
        taken.append((clock() - began) * 1000)
    return statistics.median(taken)
