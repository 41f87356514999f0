"""The satisfaction survey: answers once, reports that stay, figures under each weight rule."""

from datetime import date, timedelta

import pytest

from loket.base.models import Event
from loket.base.replay import KeyReused
from loket.consultations.actions import closing
from loket.feedback.actions import surveys
from loket.feedback.models import Period, Response
from loket.feedback.results import from_dict, results_of, trend_of
from loket.jobs import inviting
from loket.outbox.models import Mail
from loket.people.models import Consent
from loket.rules.satisfaction import WeightWrong
from loket.visits.actions import calling
from tests.cast import MORNING, a_survey, an_office, answer_survey, sari_at_counter, take
from tests.consultations.conversation import answer, ask, fresh, probolinggo

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def an_empty_survey(**choices) -> Period:
    return surveys.open_period(
        office=an_office(), title="Semester I", first=date(2026, 1, 1), last=date(2026, 6, 30),
        by="staff:1", at=MORNING, **choices,
    )  # fmt: skip


def test_an_answer_is_kept_with_its_number_and_without_a_name():
    period = an_empty_survey()

    first, second = answer_survey(period), answer_survey(period, time=None, sex="female")

    assert (first.number, second.number, second.time, second.sex) == (1, 2, None, "female")
    assert Event.objects.latest("seq").data == {"number": 2, "channel": "link", "answered": 8}


def test_pressing_twice_is_answering_once():
    period = an_empty_survey()

    answer_survey(period, key="one")
    answer_survey(period, key="one")
    with pytest.raises(KeyReused):
        answer_survey(period, key="one", time=1)

    assert Response.objects.count() == 1


def test_nothing_answered_is_no_answer():
    nothing = surveys.Answers({}, suggestion="Baik sekali")

    with pytest.raises(surveys.NothingAnswered):
        surveys.answer(period=an_empty_survey(), answers=nothing, channel="link", key="1", at=MORNING)


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 7, 1)])
def test_answers_are_taken_within_the_days_of_the_office(day):
    period = an_empty_survey()
    at = MORNING.replace(year=day.year, month=day.month, day=day.day)

    with pytest.raises(surveys.NotOpen):
        answer_survey(period, at=at)


def test_the_last_evening_still_counts_on_the_offices_clock():
    period = an_empty_survey()

    # 23.30 in Probolinggo is 16.30 in Greenwich on the same day; half an hour later it is over.
    assert answer_survey(period, at=MORNING.replace(month=6, day=30, hour=23, minute=30))
    with pytest.raises(surveys.NotOpen):
        answer_survey(period, at=MORNING.replace(month=7, day=1, hour=0, minute=1))


def test_a_paper_form_has_its_own_day_but_none_to_come():
    period = an_empty_survey()
    paper = {"period": period, "answers": surveys.Answers({"time": 3}), "by": "staff:1", "at": MORNING}

    kept = surveys.enter_paper(answered_on=date(2026, 1, 5), key="1", **paper)
    with pytest.raises(surveys.NotYet):
        surveys.enter_paper(answered_on=MORNING.date() + timedelta(days=1), key="2", **paper)
    with pytest.raises(surveys.NotYet):
        surveys.enter_paper(answered_on=date(2025, 12, 31), key="3", **paper)

    assert (kept.channel, kept.answered_on, kept.by) == ("paper", date(2026, 1, 5), "staff:1")


@pytest.mark.parametrize(("weight", "ikm"), [("exact", "100.00"), ("0.111", "99.90"), ("0.11", "99.00")])
def test_the_weight_rule_is_stored_with_the_figures(weight, ikm):
    period = an_empty_survey(weight=weight)
    for _ in range(10):
        answer_survey(period)

    found = results_of(period)

    assert (found.weight, found.ikm, found.grade) == (weight, ikm, "A")


def test_a_rule_that_is_no_weight_is_refused():
    with pytest.raises(WeightWrong):
        an_empty_survey(weight="1/9")


def test_days_out_of_order_are_refused():
    with pytest.raises(surveys.DaysOutOfOrder):
        surveys.change_period(period=an_empty_survey(), last=date(2025, 1, 1), by="staff:1", at=MORNING)


def test_missing_answers_weakest_elements_and_small_groups_are_told():
    period = an_empty_survey(population=983)
    for number in range(12):
        answer_survey(
            period, time=2, complaints=None if number < 3 else 3, cost=1, sex="male" if number else "female"
        )

    found = results_of(period)

    assert [each.missing for each in found.elements] == [0] * 8 + [3]
    assert found.weakest == ["cost", "time", "complaints"]
    assert (found.target, found.respondents) == (276, 12)
    by_sex = {each.code: each for each in found.groups if each.by == "sex"}
    assert (by_sex["female"].respondents, by_sex["female"].ikm) == (1, None)
    assert by_sex["male"].ikm == found.ikm


def test_an_element_is_known_by_its_key_when_the_office_numbers_it_otherwise():
    period = an_empty_survey()
    swapped = [*period.questions[:7], period.questions[8], period.questions[7]]
    answer_survey(period, complaints=1)

    surveys.change_period(period=period, questions=swapped, by="staff:1", at=MORNING)

    assert [(each.number, each.key, each.nrr) for each in results_of(period).elements][7:] == [
        ("U8", "complaints", "1.00"),
        ("U9", "facilities", "4.00"),
    ]


def test_a_report_keeps_its_figures_and_its_rule():
    period = a_survey(an_office(), weight="0.111")
    report = surveys.make_report(period=period, by="staff:1", at=MORNING)

    answer_survey(period, time=1)
    surveys.change_period(period=period, weight="exact", by="staff:1", at=MORNING)

    report.refresh_from_db()
    kept = from_dict(report.figures)
    assert (kept.respondents, kept.weight, kept.ikm) == (1, "0.111", "99.90")
    assert kept.trend == [["Semester I", "1", "99.90", "belum cukup"]]
    assert results_of(period).respondents == 2


def test_a_marked_response_stays_and_counts():
    period = a_survey(an_office())
    response = Response.objects.get()

    for _ in range(2):
        surveys.mark(response=response, reason="Dua kali dari tablet", by="staff:1", at=MORNING)

    found = results_of(period)
    assert (found.respondents, found.marked, found.ikm) == (1, 1, "100.00")
    assert Event.objects.filter(kind="survey.mark").count() == 1


def test_a_plan_is_kept_once_an_element_and_can_be_written_anew():
    period = a_survey(an_office())

    for text in ("Tambah kursi", "Tambah loket"):
        surveys.plan(
            period=period, key="facilities", text=text, due=None, responsible="Kepala", by="staff:1",
            at=MORNING,
        )  # fmt: skip

    assert period.follow_ups.get().plan == "Tambah loket"


def test_the_trend_is_of_the_same_service_in_two_queries(django_assert_num_queries):
    office = an_office()
    before = surveys.open_period(
        office=office, title="2025", first=date(2025, 1, 1), last=date(2025, 12, 31), by="staff:1",
        at=MORNING,
    )  # fmt: skip
    period = a_survey(office)
    a_survey(office, service=office.services.get())

    with django_assert_num_queries(1):
        trend = trend_of(period)

    assert [(point.period, point.respondents) for point in trend] == [(before, 0), (period, 1)]


# ----- invitations


def a_served_visit(office, *, consents=True):
    session = sari_at_counter(office)
    ticket = take(office)
    calling.call_next(session=session, at=MORNING)
    calling.start(session=session, at=MORNING)
    ticket = calling.finish(session=session, at=MORNING)
    if consents:
        Consent.objects.create(
            visitor=ticket.visit.visitor, purpose="survey", notice_version="1", language="id",
            channel="kiosk", at=MORNING,
        )  # fmt: skip
    return ticket


def test_who_agreed_is_asked_once_after_two_hours():
    office = an_office()
    period = a_survey(office, invites=True)
    ticket = a_served_visit(office)
    assert inviting.due(MORNING + HOUR) == []

    due = inviting.due(MORNING + 2 * HOUR)
    inviting.invite(due[0], MORNING + 2 * HOUR)
    inviting.invite(due[0], MORNING + 2 * HOUR)

    mail = Mail.objects.get(kind="survey.invitation")
    assert (due, inviting.due(MORNING + 3 * HOUR)) == ([ticket], [])
    assert period.invitations.get().token in mail.text


@pytest.mark.parametrize(("invites", "consents"), [(False, True), (True, False)])
def test_nobody_else_is_asked(invites, consents):
    office = an_office()
    a_survey(office, invites=invites)
    a_served_visit(office, consents=consents)

    assert inviting.due(MORNING + 2 * HOUR) == []


def test_an_invitation_is_answered_once():
    office = an_office()
    period = a_survey(office, invites=True)
    invitation = surveys.invite(ticket=a_served_visit(office), at=MORNING)

    answer_survey(period, channel="invitation", invitation=invitation)
    with pytest.raises(surveys.TokenUsed):
        answer_survey(period, channel="invitation", invitation=invitation)

    assert Response.objects.filter(channel="invitation").count() == 1


def a_closed_consultation(office, *, key="one", asker=None, consents=True):
    asked = ask(office, MORNING, key=key, by=asker)
    answer(asked, MORNING)
    if consents:
        Consent.objects.create(
            user=asked.asker, purpose="survey", notice_version="1", language="id", channel="portal",
            at=MORNING,
        )  # fmt: skip
    return closing.close_solved(consultation=fresh(asked), at=MORNING)


def test_who_consulted_online_and_agreed_is_asked_once_in_a_survey():
    office = probolinggo()
    period = a_survey(office, invites=True)
    first = a_closed_consultation(office)
    assert inviting.due_online(MORNING + HOUR) == []

    [due] = inviting.due_online(MORNING + 2 * HOUR)
    inviting.invite_online(due, MORNING + 2 * HOUR)
    second = a_closed_consultation(office, key="two", asker=first.asker, consents=False)
    inviting.invite_online(second, MORNING + 2 * HOUR)

    mail = Mail.objects.get(kind="survey.invitation")
    assert (due, mail.to, inviting.due_online(MORNING + 3 * HOUR)) == (first, first.asker.email, [])
    assert period.invitations.get().token in mail.text


@pytest.mark.parametrize(("invites", "consents"), [(False, True), (True, False)])
def test_no_other_asker_is_asked(invites, consents):
    office = probolinggo()
    a_survey(office, invites=invites)
    a_closed_consultation(office, consents=consents)

    assert inviting.due_online(MORNING + 2 * HOUR) == []
