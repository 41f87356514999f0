"""Searches, ratings of consultations and complaints in figures, each by its own day."""

from datetime import timedelta

import pytest

from loket.feedback.actions import complaint_moves, complaints
from loket.feedback.models import Complaint, Rating
from loket.library.models import SearchLog
from loket.people.models import Role
from loket.reports import keeping
from loket.reports.figures import complaints_of, ratings_of, searches_of
from loket.reports.reading import read
from loket.rules import periods
from tests.cast import an_officer
from tests.consultations.conversation import ask, instant, probolinggo

pytestmark = pytest.mark.django_db
JANUARY = periods.month(2026, 1)
MARCH = instant("2026-03-03T09:00")
NOON = instant("2026-01-14T12:00")


def january(office):
    return read([office], [JANUARY], at=MARCH).total(JANUARY).tally


def searched(office, **what):
    given = {"results": 3, "place": "portal", "at": NOON, "words": "inflasi"} | what
    return SearchLog.objects.create(office=office, **given)


def complained(office, number=1, **what):
    given = {
        "received_at": NOON,
        "entered_at": NOON + timedelta(days=3),
        "respond_due": NOON + timedelta(days=14),
        "decide_due": NOON + timedelta(days=60),
    } | what
    return Complaint.objects.create(
        office=office, year=2026, number=number, code=f"P{number}", secret_digest="x", door="box",
        subject="Lama", text="Lama sekali", entered_by="staff:1", **given,
    )  # fmt: skip


def test_a_search_is_counted_by_what_became_of_it():
    office = probolinggo()
    searched(office, asked=True)
    searched(office, results=0)
    searched(office)
    searched(office, place="desk")

    assert searches_of(january(office)).became == {"asked": 1, "nothing": 1, "left": 1}


def test_the_rating_of_a_consultation_counts_on_its_own_day():
    office = probolinggo()
    asked = ask(office, "2026-01-13T10:00")
    Rating.objects.create(office=office, consultation=asked, closing=1, score=4, channel="portal", at=NOON)

    assert ratings_of(january(office)).scores == {4: 1}


def test_a_complaint_on_paper_counts_on_the_day_it_was_received():
    office = probolinggo()
    complained(office, received_at=instant("2025-12-31T12:00"))
    complained(office, number=2, decided_at=NOON + timedelta(days=4))
    complained(office, number=3, decide_due=NOON + timedelta(days=1), decided_at=NOON + timedelta(days=4))

    said = complaints_of(january(office))

    assert (said.received, said.in_time, said.late) == (2, 1, 1)


def test_a_paper_older_than_the_first_visit_is_counted_by_the_job_too():
    office = probolinggo()
    complained(office)

    keeping.bring_up(office=office, at=MARCH)

    assert complaints_of(january(office)).received == 1


def test_a_decision_that_is_objected_to_leaves_the_day_it_was_counted_on():
    office = probolinggo()
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    complaint = complained(office, entered_at=NOON)
    signed = {"by": rina, "at": NOON + timedelta(days=1)}
    complaint_moves.verify(complaint=complaint, category="", handler=rina, **signed)
    for move, more in ((complaint_moves.start, {}), (complaint_moves.resolve, {"text": "Selesai"})):
        complaint.refresh_from_db()
        move(complaint=complaint, **signed, **more)
    keeping.bring_up(office=office, at=NOON + timedelta(days=3))
    assert complaints_of(january(office)).in_time == 1

    later = NOON + timedelta(days=3)
    complaints.object_to(complaint=complaint, text="Tidak", key="a", at=later)
    complaint.refresh_from_db()
    complaint_moves.resume(complaint=complaint, by=rina, at=later)

    assert complaints_of(january(office)).in_time == 0
    keeping.bring_up(office=office, at=MARCH)
    assert complaints_of(january(office)).in_time == 0


def test_what_happened_is_kept_with_the_day():
    office = probolinggo()
    ask(office, "2026-01-13T10:00")
    searched(office)
    complained(office)
    before = january(office)

    keeping.bring_up(office=office, at=MARCH)

    assert january(office) == before
