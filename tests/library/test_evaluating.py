"""The measures, worked out by hand."""

from math import log2

import pytest

from loket.library import evaluating
from loket.library.evaluating import Found, Query
from loket.library.importing.classifications import FileWrong
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


HEADING = "query_id,query,kind,accepted\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (HEADING + "1,warteg,kbli2020\n", "row 2: 4 columns are expected, 3 are there"),
        (HEADING + "1,warteg,kbli2020,56102\n2,soto, dan sate,kbli2020,56102\n", "row 3: 4 columns"),
        (HEADING + "1,,kbli2020,56102\n", "row 2: a query_id and a query"),
        (HEADING + "1,warteg,novel,56102\n", "row 2: There is no kind"),
        (HEADING + "1,warteg,,56102\n1,soto,,56102\n", "row 3: the query_id 1 is there twice"),
        (HEADING + '1,"warteg,,56102\n', "not a CSV file"),
        (HEADING, "no row"),
        ("", "query_id, query, kind, accepted are missing"),
        ("a,b\n1,2\n", "are missing"),
    ],
)
def test_a_malformed_file_is_refused_with_its_row(tmp_path, content, reason):
    (tmp_path / "queries.csv").write_text(content)

    with pytest.raises(FileWrong, match=reason):
        evaluating.read(tmp_path / "queries.csv")


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "queries.csv").write_bytes(HEADING.encode() + b"1,caf\xe9,,56102\n")

    with pytest.raises(FileWrong, match="UTF-8"):
        evaluating.read(tmp_path / "queries.csv")


def test_queries_off_topic_are_counted_by_themselves(tmp_path):
    (tmp_path / "queries.csv").write_text(HEADING + "1,apa kabar,,-\n2,mars,,\n3,warteg,,56102\n")

    off, nothing, warteg = evaluating.read(tmp_path / "queries.csv")
    answers = [Found(off, []), Found(nothing, [("1", "")], confident=True), Found(warteg, [("56102", "")])]

    assert evaluating.measures(answers)["queries"] == evaluating.measures(answers)["hit@1"] == 1
    assert evaluating.off_topic(answers) == {"queries": 2, "empty": 1, "sure": 1}
