"""The satisfaction index of a survey: elements U1 to Un, answers 1 to 4 (Permenpan-RB 14/2017).

NRR of an element = sum of its answers / how many answered it; index = sum of NRR x weight;
IKM = index x 25, from 25 to 100. Everything is exact until the IKM is rounded, half up, to two
decimals; the letter belongs to the rounded IKM, because the bands of the decree have gaps between them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

LOWEST, HIGHEST = 1, 4
# Fewer respondents than this make no letter: one more answer could change it.
ENOUGH = 10
STEP = Fraction(25)

EXACT = "exact"
# What offices use: one nth, or the ninth as older guides print it.
USUAL_WEIGHTS = (EXACT, "0.111", "0.11")

# The lower ends of the bands, on the IKM rounded to two decimals.
BANDS = (("A", Decimal("88.31")), ("B", Decimal("76.61")), ("C", Decimal("65.00")))


class WeightWrong(Exception):
    """A weight is "exact", or a decimal number above 0 and up to 1; args: what was given."""


class AnswerWrong(Exception):
    """An answer is 1, 2, 3, 4 or missing; args: what was given."""


class Grade(StrEnum):
    """How good the service is in the words of the decree: A sangat baik, B baik, C kurang, D tidak baik."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    TOO_FEW = "belum cukup"


@dataclass(frozen=True)
class Weight:
    """How much each element counts; `rule` is the name that is stored with a report."""

    rule: str = EXACT

    def __post_init__(self) -> None:
        """Refuse with WeightWrong what is no weight."""
        if self.rule != EXACT:
            _decimal(self.rule)

    def of(self, elements: int) -> Fraction:
        """The weight of one of so many elements."""
        return Fraction(1, elements) if self.rule == EXACT else _decimal(self.rule)


def _decimal(rule: str) -> Fraction:
    digits = rule.replace(".", "", 1)
    if not digits.isascii() or not digits.isdecimal() or len(rule) > 20:
        raise WeightWrong(rule)
    value = Fraction(rule if not rule.endswith(".") else rule + "0")
    if not 0 < value <= 1:
        raise WeightWrong(rule)
    return value


@dataclass(frozen=True)
class Element:
    """The answers to one element: their sum, and how many there are."""

    total: int = 0
    answered: int = 0

    @property
    def nrr(self) -> Fraction | None:
        """The mean of its answers; None where nobody answered."""
        return Fraction(self.total, self.answered) if self.answered else None

    def plus(self, answer: int | None) -> "Element":
        """With one answer more. Refuses AnswerWrong."""
        if answer is None:
            return self
        if isinstance(answer, bool) or not LOWEST <= answer <= HIGHEST:
            raise AnswerWrong(answer)
        return Element(self.total + answer, self.answered + 1)


@dataclass(frozen=True)
class Satisfaction:
    """What so many respondents said of the elements, in their order."""

    respondents: int
    elements: tuple[Element, ...]
    weight: Weight = Weight()

    @property
    def index(self) -> Fraction | None:
        """From 1 to 4 with the exact weight; None while an element has no answer at all."""
        means = [element.nrr for element in self.elements]
        if not means or None in means:
            return None
        weight = self.weight.of(len(means))
        return sum((mean * weight for mean in means if mean is not None), Fraction(0))

    @property
    def ikm(self) -> Decimal | None:
        """The index x 25, rounded half up to two decimals."""
        return None if self.index is None else two_decimals(self.index * STEP)

    @property
    def grade(self) -> Grade:
        """The letter; TOO_FEW below ten respondents, or while there is no index."""
        if self.ikm is None or self.respondents < ENOUGH:
            return Grade.TOO_FEW
        return grade_of(self.ikm)

    def missing(self) -> tuple[int, ...]:
        """How many respondents left each element out."""
        return tuple(self.respondents - element.answered for element in self.elements)

    def weakest(self, count: int = 3) -> list[int]:
        """The places (from 0) of the elements with the lowest means, the lowest first."""
        means = [(element.nrr, place) for place, element in enumerate(self.elements)]
        return [place for _, place in sorted((mean, place) for mean, place in means if mean is not None)][
            :count
        ]


def compute(
    rows: Iterable[Sequence[int | None]], *, elements: int, weight: Weight | None = None
) -> Satisfaction:
    """One row a respondent, None where an element was not answered; a row without any answer is nobody's.

    Refuses AnswerWrong, and ValueError for a row of another length.
    """
    found = [Element()] * elements
    respondents = 0
    for row in rows:
        if len(row) != elements:
            raise ValueError(f"a row of {len(row)} answers, expected {elements}")
        respondents += any(answer is not None for answer in row)
        found = [element.plus(answer) for element, answer in zip(found, row, strict=True)]
    return Satisfaction(respondents, tuple(found), weight or Weight())


def grade_of(ikm: Decimal) -> Grade:
    """The letter of an IKM that is rounded to two decimals."""
    return next((Grade(letter) for letter, least in BANDS if ikm >= least), Grade.D)


def two_decimals(value: Fraction) -> Decimal:
    """Rounded half up, as tables on paper are; exact whatever the fraction."""
    hundredths, rest = divmod(value.numerator * 100, value.denominator)
    if rest * 2 >= value.denominator:
        hundredths += 1
    return Decimal(hundredths).scaleb(-2).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def sample_target(population: int) -> int:
    """How many respondents a population needs (Krejcie and Morgan 1970: chi2 3.841, P 0.5, d 0.05)."""
    if population < 1:
        return 0
    spread = Fraction("3.841") / 4
    size = spread * population / (Fraction("0.0025") * (population - 1) + spread)
    return int(size + Fraction(1, 2))
