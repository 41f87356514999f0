"""The hall: taking a number and calling the next, against what the bare database engine can do.

    loket bench hall [--seconds 3] [--rounds 3] [--no-postgresql] [--no-history]

Rounds of the raw engine and of the program alternate; medians are compared. The load client shares the
machine with the program, as everything here.
"""

import argparse
import sqlite3
import statistics
import time
from pathlib import Path

from tests.drills.databases import PostgreSQL

from benchmarks import _raw
from benchmarks._program import Cost, Missed, Officer, Program, Visitor, folder, say_load

CLIENTS = 16
OFFICERS = 8
# On the day that the officer's page shows: a full one, and one that no office has.
SERVED = 300, 2000
# Where the disk keeps fewer blocks a second, an absolute rate says nothing about the program.
FAST_DISK = 5000

MOST_CPU_RATIO, LEAST_RATE_RATIO, LEAST_RATE, MOST_TAIL, LONGEST = 16, 0.20, 800, 5, 1000
LEAST_POSTGRESQL_RATIO = 0.35
CALL_P99, DESK_QUERIES, DESK_MILLISECONDS, MOST_MEGABYTES, FLAT = 60, 8, 25, 150, 1.2


AT_COUNTER = """
SELECT ticket.id FROM visits_ticket AS ticket
JOIN offices_counter AS counter ON counter.id = ticket.counter_id
WHERE counter.number = ? AND ticket.state IN ('called', 'serving')
"""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="loket bench hall")
    parser.add_argument("--seconds", type=float, default=3, help="of each measurement (default 3)")
    parser.add_argument("--rounds", type=int, default=3, help="alternations with the raw engine (default 3)")
    parser.add_argument("--no-postgresql", action="store_true")
    parser.add_argument("--no-history", action="store_true", help="leave out the million past tickets")
    options = parser.parse_args(arguments)
    missed = Missed()
    say_load()
    with folder() as home:
        on_sqlite(home, options, missed)
    if not options.no_postgresql:
        with folder() as home:
            on_postgresql(home, options, missed)
    if not options.no_history:
        with folder() as home:
            with_history(home, options.rounds, missed)
    return missed.report()


def on_sqlite(home: Path, options: argparse.Namespace, missed: Missed) -> None:
    syncs = _raw.syncs_per_second(home)
    print(f"SQLite, durable (FULL); the disk keeps {syncs:,.0f} blocks a second")
    program = Program(home, counters=OFFICERS)
    program.start()
    rest = program.megabytes()
    raw_cpu, raw, ours = [], [], []
    for _ in range(options.rounds):
        raw_cpu.append(_raw.sqlite_cpu(home))
        raw.append(_raw.sqlite_locked(home, CLIENTS, options.seconds))
        ours.append(take_numbers(program, options.seconds))
    cpu, limit = statistics.median(raw_cpu), typical(raw, lambda timings: timings.rate)
    best = typical(ours, lambda cost: cost.timings.rate)
    print(f"  raw engine, {CLIENTS} writers in line  {limit}   CPU {cpu:.3f} ms")
    print_ours(f"number over HTTP, {CLIENTS} clients", best)
    spent = statistics.median(cost.cpu for cost in ours)
    rate = best.timings.rate / limit.rate
    print(f"  ratios: CPU {spent / cpu:.1f} x the raw transaction, rate {rate:.0%} of the raw engine")
    missed.check(spent <= MOST_CPU_RATIO * cpu, f"a number takes {spent / cpu:.1f} x the raw CPU")
    missed.check(rate >= LEAST_RATE_RATIO, f"the rate is {rate:.0%} of the raw engine")
    if syncs >= FAST_DISK:
        missed.check(best.timings.rate >= LEAST_RATE, f"{best.timings.rate:.0f} numbers a second")
    check_tail(best, missed)
    at_the_desk(program, options.seconds, missed)
    # Last, because the worker goes on delivering the mails of this.
    print_ours("number with a mail, 16 clients", take_numbers(program, options.seconds, email=True))
    print(f"  memory at rest {rest:.0f} MB, after the load {program.megabytes():.0f} MB")
    missed.check(rest <= MOST_MEGABYTES, f"the program at rest takes {rest:.0f} MB")
    program.stop()


def on_postgresql(home: Path, options: argparse.Namespace, missed: Missed) -> None:
    server = PostgreSQL()
    try:
        server.empty()
        program = Program(home, server.address)
        program.start()
        raw, ours = [], []
        for _ in range(options.rounds):
            raw.append(_raw.postgresql_counter(server.address, CLIENTS, options.seconds))
            ours.append(take_numbers(program, options.seconds))
        limit, best = (
            typical(raw, lambda timings: timings.rate),
            typical(ours, lambda cost: cost.timings.rate),
        )
        print("\nPostgreSQL, one counter row")
        print(f"  raw engine, {CLIENTS} connections       {limit}")
        print_ours(f"number over HTTP, {CLIENTS} clients", best)
        rate = best.timings.rate / limit.rate
        print(f"  ratio: rate {rate:.0%} of the raw engine")
        missed.check(rate >= LEAST_POSTGRESQL_RATIO, f"PostgreSQL: {rate:.0%} of the raw counter row")
        program.stop()
    finally:
        server.remove()


def with_history(home: Path, rounds: int, missed: Missed) -> None:
    """The same presses in an office with ten thousand past tickets and in one with a million, by turns."""
    programs = {}
    for tickets in (10_000, 1_000_000):
        (home / f"{tickets}").mkdir()
        programs[tickets] = Program(home / f"{tickets}")
        programs[tickets].stage_here("history", tickets=tickets)
    costs = [
        [program.stage_here("cost", presses=200) for program in programs.values()] for _ in range(rounds)
    ]
    print("\nCPU of a press without HTTP, with past tickets")
    for name in ("take", "call"):
        few, many = (statistics.median(each[k][name] for each in costs) for k in (0, 1))
        print(f"  {name}: {few:.2f} ms with 10 thousand, {many:.2f} ms with a million ({many / few:.2f} x)")
        missed.check(many <= FLAT * few, f"{name} grows {many / few:.2f} x with a million past tickets")


def take_numbers(program: Program, seconds: float, *, email: bool = False) -> Cost:
    """16 doors at once; the numbers of earlier rounds stay in line, as on a day that never ends."""
    return program.load(CLIENTS, seconds, lambda _: Visitor(program.port, email=email).take_number)


def at_the_desk(program: Program, seconds: float, missed: Missed) -> None:
    """Officers call, start and finish as fast as they can; then one looks at a hall where 100 wait, once few
    and once many were served.
    """
    calls: list[float] = []

    def act_for(k: int):
        officer = Officer(program.port, program.facts["sessions"][f"Petugas {k + 1}"], k + 1)
        # What the page would tell the browser; pages are measured by themselves below.
        database = sqlite3.connect(program.home / "loket.sqlite3", check_same_thread=False)

        def serve() -> None:
            begun = time.perf_counter()
            officer.press("panggilan")
            calls.append((time.perf_counter() - begun) * 1000)
            ticket = database.execute(AT_COUNTER, [k + 1]).fetchone()[0]
            officer.press("layanan", ticket=ticket)
            officer.press("selesai", ticket=ticket)

        return serve

    program.stage_here("trim", count=2000)
    program.load(OFFICERS, seconds, act_for)
    calls.sort()
    p99 = calls[int(len(calls) * 0.99)]
    p50 = calls[len(calls) // 2]
    print(f"  call next, {OFFICERS} officers: {len(calls)} calls, p50 {p50:.1f}, p99 {p99:.1f} ms")
    missed.check(p99 <= CALL_P99, f"call next p99 {p99:.0f} ms")
    few, many = [look_at_the_desk(program, served, seconds, missed) for served in SERVED]
    grown = many.cpu / few.cpu
    print(f"  officer page, CPU with {SERVED[1]:,} served: {grown:.2f} x that with {SERVED[0]:,}")
    missed.check(grown <= FLAT, f"the officer page grows {grown:.2f} x with those who were served")


def look_at_the_desk(program: Program, served: int, seconds: float, missed: Missed) -> Cost:
    """One officer looks at a hall with 100 waiting, after so many were served today; a note is open."""
    program.stage_here("trim", count=100, served=served)
    session = program.facts["sessions"]["Petugas 1"]
    officer = Officer(program.port, session, 1)
    looked = program.load(1, seconds, lambda _: officer.look)
    asked = program.stage_here("desk_queries", path="/3574/petugas/loket/1/", session=session)["queries"]
    day = f"{served:,} served"
    print_ours(f"officer page, 100 waiting, {day}, {asked} queries", looked)
    missed.check(asked <= DESK_QUERIES, f"the officer page asks {asked} queries with {day}")
    p50 = looked.timings.share(0.5)
    missed.check(p50 <= DESK_MILLISECONDS, f"the officer page takes {p50:.0f} ms with {day}")
    return looked


def print_ours(name: str, cost: Cost) -> None:
    print(f"  {name:<31} {cost.timings}   CPU {cost.cpu:.3f} ms")


def check_tail(cost: Cost, missed: Missed) -> None:
    tail = cost.timings.share(0.99) / cost.timings.share(0.5)
    missed.check(tail <= MOST_TAIL, f"p99 is {tail:.1f} x p50")
    missed.check(cost.timings.worst <= LONGEST, f"a number took {cost.timings.worst:.0f} ms")


def typical(rounds: list, measure) -> object:
    """The round in the middle."""
    return sorted(rounds, key=measure)[len(rounds) // 2]


if __name__ == "__main__":
    raise SystemExit(main())
