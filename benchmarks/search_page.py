"""The search page over HTTP: what a visitor waits for, with so many items in the library.

loket bench search_page [--items 10000] [--clients 1] [--seconds 5]
"""

import argparse
import itertools
import tempfile
from functools import partial
from pathlib import Path
from urllib.parse import quote

from benchmarks._load import Connection
from benchmarks._program import Missed, Program, say_load
from benchmarks._shelves import CLASSES, QUERIES, questions

MOST_MS = 30.0
TYPING = "while typing"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="loket bench search_page", description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5.0)
    arguments = parser.parse_args(words)
    missed = Missed()
    say_load()
    with tempfile.TemporaryDirectory(prefix="loket-bench-") as home:
        program = Program(Path(home))
        program.stage_here("library", items=arguments.items)
        program.start()
        try:
            for kind in CLASSES:
                see_once(program, kind)
                cost = program.load(arguments.clients, arguments.seconds, partial(asks, program, kind))
                print(f"{kind:15} {cost.timings}   CPU {cost.cpu:.1f} ms", flush=True)
                middle = cost.timings.share(0.5)
                missed.check(middle <= MOST_MS, f"{kind}: median {middle:.1f} ms, goal {MOST_MS:.0f} ms")
        finally:
            program.stop()
    return missed.report()


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
