"""loket library import | search | reindex: what people find before they ask."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from django.utils import timezone

from loket.commands import Refused
from loket.library.kinds import Meant, UnknownKind, meant_by
from loket.offices.models import Office

T = TypeVar("T")
SOURCES = ("kbli2020", "kbli2025", "kbji2014", "csv")
# Refused rows that are told one by one; the rest is counted.
TOLD = 10


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

    parser = nouns.add_parser("search", help="search as a visitor of an office would")
    parser.add_argument("office", help="code of the office")
    parser.add_argument("words")
    parser.add_argument("--kind", default="", help="a kind, or an edition such as kbli2020")
    parser.add_argument("--limit", type=number, default=10)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.set_defaults(run=search)

    parser = nouns.add_parser("evaluate", help="how well the search finds, by queries with known answers")
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


def office_called(code: str) -> Office:
    office = Office.objects.select_related("parent").filter(code=code).first()  # the code is unique
    if office is None:
        raise Refused(f'There is no office "{code}"; `loket office list` shows the codes.')
    return office


def bar(rows: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The rows, with a progress bar for a person and none in a pipe."""
    from tqdm import tqdm

    return iter(tqdm(rows, total=total, desc=what, unit="", disable=not sys.stderr.isatty(), file=sys.stderr))


# ----- import


def import_file(arguments) -> None:
    from loket.library.actions import storing
    from loket.library.importing.classifications import FileWrong
    from loket.library.index import freshness

    office = office_called(arguments.office) if arguments.office else None
    if office and arguments.source != "csv":
        raise Refused("A classification belongs to all offices; leave out --office.")
    source = f"csv:{office.code}" if office else arguments.source
    try:
        total, rows = entries_of(arguments.source, arguments.file, office)
        outcome = storing.store(
            source=source,
            rows=bar(rows, total, "items"),
            by="loket",
            at=timezone.now(),
            chain=office.code if office else storing.NATIONAL,
        )
    except OSError as error:
        raise Refused(f"{arguments.file}: {error.strerror}.") from None
    except FileWrong as wrong:
        raise Refused(f"{arguments.file}: {wrong}. Nothing was taken over.") from None
    freshness.refresh()
    tell(outcome, arguments.json)


def entries_of(source: str, path: Path, office: Office | None) -> tuple[int, Iterable[Any]]:
    from loket.library.importing import classifications, lists

    if source == "csv":
        return lists.read(path, office=office)
    reader = classifications.read_csv if path.suffix.lower() == ".csv" else classifications.read_json
    return reader(path, source=source)


def tell(outcome, as_json: bool) -> None:
    if as_json:
        refused = [vars(each) for each in outcome.refused]
        print(json.dumps({**vars(outcome), "refused": refused}, ensure_ascii=False, indent=2))
        return
    for each in outcome.refused[:TOLD]:
        print(f"row {each.row}: {each.reason}", file=sys.stderr)
    if len(outcome.refused) > TOLD:
        print(f"and {len(outcome.refused) - TOLD} more rows refused", file=sys.stderr)
    print(
        f"{outcome.added} added, {outcome.changed} changed, {outcome.unchanged} unchanged,"
        f" {len(outcome.refused)} refused.",
        file=sys.stderr,
    )


# ----- search


def search(arguments) -> None:
    from loket.library import searching

    kinds, version = kinds_of(arguments.kind)
    results = searching.search(
        office=office_called(arguments.office),
        words=arguments.words,
        kinds=kinds,
        version=version,
        limit=arguments.limit,
    )
    if arguments.json:
        print(json.dumps(document(arguments.words, results), ensure_ascii=False, indent=2))
    else:
        print("\n".join(chain(lines(results))))


def kinds_of(word: str) -> Meant:
    try:
        return meant_by(word)
    except UnknownKind as unknown:
        raise Refused(str(unknown)) from None


def document(words: str, results) -> dict[str, Any]:
    hits = [
        {
            "rank": rank, "item": hit.item_id, "key": hit.key, "kind": hit.kind, "code": hit.code,
            "version": hit.version, "title": hit.title, "area": hit.area, "years": hit.years,
            "office": hit.office_code, "address": hit.address, "score": hit.score, "why": hit.why,
        }
        for rank, hit in enumerate(results.hits, start=1)
    ]  # fmt: skip
    return {
        "words": words,
        "total": results.total,
        "confident": results.confident,
        "suggestion": results.suggestion,
        "notice": results.notice.text if results.notice else "",
        "counts": results.counts,
        "hits": hits,
    }


def lines(results) -> Iterator[str]:
    if results.suggestion:
        yield f"? {results.suggestion}"
    if results.notice:
        yield results.notice.text
    if not results.hits:
        yield "Nothing found."
    for rank, hit in enumerate(results.hits, start=1):
        name = f"{hit.version} {hit.code}".strip() or hit.kind
        yield f"{rank:3} {hit.score:.3f} {name}: {hit.title}" + (f"  [{hit.why}]" if hit.why else "")


def reindex(arguments) -> None:
    from loket.library.index import freshness

    count = freshness.reindex(progress=lambda items, total: bar(items, total, "items"))
    print(f"{count} items.", file=sys.stderr)


# ----- evaluate


def evaluate(arguments) -> None:
    from loket.library import evaluating
    from loket.library.importing.classifications import FileWrong

    try:
        queries = evaluating.read(arguments.file)
    except OSError as error:
        raise Refused(f"{arguments.file}: {error.strerror}.") from None
    except (FileWrong, UnicodeDecodeError, UnknownKind) as wrong:
        raise Refused(f"{arguments.file}: {wrong}") from None
    office = office_called(arguments.office) if arguments.office else first_office()
    ours = [evaluating.by_search(query, office=office) for query in bar(queries, len(queries), "queries")]
    plain = list(map(evaluating.by_plain(), bar(queries, len(queries), "BM25")))
    answer = {
        "office": office.code,
        "loket": evaluating.measures(ours),
        "bm25": evaluating.measures(plain),
        "ranks": [
            {
                "query_id": each.query.query_id, "query": each.query.words, "rank": each.rank,
                "bm25_rank": other.rank, "confident": each.confident,
                "first": next((code or key for code, key in each.named), None),
            }
            for each, other in zip(ours, plain, strict=True)
        ],
    }  # fmt: skip
    print(json.dumps(answer, ensure_ascii=False, indent=2) if arguments.json else table(answer))


def first_office() -> Office:
    office = Office.objects.filter(serves=True).select_related("parent").order_by("code").first()
    if office is None:
        raise Refused("There is no office yet; load one with `loket office load`.")
    return office


def table(answer) -> str:
    rows = [f"{'':10}{'Loket':>10}{'BM25':>10}"]
    rows += [f"{name:10}{value:>10}{answer['bm25'][name]:>10}" for name, value in answer["loket"].items()]
    rows += [
        f"{each['rank'] or '-':>4} {each['query_id']}: {each['query']} (first: {each['first']})"
        for each in answer["ranks"]
        if each["rank"] is None or each["rank"] > 5
    ]
    return "\n".join(rows)
