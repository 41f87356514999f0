"""Consultations: the pages and writes of officers and visitors, from ten thousand to a million.

    loket bench consultations [--rounds 30] [--largest 1000000] [--on SQLite] [--peer FOLDER]

Every consultation has three messages, and nine of ten are open. `--peer` names the folder of an
environment in which requirements/bench.txt is installed; django-helpdesk then answers the same
questions with ten thousand tickets, in the same run.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.drills.databases import PostgreSQL
from tests.forks import ROOT

from benchmarks._program import Apart, Missed, folder, say_load

VENDORS = ("SQLite", "PostgreSQL")
SIZES = (10_000, 100_000, 1_000_000)
# Statements, and milliseconds in the process.
GOALS = {"inbox": (10, 20), "deep page": (10, 20), "detail": (12, 15), "post": (12, 20), "create": (14, 25)}
SCAN = 1.0
FLAT = 1.3
# How many times quicker than the peer; its name for the page beside it.
AGAINST = {"inbox": ("list", 8), "search": ("search", 8), "detail": ("detail", 3), "create": ("create", 1)}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="loket bench consultations")
    parser.add_argument("--rounds", type=int, default=30, help="of each page (default 30)")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="how many at most (default a million)")
    parser.add_argument("--on", nargs="*", choices=VENDORS, default=VENDORS, help="databases (default both)")
    parser.add_argument("--peer", type=Path, help="environment with django-helpdesk")
    options = parser.parse_args(arguments)
    missed = Missed()
    say_load()
    for vendor in options.on:
        with folder() as home, database(vendor) as address:
            on(vendor, home, address, options, missed)
    return missed.report()


@contextmanager
def database(vendor: str) -> Iterator[str | None]:
    if vendor == "SQLite":
        yield None
        return
    server = PostgreSQL()
    try:
        server.empty()
        yield server.address
    finally:
        server.remove()


def on(vendor: str, home: Path, address: str | None, options: argparse.Namespace, missed: Missed) -> None:
    place = Apart(home, address)
    place.command("migrate")
    sessions = play(place, "prepare")
    print(f"{vendor}: statements, then median milliseconds (CPU in brackets)")
    peer = run_peer(options, home) if options.peer and vendor == "SQLite" else None
    found: dict[int, dict[str, Any]] = {}
    for size in (size for size in SIZES if size <= options.largest):
        play(place, "fill", until=size)
        found[size] = play(place, "measure", rounds=options.rounds, **sessions)
        print(f"  {size:>9,}  " + "   ".join(said(name, cost) for name, cost in found[size].items()))
        check(vendor, size, found[size], missed)
    check_flat(vendor, found, missed)
    if peer:
        compare(found[min(found)], peer, missed)


def said(name: str, cost: dict[str, float]) -> str:
    return f"{name} {cost['queries']:.0f}, {cost['ms']:.1f} ({cost['cpu']:.1f})"


def check(vendor: str, size: int, found: dict[str, Any], missed: Missed) -> None:
    for name, (queries, milliseconds) in GOALS.items():
        cost, where = found[name], f"{vendor}, {size:,}: {name}"
        missed.check(cost["queries"] <= queries, f"{where} sends {cost['queries']:.0f} statements")
        missed.check(cost["ms"] <= milliseconds, f"{where} takes {cost['ms']:.1f} ms")
    scan = found["due-scan"]["ms"]
    missed.check(scan <= SCAN, f"{vendor}, {size:,}: the idle due-scan takes {scan:.2f} ms")


def check_flat(vendor: str, found: dict[int, dict[str, Any]], missed: Missed) -> None:
    """CPU, not the clock: what else runs on the machine must not look like growth."""
    least, most = found[min(found)], found[max(found)]
    for name in GOALS:
        ratio = most[name]["cpu"] / least[name]["cpu"]
        print(f"  {name}: {min(found):,} to {max(found):,} costs {ratio:.2f} times as much")
        missed.check(ratio <= FLAT, f"{vendor}: {name} grows {ratio:.2f} times")
        same = most[name]["queries"] == least[name]["queries"]
        missed.check(same, f"{vendor}: {name} sends more statements with more rows")


def play(place: Apart, verb: str, **facts: Any) -> Any:
    return _printed([sys.executable, "-m", "benchmarks._threads", verb, json.dumps(facts)], place)


def run_peer(options: argparse.Namespace, home: Path) -> dict[str, Any]:
    """The peer's own figures; it makes its database beside ours."""
    facts = {"home": str(home), "rounds": options.rounds, "tickets": SIZES[0]}
    command = [
        str(options.peer / "bin" / "python"),
        str(ROOT / "benchmarks" / "peers" / "django_helpdesk.py"),
    ]
    done = subprocess.run([*command, json.dumps(facts)], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    peer = json.loads(done.stdout.splitlines()[-1])
    print(f"  django-helpdesk, {SIZES[0]:,}, SQLite  " + "   ".join(said(*entry) for entry in peer.items()))
    return peer


def compare(ours: dict[str, Any], peer: dict[str, Any], missed: Missed) -> None:
    """By CPU, for what else runs on the machine must not favour either; both on SQLite, in their process."""
    for name, (theirs, wanted) in AGAINST.items():
        ratio = peer[theirs]["cpu"] / ours[name]["cpu"]
        print(f"  {name}: {ratio:.1f} times as quick as django-helpdesk")
        missed.check(ratio >= wanted, f"{name} is only {ratio:.1f} times as quick as django-helpdesk")


def _printed(command: list[str], place: Apart) -> Any:
    done = subprocess.run(command, env=place.environment, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])
