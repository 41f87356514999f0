"""The satisfaction index, against published tables and against plain fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.rules.satisfaction import (
    AnswerWrong,
    Element,
    Grade,
    Satisfaction,
    Weight,
    WeightWrong,
    compute,
    grade_of,
    sample_target,
    two_decimals,
)


def of_sums(sums: list[int], respondents: int, weight: str) -> Satisfaction:
    """A published table that gives the sum of each column."""
    elements = tuple(Element(total, respondents) for total in sums)
    return Satisfaction(respondents, elements, Weight(weight))


@pytest.mark.parametrize(
    ("sums", "respondents", "weight", "index", "ikm"),
    [
        ([74, 76, 60], 20, "0.33", "3.47", "86.63"),
        ([74, 72], 20, "0.50", "3.65", "91.25"),
        ([4] * 9, 1, "exact", "4.00", "100.00"),
        ([4] * 9, 1, "0.111", "4.00", "99.90"),
        ([4] * 9, 1, "0.11", "3.96", "99.00"),
        ([3] * 14, 1, "0.071", "2.98", "74.55"),
    ],
)
def test_published_tables_come_out_to_two_decimals(sums, respondents, weight, index, ikm):
    found = of_sums(sums, respondents, weight)

    assert (str(two_decimals(found.index)), str(found.ikm)) == (index, ikm)


def test_a_missing_answer_does_not_count_in_its_element():
    found = compute([(4, None), (2, 3), (None, None)], elements=2)

    assert (found.respondents, found.elements) == (2, (Element(6, 2), Element(3, 1)))
    assert found.missing() == (0, 1)
    assert found.index == Fraction(3)


def test_without_any_answer_to_an_element_there_is_no_index():
    found = compute([(4, None)] * 12, elements=2)

    assert (found.index, found.ikm, found.grade) == (None, None, Grade.TOO_FEW)


@pytest.mark.parametrize(
    ("ikm", "grade"),
    [
        ("100.00", "A"),
        ("88.31", "A"),
        ("88.30", "B"),
        ("76.61", "B"),
        ("76.60", "C"),
        ("65.00", "C"),
        ("64.99", "D"),
        ("25.00", "D"),
        ("17.75", "D"),
    ],
)
def test_the_letter_belongs_to_the_rounded_figure(ikm, grade):
    assert grade_of(Decimal(ikm)) == grade


def test_between_two_bands_rounding_comes_first():
    # 76.605 lies in no band of the decree; rounded it is 76.61 and good.
    found = Satisfaction(1000, (Element(30642, 10000),), Weight("exact"))

    assert (found.index * 25, found.ikm, found.grade) == (Fraction("76.605"), Decimal("76.61"), Grade.B)


def test_nine_respondents_are_too_few_for_a_letter_and_ten_are_enough():
    assert compute([(4,)] * 9, elements=1).grade == "belum cukup"
    assert compute([(4,)] * 10, elements=1).grade == "A"


@pytest.mark.parametrize("answer", [0, 5, -1, True])
def test_an_answer_off_the_scale_is_refused(answer):
    with pytest.raises(AnswerWrong):
        compute([(answer,)], elements=1)


@pytest.mark.parametrize("rule", ["", "0", "0.0", "1.01", "-0.1", "1/9", "1e-1", "nan", "0,111", "٠.1", "."])
def test_what_is_no_weight_is_refused(rule):
    with pytest.raises(WeightWrong):
        Weight(rule)


def test_the_three_weakest_come_lowest_first():
    found = of_sums([30, 20, 40, 20, 35], 10, "exact")

    assert found.weakest() == [1, 3, 0]


# Krejcie and Morgan (1970), table 1.
@pytest.mark.parametrize(
    ("population", "sample"),
    [(10, 10), (15, 14), (50, 44), (100, 80), (500, 217), (983, 276), (1000, 278), (10_000, 370), (0, 0)],
)
def test_the_sample_target_is_krejcie_and_morgans(population, sample):
    assert sample_target(population) == sample


answers = st.one_of(st.none(), st.integers(1, 4))
tables = st.integers(1, 14).flatmap(
    lambda width: st.lists(st.lists(answers, min_size=width, max_size=width), min_size=1, max_size=40)
)


@given(rows=tables, rule=st.sampled_from(["exact", "0.111", "0.11", "0.071", "1"]))
def test_it_equals_the_plain_reckoning(rows, rule):
    found = compute(rows, elements=len(rows[0]), weight=Weight(rule))

    assert found.ikm == plainly(rows, rule)


def plainly(rows: list, rule: str) -> Decimal | None:
    """The decree's formula with fractions and nothing else."""
    columns = [[answer for answer in column if answer is not None] for column in zip(*rows, strict=True)]
    if not all(columns):
        return None
    weight = Fraction(1, len(columns)) if rule == "exact" else Fraction(rule)
    ikm = sum(Fraction(sum(column), len(column)) for column in columns) * weight * 25
    return Decimal(int(ikm * 100 + Fraction(1, 2))) / 100
