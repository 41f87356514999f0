import pytest

from loket.visits import estimating
from loket.visits.estimating import line_of
from tests.cast import MORNING, an_office, sari_at_counter, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_are_foreseen(monkeypatch):
    monkeypatch.setattr(estimating, "FORESEEN", 3)


def test_in_a_very_long_line_only_the_first_are_told_minutes(three_are_foreseen):
    office = an_office()
    sari_at_counter(office)
    tickets = [take(office) for _ in range(5)]

    line = line_of(tickets[0].service, at=MORNING)

    told = [line.range_of(ticket) is not None for ticket in tickets]
    assert told == [True, True, True, True, False]
    assert line.joining is None
    assert line.place(tickets[4]) == 4


def test_whoever_joins_a_line_that_is_foreseen_is_told_minutes(three_are_foreseen):
    office = an_office()
    sari_at_counter(office)
    tickets = [take(office) for _ in range(3)]

    line = line_of(tickets[0].service, at=MORNING)

    assert line.joining == line.ranges[3].rounded()


def test_a_line_too_long_to_be_played_through_is_estimated_from_its_length(three_are_foreseen, monkeypatch):
    office = an_office(counters=1)
    sari_at_counter(office)
    tickets = [take(office) for _ in range(4)]
    service = tickets[0].service
    service.usual_minutes = 30

    assert estimating.expected_end(service, at=MORNING) == (4 + 2) * 30
