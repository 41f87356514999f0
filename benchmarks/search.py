"""The library's search: ours beside SQLite FTS5 and PostgreSQL, on the same invented items.

    loket bench search [--items 10000 100000] [--postgresql postgresql://…]

A million items take some ten minutes, with both peers perhaps an hour: --items 10000 100000 1000000. A peer
is asked for at most a minute in each class. Ours is the whole search of the program (understanding,
candidates, ranking, rows from the database); the others answer with numbers only.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

from tests.forks import ROOT

from benchmarks._program import Missed
from benchmarks._shelves import CLASSES

MOST_MS, MOST_MS_TYPING, MOST_GROWTH, MOST_MB = 10.0, 5.0, 3.0, 120.0
TYPING = "while typing"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="loket bench search", description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--postgresql", default="", help="a database to measure PostgreSQL in")
    parser.add_argument("--alone", action="store_true", help="without the peers")
    parser.add_argument("--cpu", action="store_true", help="CPU time, on a machine that is busy otherwise")
    arguments = parser.parse_args(words)
    if arguments.cpu:
        os.environ["BENCH_CPU"] = "yes"
    engines = ["loket"] if arguments.alone else ["loket", "fts5"]
    engines += ["postgresql"] if arguments.postgresql else []
    found = {}
    print(
        f"{'items':>9} {'engine':11} {'index s':>8} {'MB':>7} {'memory':>7}  p50 / p95 ms of "
        + ", ".join(CLASSES)
    )
    for items in arguments.items:
        for engine in engines:
            found[engine, items] = row = measure(engine, items, arguments.postgresql)
            times = "  ".join(f"{row[kind][0]:.2f} / {row[kind][1]:.2f}" for kind in CLASSES)
            plain = (
                f"{items:9,} {engine:11} {row['index s']:8.1f} {row['index MB']:7.1f} {row['memory MB']:7.0f}"
            )
            print(f"{plain}  {times}", flush=True)
    return judged(found, arguments.items).report()


def measure(engine: str, items: int, postgresql: str) -> dict:
    home = tempfile.mkdtemp(prefix="loket-bench-")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LOKET_")}
    environment |= {
        "LOKET_HOME": home, "PYTHONPATH": str(ROOT / "src"), "BENCH_POSTGRESQL": postgresql,
        "LOKET_LOG_LEVEL": "WARNING",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._shelves", engine, str(items)],
        env=environment, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    # Where a peer was too slow for all the questions, it says so.
    sys.stderr.write("".join(f"{engine}: {line}\n" for line in done.stderr.splitlines() if "asked" in line))
    return json.loads(done.stdout.splitlines()[-1])


def judged(found: dict, sizes: list[int]) -> Missed:
    missed = Missed()
    for items in sizes:
        row = found["loket", items]
        for kind in CLASSES:
            most = MOST_MS_TYPING if kind == TYPING else MOST_MS
            missed.check(
                row[kind][1] <= most, f"{kind} of {items:,}: p95 {row[kind][1]:.1f} ms, goal {most} ms"
            )
        if items <= 100_000:
            missed.check(
                row["memory MB"] <= MOST_MB, f"{row['memory MB']:.0f} MB more, goal {MOST_MB:.0f} MB"
            )
    if 100_000 in sizes and 1_000_000 in sizes:
        for kind in CLASSES:
            growth = found["loket", 1_000_000][kind][1] / found["loket", 100_000][kind][1]
            missed.check(growth <= MOST_GROWTH, f"{kind} grows {growth:.1f} x, goal {MOST_GROWTH} x")
    return missed
