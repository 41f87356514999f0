"""Measuring the search."""

import json

from loket.commands import Refused
from loket.commands.library.saying import bar, office_called
from loket.offices.models import Office


def evaluate(arguments) -> None:
    from loket.library import evaluating
    from loket.library.importing.classifications import FileWrong
    from loket.library.index import freshness

    try:
        queries = evaluating.read(arguments.file)
    except OSError as error:
        raise Refused(f"{arguments.file}: {error.strerror}.") from None
    except FileWrong as wrong:
        raise Refused(f"{arguments.file}: {wrong}.") from None
    office = office_called(arguments.office) if arguments.office else first_office()
    freshness.refresh()
    ours = [evaluating.by_search(query, office=office) for query in bar(queries, len(queries), "queries")]
    plain = list(map(evaluating.by_plain(), bar(queries, len(queries), "BM25")))
    answer = {
        "office": office.code,
        "loket": evaluating.measures(ours),
        "bm25": evaluating.measures(plain),
        "off_topic": evaluating.off_topic(ours),
        "ranks": [
            {
                "query_id": each.query.query_id, "query": each.query.words, "rank": each.rank,
                "bm25_rank": other.rank, "confident": each.confident,
                "wants_nothing": each.query.wants_nothing,
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
        if not each["wants_nothing"] and (each["rank"] is None or each["rank"] > 5)
    ]
    if answer["off_topic"]["queries"]:
        rows.append(
            "Should find nothing: {queries}; found nothing: {empty}; called sure: {sure}".format(
                **answer["off_topic"]
            )
        )
        rows += [
            f"sure {each['query_id']}: {each['query']} (first: {each['first']})"
            for each in answer["ranks"]
            if each["wants_nothing"] and each["confident"]
        ]
    return "\n".join(rows)
