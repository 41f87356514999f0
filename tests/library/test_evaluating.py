"""The measures, worked out by hand."""

from math import log2

import pytest

from loket.library import evaluating
from loket.library.evaluating import Found, Query
from loket.library.kinds import Meant, UnknownKind, meant_by
from tests.cast import an_office
from tests.library.shelf import a_library


def found(rank, *, accepted=("a",), depth=10):
    named = [(f"x{place}", "") for place in range(1, depth + 1)]
    if rank:
        named[rank - 1] = ("a", "")
    return Found(Query("1", "words", Meant(), frozenset(accepted)), named)


def test_measures_of_four_queries():
    measures = evaluating.measures([found(1), found(2), found(7), found(None)])

    assert measures["hit@1"] == 0.25
    assert measures["hit@5"] == 0.5
    assert measures["hit@10"] == 0.75
    assert measures["mrr"] == round((1 + 1 / 2 + 1 / 7) / 4, 4)
    assert measures["ndcg@10"] == round((1 + 1 / log2(3) + 1 / log2(8)) / 4, 4)
    assert measures["empty"] == 0


def test_two_accepted_answers_share_the_gain():
    both = Found(Query("1", "words", Meant(), frozenset("ab")), [("b", ""), ("x", ""), ("", "a")])

    ideal = 1 + 1 / log2(3)
    assert evaluating.measures([both])["ndcg@10"] == round((1 + 1 / log2(4)) / ideal, 4)


def test_nothing_found_is_counted():
    nothing = Found(Query("1", "words", Meant(), frozenset("a")), [])

    assert evaluating.measures([nothing]) == {
        "queries": 1, "hit@1": 0, "hit@5": 0, "hit@10": 0, "mrr": 0, "ndcg@10": 0, "empty": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("", Meant()),
        ("kbli2020", Meant(("classification",), "KBLI 2020")),
        ("KBLI 2020", Meant(("classification",), "KBLI 2020")),
        ("kbji", Meant(("classification",), "KBJI 2014")),
        ("publication", Meant(("publication",))),
    ],
)
def test_words_for_kinds(word, meant):
    assert meant_by(word) == meant


def test_an_unknown_kind_is_refused_with_those_that_there_are():
    with pytest.raises(UnknownKind, match="publication"):
        meant_by("novel")


@pytest.mark.django_db
def test_ours_and_plain_are_asked_the_same(tmp_path):
    file = tmp_path / "queries.csv"
    file.write_text("query_id,query,kind,accepted\n1,warteg,kbli2020,56102 56101\n2,obat,kbli,47721\n")
    office = an_office()
    a_library()

    queries = evaluating.read(file)

    assert [evaluating.by_search(query, office=office).rank for query in queries] == [1, 1]
    assert [evaluating.by_plain()(query).rank for query in queries] == [None, 1]
