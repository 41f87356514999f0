"""loket bench NAME: the programs in benchmarks/, each against its limit and its peers."""

import argparse
import importlib
import sys
from pathlib import Path

from loket.commands import Refused

# They lie beside the package in the source tree; an installed package has none.
TREE = Path(__file__).parents[3]


def register(verbs):
    parser = verbs.add_parser("bench", help="measure against the limit, from the source tree")
    parser.add_argument("name", help="such as hall; an unknown name lists them all")
    parser.add_argument("options", nargs=argparse.REMAINDER, help="options of that program (try --help)")
    parser.set_defaults(run=run)


def run(arguments):
    known = sorted(path.stem for path in (TREE / "benchmarks").glob("[a-z]*.py"))
    if arguments.name not in known:
        names = ", ".join(known) or "none"
        raise Refused(f"There is no benchmark {arguments.name!r} in {TREE}. Known: {names}.")
    sys.path.insert(0, str(TREE))
    return importlib.import_module(f"benchmarks.{arguments.name}").main(arguments.options)
