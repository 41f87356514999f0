"""Online consultations in figures: each fact on its own day, also when it is set right later."""

import pytest
from django.db.models import F

from loket.consultations.actions import answering, closing, excusing, merging, moving
from loket.consultations.models import Turn
from loket.consultations.queries import overdue
from loket.people.models import Role
from loket.reports import keeping
from loket.reports.figures import online_of
from loket.reports.reading import read
from loket.rules import periods
from tests.cast import an_officer
from tests.consultations.conversation import answer, ask, fresh, instant, probolinggo, reply, turn

pytestmark = pytest.mark.django_db
JANUARY = periods.month(2026, 1)
MARCH = "2026-03-03T09:00"


def online(office, period, at=MARCH):
    return online_of(read([office], [period], at=instant(at)).total(period).tally)


def test_a_question_answered_in_time_is_kept():
    office = probolinggo()
    asked = ask(office, "2026-01-13T10:00")
    answer(asked, "2026-01-14T09:00")

    said = online(office, JANUARY)

    assert (said.asked, said.kept, said.late, said.kept_percent) == (1, 1, 0, 100)


def test_a_late_answer_says_by_how_many_working_days():
    office = probolinggo()
    asked = ask(office, "2026-01-13T10:00")
    answer(asked, "2026-01-27T09:00")

    said = online(office, JANUARY)

    assert (said.kept, said.late, said.late_days.longest) == (0, 1, turn(asked).late_days)
    assert said.late_days.longest > 0


def test_a_clarification_ends_a_turn_and_the_reply_begins_one_that_is_no_new_consultation():
    office = probolinggo()
    asked = ask(office, "2026-01-13T10:00")
    answer(asked, "2026-01-14T09:00", verb=answering.clarify, text="Tahun berapa?")
    reply(asked, "2026-01-14T11:00")
    answer(asked, "2026-01-15T09:00")

    said = online(office, JANUARY)

    assert (said.asked, said.replied, said.kept) == (1, 1, 2)


def test_closing_and_opening_again_are_both_told():
    office = probolinggo()
    asked = ask(office, "2026-01-13T10:00")
    answer(asked, "2026-01-14T09:00")
    thread = fresh(asked)
    closing.close_silent(consultation=thread, at=thread.close_at)
    reply(asked, "2026-01-22T10:00")
    answer(asked, "2026-01-23T09:00")
    closing.close_solved(consultation=fresh(asked), at=instant("2026-01-27T09:00"))

    said = online(office, JANUARY)

    assert (said.closed, said.reopened, said.asked) == ({"no_response": 1, "solved": 1}, 1, 1)


def test_an_excuse_weeks_later_reaches_the_day_of_the_answer():
    office = probolinggo()
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    asked = ask(office, "2026-01-13T10:00")
    answer(asked, "2026-01-27T09:00")
    # A later calendar moved a deadline that had passed already.
    Turn.objects.update(breached_due_at=F("due_at"))
    keeping.bring_up(office=office, at=instant("2026-02-10T09:00"))

    excusing.excuse(turn=turn(asked), reason="Cuti bersama", by=rina, at=instant("2026-02-10T10:00"))

    assert (online(office, JANUARY).late, online(office, JANUARY).excused) == (1, 1)
    keeping.bring_up(office=office, at=instant(MARCH))
    assert (online(office, JANUARY).late, online(office, JANUARY).excused) == (1, 1)


def test_who_asks_online_and_comes_to_the_hall_is_one_person():
    office = probolinggo()
    ask(office, "2026-01-13T10:00")
    ask(office, "2026-01-14T10:00")

    assert read([office], [JANUARY], at=instant(MARCH)).total(JANUARY).persons == 1


def test_days_without_visitors_but_with_questions_are_counted_too():
    office = probolinggo()
    ask(office, "2026-01-13T10:00")

    keeping.bring_up(office=office, at=instant(MARCH))

    assert online(office, JANUARY).asked == 1


def test_who_never_answers_has_not_kept_the_promise():
    office = probolinggo()
    answer(ask(office, "2026-01-13T10:00"), "2026-01-14T09:00")
    silent = ask(office, "2026-01-13T11:00")

    assert overdue([office], at=turn(silent).due_at) == 0
    assert overdue([office], at=instant(MARCH)) == 1

    answer(silent, MARCH)
    assert overdue([office], at=instant(MARCH)) == 0


def test_an_office_still_has_its_figures_after_a_question_moved_on():
    office, elsewhere = probolinggo(), probolinggo(code="9471")
    keeping.bring_up(office=office, at=instant("2026-01-13T08:00"))
    asked = ask(office, "2026-01-13T10:00")

    moving.move(consultation=asked, to=elsewhere, by=an_officer(office), at=instant("2026-01-13T11:00"))

    read([office], [JANUARY], at=instant("2026-01-13T12:00"))
    assert keeping.bring_up(office=office, at=instant("2026-01-14T09:00")) > 0
    assert online(elsewhere, JANUARY).asked + online(office, JANUARY).asked == 1


def closings(*offices) -> list[dict]:
    return [dict(online(office, JANUARY).closed) for office in offices]


def test_a_closing_goes_along_when_the_question_moves_on_later():
    office, elsewhere = probolinggo(), probolinggo(code="9471")
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    asked = ask(office, "2026-01-13T10:00")
    answer(asked, "2026-01-14T09:00")
    closing.close_solved(consultation=fresh(asked), at=instant("2026-01-15T09:00"))
    for each in (office, elsewhere):
        keeping.bring_up(office=each, at=instant("2026-01-20T09:00"))
    assert closings(office, elsewhere) == [{"solved": 1}, {}]

    reply(asked, "2026-01-20T10:00")
    moving.move(consultation=fresh(asked), to=elsewhere, by=rina, at=instant("2026-01-20T11:00"))

    assert closings(office, elsewhere) == [{}, {"solved": 1}]
    for each in (office, elsewhere):
        keeping.bring_up(office=each, at=instant(MARCH))
    assert closings(office, elsewhere) == [{}, {"solved": 1}]


def test_an_excuse_by_the_office_it_moved_to_reaches_the_office_whose_turn_it_was():
    office, elsewhere = probolinggo(), probolinggo(code="9471")
    rina = an_officer(elsewhere, "Rina", Role.SUPERVISOR)
    asked = ask(office, "2026-01-13T10:00")
    moving.move(consultation=asked, to=elsewhere, by=an_officer(office), at=instant("2026-01-13T11:00"))
    answer(asked, "2026-01-27T09:00", by=rina)
    Turn.objects.update(breached_due_at=F("due_at"))
    keeping.bring_up(office=office, at=instant("2026-02-10T09:00"))

    excusing.excuse(turn=turn(asked), reason="Cuti bersama", by=rina, at=instant("2026-02-10T10:00"))

    assert online(office, JANUARY).excused == 1
    keeping.bring_up(office=office, at=instant(MARCH))
    assert (online(office, JANUARY).excused, online(elsewhere, JANUARY).excused) == (1, 0)


def test_merging_takes_the_later_question_from_its_day():
    office = probolinggo()
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    first, second = ask(office, "2026-01-13T10:00"), ask(office, "2026-01-14T10:00")
    keeping.bring_up(office=office, at=instant("2026-01-15T09:00"))
    wednesday = periods.parse("2026-01-14")
    assert online(office, wednesday).asked == 1

    merging.merge(consultation=first, into=second, by=rina, at=instant("2026-01-15T10:00"))

    assert (online(office, wednesday).asked, online(office, JANUARY).asked) == (0, 2)
    keeping.bring_up(office=office, at=instant(MARCH))
    assert (online(office, wednesday).asked, online(office, JANUARY).asked) == (0, 2)
