"""The board: how soon a thousand of them know, what that costs, and how quickly one is redrawn.

loket bench board [--boards 1000] [--events 60] [--seconds 3]
"""

import argparse
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.forks import ROOT
from tests.served import free_port

from benchmarks._load import Connection
from benchmarks._program import Missed, Program, folder, say_load

CLIENTS = 16
LEAST_SNAPSHOTS, LAST_BOARD_P99, MOST_IDLE, MOST_MEGABYTES = 2500, 250, 0.02, 150
IDLE_SECONDS = 10
BETWEEN_EVENTS = 0.25


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="loket bench board")
    parser.add_argument("--boards", type=int, default=1000)
    parser.add_argument("--events", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=3, help="of the snapshot's measurement")
    options = parser.parse_args(arguments)
    missed = Missed()
    say_load()
    with folder() as home:
        program = Program(home)
        program.start()
        rest = program.megabytes()
        print(f"whole program at rest {rest:.0f} MB")
        missed.check(rest <= MOST_MEGABYTES, f"the program at rest takes {rest:.0f} MB")
        redraw(program, options.seconds, missed)
        tell_everybody(program, options.boards, options.events, missed)
        program.stop()
    return missed.report()


def redraw(program: Program, seconds: float, missed: Missed) -> None:
    """The board's content: unchanged (304), and whole; beside the least that a request costs here."""
    cookie = {"Cookie": f"loket_board={program.facts['devices']['board']}"}
    shown = Connection(program.port).ask("GET", "/3574/layar/isi/", cookie)
    if shown.status != 200:
        raise RuntimeError(f"The board's content answered {shown.status}.")
    known = cookie | {"If-None-Match": shown.header("ETag")}
    asked = {
        "null view": ("/healthz", {}, (200,)),
        # A snapshot that turns a minute old in between is sent whole, once.
        "snapshot, nothing new (304)": ("/3574/layar/isi/", known, (304, 200)),
        "snapshot, whole": ("/3574/layar/isi/", cookie, (200,)),
    }
    costs = {}
    print(f"\nBoard content, {CLIENTS} clients")
    for name, (path, headers, allowed) in asked.items():
        costs[name] = program.load(CLIENTS, seconds, asking(program.port, path, headers, allowed))
        print(f"  {name:<28} {costs[name].timings}   CPU {costs[name].cpu:.3f} ms")
    null, unchanged = list(costs.values())[:2]
    print(f"  ratio: nothing new costs {unchanged.cpu / null.cpu:.1f} x the null view")
    rate = unchanged.timings.rate
    missed.check(rate >= LEAST_SNAPSHOTS, f"{rate:.0f} snapshots a second")


def asking(port: int, path: str, headers: dict, allowed: tuple[int, ...]) -> Callable:
    def act_for(_: int) -> Callable[[], None]:
        connection = Connection(port)

        def act() -> None:
            answer = connection.ask("GET", path, headers)
            if answer.status not in allowed:
                raise RuntimeError(f"{path} answered {answer.status}.")

        return act

    return act_for


def tell_everybody(program: Program, boards: int, events: int, missed: Missed) -> None:
    """From the commit to the last of all boards; the floor passes a line on over bare sockets."""
    print(f"\nFrom the commit to the last of {boards} boards, {events} events")
    floor = floor_times(boards, events)
    print_times("bare sockets", floor)
    database = sqlite3.connect(program.home / "loket.sqlite3", isolation_level=None)
    database.execute("INSERT INTO live_topic (name, version) VALUES ('hall:3574', 1) ON CONFLICT DO NOTHING")

    def commit() -> None:
        database.execute("UPDATE live_topic SET version = version + 1 WHERE name = 'hall:3574'")

    version = database.execute("SELECT version FROM live_topic WHERE name = 'hall:3574'").fetchone()[0]
    path = f"/3574/langsung?topics=hall&version={version}"
    before = program.megabytes()
    with watching(program.port, path, boards) as watcher:
        idle = busy(program, lambda: time.sleep(IDLE_SECONDS)) / IDLE_SECONDS
        each = (program.megabytes() - before) * 1000 / boards
        times: list[float] = []
        spent = busy(program, lambda: times.extend(told(watcher, events, commit)))
    database.close()
    print_times("Loket", times)
    ratio = statistics.median(times) / statistics.median(floor)
    print(f"  ratio {ratio:.1f} x the floor; CPU {spent * 1000 / events:.0f} ms an event")
    print(f"  everybody connected and nothing new: {idle:.1%} of a core, {each:.0f} KB a board")
    p99 = sorted(times)[int(len(times) * 0.99)]
    missed.check(p99 <= LAST_BOARD_P99, f"the last of {boards} boards knows after {p99:.0f} ms (p99)")
    missed.check(idle <= MOST_IDLE, f"{boards} idle boards cost {idle:.1%} of a core")


def floor_times(boards: int, events: int) -> list[float]:
    port = free_port()
    news = start("benchmarks._boards", str(port), "floor")
    try:

        def commit() -> None:
            news.stdin.write("now\n")
            news.stdin.flush()

        with watching(port, "/", boards) as watcher:
            return told(watcher, events, commit)
    finally:
        finish(news)


def told(watcher: subprocess.Popen, events: int, commit: Callable[[], None]) -> list[float]:
    """Milliseconds from each commit until the last board had heard of it."""
    times = []
    for _ in range(events):
        time.sleep(BETWEEN_EVENTS)
        commit()
        done = time.monotonic()
        times.append((float(watcher.stdout.readline().split()[1]) - done) * 1000)
    return times


def busy(program: Program, act: Callable[[], None]) -> float:
    """CPU seconds that the program spends while `act` goes on."""
    before = program.cpu_seconds()
    act()
    return program.cpu_seconds() - before


@contextmanager
def watching(port: int, path: str, boards: int) -> Iterator[subprocess.Popen]:
    watcher = start("benchmarks._boards", str(port), path, str(boards))
    try:
        yield watcher
    finally:
        finish(watcher)


def start(module: str, *words: str) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if process.stdout.readline() != "ready\n":
        raise RuntimeError(f"{module} did not start.")
    return process


def finish(process: subprocess.Popen) -> None:
    process.stdin.close()
    process.stdout.close()
    process.wait(10)


def print_times(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    p99 = ordered[int(len(ordered) * 0.99)]
    print(
        f"  {name:<14} p50 {statistics.median(ordered):6.1f}   p99 {p99:6.1f}   worst {ordered[-1]:6.1f} ms"
    )


if __name__ == "__main__":
    raise SystemExit(main())
