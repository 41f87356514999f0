"""Searching from the command line."""

import json
from collections.abc import Iterator
from typing import Any

from loket.commands import Refused
from loket.commands.library.saying import office_called
from loket.library.kinds import Meant, UnknownKind, meant_by


def search(arguments) -> None:
    from loket.library import searching
    from loket.library.index import freshness

    freshness.refresh()
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
        print("\n".join(lines(results)))


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
        "pending": results.pending,
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
