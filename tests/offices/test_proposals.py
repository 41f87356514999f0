"""National days as the library proposes them, checked against the joint decrees."""

from collections import Counter
from datetime import date

import pytest

from loket.offices.proposals import accept, proposal
from loket.rules.calendarparts import ClosedDay, Reason, Year, YearStatus
from tests.rules.calendars import DAYS_2026, calendar


@pytest.mark.parametrize(
    ("year", "national", "leave", "elections"), [(2024, 17, 10, 2), (2025, 17, 11, 0), (2026, 17, 8, 0)]
)
def test_a_decreed_year_has_the_days_of_its_decree(year, national, leave, elections):
    proposed = proposal(year)

    kinds = Counter(closed.kind for closed in proposed.days)
    assert kinds == +Counter(
        {Reason.NATIONAL: national, Reason.JOINT_LEAVE: leave, Reason.ELECTION: elections}
    )
    assert proposed.year.status is YearStatus.DECREED


def test_the_dates_of_2026_are_those_written_out_by_hand():
    proposed = {(closed.day, closed.kind) for closed in proposal(2026).days}

    assert proposed == {(closed.day, closed.kind) for closed in DAYS_2026}


def test_each_day_names_its_decree():
    sources = {closed.day: closed.source for closed in proposal(2025).days}

    assert sources[date(2025, 8, 18)] == "SKB 1017/2/2-2024, diubah SKB 933/1/3-2025"
    assert proposal(2026).year.source == "SKB 1497/2/5-2025"


def test_election_days_stand_on_a_decree_of_their_own():
    elections = [closed for closed in proposal(2024).days if closed.kind is Reason.ELECTION]

    assert [closed.day for closed in elections] == [date(2024, 2, 14), date(2024, 11, 27)]
    assert all("SKB" not in closed.source for closed in elections)


def test_2027_is_an_estimate_with_isra_mikraj_twice():
    proposed = proposal(2027)

    assert proposed.year.status is YearStatus.ESTIMATED
    isra = [closed.day for closed in proposed.days if closed.name.startswith("Isra Mikraj")]
    assert isra == [date(2027, 1, 5), date(2027, 12, 26)]


def test_a_year_without_joint_leave_is_called_missing():
    proposed = proposal(2029)

    assert proposed.year.status is YearStatus.MISSING
    assert {closed.kind for closed in proposed.days} == {Reason.NATIONAL}


def test_accepting_replaces_the_nationwide_days_of_that_year_only():
    own = ClosedDay(date(2026, 10, 23), Reason.LOCAL, "Perbaikan listrik")
    dropped = ClosedDay(date(2026, 7, 1), Reason.NATIONAL, "Dicabut")
    office = calendar(more=(own, dropped))

    accepted = accept(office, proposal(2026))

    assert accepted.closed_day(date(2026, 10, 23)) == own
    assert accepted.closed_day(date(2026, 7, 1)) is None
    assert accepted.closed_day(date(2025, 12, 25)) == office.closed_day(date(2025, 12, 25))
    assert accepted.year(2026) == Year(2026, YearStatus.DECREED, "SKB 1497/2/5-2025")
    assert accepted.year(2027) == office.year(2027)


def test_a_local_closure_gives_way_to_a_national_day_on_the_same_date():
    office = calendar(without=(date(2026, 12, 24),), more=(ClosedDay(date(2026, 12, 24), Reason.LOCAL, "x"),))

    assert accept(office, proposal(2026)).closed_day(date(2026, 12, 24)).kind is Reason.JOINT_LEAVE
