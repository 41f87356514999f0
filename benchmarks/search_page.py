"""The search page over HTTP: what a visitor waits for, with so many items in the library.

loket bench search_page [--items 10000] [--clients 1] [--seconds 5] [--peer FOLDER]

`--peer` names the folder of an environment in which requirements/bench.txt is installed; django-helpdesk
then searches ten thousand tickets in the same run. Its search is two requests, a page and the rows in it;
ours is one page. Both are compared by CPU, for what else runs on the machine must not favour either.
"""

import argparse
import itertools
import json
import subprocess
import tempfile
from functools import partial
from pathlib import Path
from urllib.parse import quote

from tests.forks import ROOT

from benchmarks._load import Connection
from benchmarks._program import Missed, Program, say_load
from benchmarks._shelves import CLASSES, QUERIES, questions

MOST_MS = 30.0
LEAST_RATIO = 8.0
TICKETS, ROUNDS = 10_000, 10
TYPING = "while typing"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="loket bench search_page", description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--peer", type=Path, help="environment with django-helpdesk")
    arguments = parser.parse_args(words)
    missed = Missed()
    ours = {}
    say_load()
    with tempfile.TemporaryDirectory(prefix="loket-bench-") as home:
        program = Program(Path(home))
        program.stage_here("library", items=arguments.items)
        program.start()
        try:
            for kind in CLASSES:
                see_once(program, kind)
                cost = program.load(arguments.clients, arguments.seconds, partial(asks, program, kind))
                ours[kind] = cost.cpu
                print(f"{kind:15} {cost.timings}   CPU {cost.cpu:.1f} ms", flush=True)
                middle = cost.timings.share(0.5)
                missed.check(middle <= MOST_MS, f"{kind}: median {middle:.1f} ms, goal {MOST_MS:.0f} ms")
        finally:
            program.stop()
    if arguments.peer:
        compare(ours, peer(arguments.peer), missed)
    return missed.report()


def peer(environment: Path) -> dict[str, dict[str, float]]:
    """What the peer's searches cost, by its own program."""
    with tempfile.TemporaryDirectory(prefix="loket-bench-") as home:
        facts = json.dumps({"home": home, "rounds": ROUNDS, "tickets": TICKETS})
        program = ROOT / "benchmarks" / "peers" / "django_helpdesk.py"
        command = [str(environment / "bin" / "python"), str(program), facts]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def compare(ours: dict[str, float], theirs: dict[str, dict[str, float]], missed: Missed) -> None:
    page = theirs["search page"]["cpu"]
    for kind, name in (("1 word", "search"), ("1 common word", "search common")):
        rows = theirs[name]["cpu"]
        print(
            f"{kind}: ours {ours[kind]:.1f} ms of CPU; django-helpdesk {page:.1f} for the page"
            f" and {rows:.1f} for its rows, {(page + rows) / ours[kind]:.1f} times as much"
        )
        ratio = (page + rows) / ours[kind]
        missed.check(ratio >= LEAST_RATIO, f"{kind}: {ratio:.1f} times as quick as django-helpdesk, goal 8")


def see_once(program: Program, kind: str) -> None:
    """Stems of words are worked out once a process; a counter that opened yesterday knows them."""
    act = asks(program, kind, 0)
    for _ in range(QUERIES):
        act()


def asks(program: Program, kind: str, client: int):
    """Somebody who searches for one thing after the other; while typing, the field's list is fetched."""
    connection = Connection(program.port)
    path = "/3574/cari/saran/" if kind == TYPING else "/3574/cari/"
    asked = itertools.islice(itertools.cycle(questions(kind)), client, None)

    def act() -> None:
        answer = connection.ask("GET", f"{path}?kata={quote(next(asked))}", {})
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")

    return act
