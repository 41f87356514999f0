"""loket library import | harvest | search | evaluate | reindex: what people find before they ask."""

import argparse
import sys
from pathlib import Path

from loket.commands.library.evaluating import evaluate
from loket.commands.library.harvesting import harvest
from loket.commands.library.importing import SOURCES, import_file
from loket.commands.library.saying import bar
from loket.commands.library.searching import search
from loket.library.harvesting.readers import MODELS


def register(verbs):
    nouns = verbs.add_parser("library", help="what search finds").add_subparsers(
        required=True, metavar="VERB"
    )
    parser = nouns.add_parser("import", help="take over a classification or a list")
    parser.add_argument("source", choices=SOURCES, metavar="KIND", help=", ".join(SOURCES))
    parser.add_argument("file", type=Path)
    parser.add_argument("--office", default="", help="csv: the office whose list it is; national when absent")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.set_defaults(run=import_file)

    parser = nouns.add_parser("harvest", help="take over an office's catalogue from the WebAPI")
    parser.add_argument("office", help="code of the office")
    parser.add_argument("--domain", default="", help="domain of the WebAPI; the office's code when absent")
    parser.add_argument("--model", action="append", choices=MODELS, help="one list only; may be repeated")
    parser.add_argument("--language", choices=("id", "en"), default="id")
    parser.add_argument("--all", action="store_true", help="go through all pages, also known ones")
    parser.add_argument("--pause", type=float, default=0.3, help="seconds between two questions")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.set_defaults(run=harvest)

    parser = nouns.add_parser("search", help="search as a visitor of an office would")
    parser.add_argument("office", help="code of the office")
    parser.add_argument("words")
    parser.add_argument("--kind", default="", help="a kind, or an edition such as kbli2020")
    parser.add_argument("--limit", type=number, default=10)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.set_defaults(run=search)

    parser = nouns.add_parser(
        "evaluate",
        help="how well the search finds, by queries with known answers",
        description="Counts at which rank the first accepted answer of each query stands. A query with an"
        " empty accepted, or with -, is off topic: it is left out of the measures and counted by itself,"
        " as it should find nothing that the search is sure of. A malformed file is refused with its row.",
    )
    parser.add_argument("file", type=Path, help="CSV with the columns query_id, query, kind, accepted")
    parser.add_argument("--office", default="", help="the office that searches; the first when absent")
    parser.add_argument("--json", action="store_true", help="one JSON document with the rank of each query")
    parser.set_defaults(run=evaluate)

    parser = nouns.add_parser("reindex", help="make the search index anew, while people search")
    parser.set_defaults(run=reindex)


def number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 500:
        raise argparse.ArgumentTypeError("write a whole number from 1 to 500")
    return int(text)


def reindex(arguments) -> None:
    from loket.library.index import freshness

    count = freshness.reindex(progress=lambda items, total: bar(items, total, "items"))
    print(f"{count} items.", file=sys.stderr)
