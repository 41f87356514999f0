"""Asking, answering, replying: who has the ball, and what is stored with it."""

import pytest

from loket.base import events
from loket.consultations.actions import answering, asking, closing, replying, saying
from loket.consultations.models import Consultation, Message
from loket.outbox.models import Mail
from tests.consultations.conversation import (
    answer,
    ask,
    budi,
    fresh,
    note,
    probolinggo,
    reply,
    sari,
    turn,
)
from tests.rules.calendars import wib

pytestmark = pytest.mark.django_db
MONDAY = "2026-01-05T09:00"


def kinds():
    return list(Mail.objects.order_by("pk").values_list("kind", flat=True))


def test_a_question_gets_a_number_a_deadline_and_a_mail():
    asked = fresh(ask(probolinggo(), MONDAY))

    assert asked.label == "K-2026-00001"
    assert asked.state == "office"
    assert asked.due_at == wib("2026-01-08T15:30")
    [mail] = Mail.objects.all()
    assert "K-2026-00001" in mail.subject
    assert "8 Januari 2026 15.30 WIB" in mail.text
    assert "Hari kerja yang dihitung: 6, 7, 8 Januari." in mail.html


def test_numbers_count_up_each_year():
    office = probolinggo()
    labels = [ask(office, at).label for at in ("2025-12-31T10:00", "2026-01-02T10:00", "2026-01-02T10:01")]

    assert labels == ["K-2025-00001", "K-2026-00001", "K-2026-00002"]


def test_asking_twice_with_one_key_is_asking_once():
    office = probolinggo()
    first, second = ask(office, MONDAY, key="k"), ask(office, "2026-01-05T09:01", key="k")

    assert first.pk == second.pk
    assert kinds() == ["consultation.received"]
    assert ask(office, MONDAY).label == "K-2026-00002"


def test_a_key_belongs_to_one_question():
    office = probolinggo()
    ask(office, MONDAY, key="k")

    with pytest.raises(saying.KeyReused):
        ask(office, MONDAY, key="k", text="Lain?")
    assert ask(office, MONDAY, key="k", by=budi("siti@surel.example", "Siti")).number == 2


def test_nobody_asks_before_the_address_is_confirmed():
    with pytest.raises(asking.AddressNotConfirmed):
        ask(probolinggo(), MONDAY, by=budi(confirmed=False))
    assert not Consultation.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b"])
def test_a_question_says_something(text):
    with pytest.raises(saying.NothingSaid):
        ask(probolinggo(), MONDAY, text=text)


def test_a_megabyte_is_too_long():
    with pytest.raises(saying.TooLong):
        ask(probolinggo(), MONDAY, text="a" * 1_000_000)


def test_an_answer_in_time_meets_the_promise_and_starts_the_silence():
    asked = ask(probolinggo(), MONDAY)

    answer(asked, "2026-01-07T11:00")

    now, first = fresh(asked), turn(asked)
    assert (now.state, now.due_at, now.escalate_at) == ("visitor", None, None)
    assert (first.met, first.answered_at) == (True, wib("2026-01-07T11:00"))
    assert now.warn_at == wib("2026-01-12T08:00")
    assert now.close_at == first.close_at == wib("2026-01-13T00:00")
    assert kinds() == ["consultation.received", "consultation.answer"]


def test_a_late_answer_says_how_late():
    asked = ask(probolinggo(), MONDAY)

    answer(asked, "2026-01-09T08:05")

    first = turn(asked)
    assert (first.met, first.late_days, first.late_seconds) == (False, 1, 300)


def test_a_holding_notice_and_a_note_leave_the_deadline():
    asked = ask(probolinggo(), MONDAY)

    answer(asked, "2026-01-06T09:00", verb=answering.hold_on)
    note(asked, "2026-01-06T10:00")

    assert fresh(asked).state == "office"
    assert turn(asked).ended_at is None
    assert kinds() == ["consultation.received", "consultation.holding"]


def test_a_referral_names_who_has_it_and_ends_the_turn():
    asked = ask(probolinggo(), MONDAY)

    answer(
        asked, "2026-01-06T09:00", verb=answering.refer, institution="Dinas Pertanian", address="Jl. Soekarno"
    )

    assert fresh(asked).state == "visitor"
    mail = Mail.objects.latest("pk")
    assert "Dinas Pertanian" in mail.text
    assert mail.kind == "consultation.referral"


def test_a_reply_starts_the_next_turn_with_a_clock_of_its_own():
    asked = ask(probolinggo(), MONDAY)
    answer(asked, "2026-01-07T11:00", verb=answering.clarify)

    reply(asked, "2026-01-12T20:00")

    now, second = fresh(asked), turn(asked)
    assert (now.state, now.turn, now.warn_at, now.close_at) == ("office", 2, None, None)
    assert now.due_at == second.due_at == wib("2026-01-15T15:30")
    assert turn(asked, 1).met


def test_a_second_question_in_the_same_turn_moves_no_deadline():
    asked = ask(probolinggo(), MONDAY)

    reply(asked, "2026-01-07T10:00")
    reply(asked, "2026-01-08T09:00")

    assert fresh(asked).due_at == wib("2026-01-08T15:30")
    assert asked.turns.count() == 1


def test_an_answer_to_what_was_not_read_is_refused_with_the_news():
    asked = ask(probolinggo(), MONDAY)
    reply(asked, "2026-01-06T10:00", text="Yang tahunan saja.")

    with pytest.raises(answering.AnsweredMeanwhile) as refused:
        answer(asked, "2026-01-06T10:01", seen=1)

    assert [news.text for news in refused.value.args] == ["Yang tahunan saja."]


def test_sending_twice_with_one_key_is_sending_once():
    asked = ask(probolinggo(), MONDAY)
    sent = [answer(asked, "2026-01-06T10:00", key="k", seen=1) for _ in range(2)]
    said = [reply(asked, "2026-01-06T11:00", key="k") for _ in range(2)]

    assert sent[0].pk == sent[1].pk
    assert said[0].pk == said[1].pk
    with pytest.raises(saying.KeyReused):
        reply(asked, "2026-01-06T12:00", key="k", text="Lain.")


def test_silence_closes_once_and_a_late_reply_opens_again():
    asked = ask(probolinggo(), MONDAY)
    answer(asked, "2026-01-07T11:00")
    at = wib("2026-01-13T00:00")

    assert closing.close_silent(consultation=fresh(asked), at=at)
    assert not closing.close_silent(consultation=fresh(asked), at=at)
    assert (fresh(asked).state, fresh(asked).close_reason) == ("closed", "no_response")

    reply(asked, "2026-01-20T10:00")

    now = fresh(asked)
    assert (now.state, now.close_reason, now.due_at) == ("office", "", wib("2026-01-23T16:00"))
    assert kinds()[-2:] == ["consultation.closed", "consultation.reopened"]


def test_after_the_time_to_reopen_a_new_one_begins_that_knows_the_old():
    asked = ask(probolinggo(), MONDAY)
    answer(asked, "2026-01-07T11:00")
    closing.close_silent(consultation=fresh(asked), at=wib("2026-01-13T00:00"))

    message = reply(asked, "2026-01-28T10:00")

    assert message.consultation.previous == asked
    assert message.consultation.due_at == wib("2026-02-02T15:30")
    assert fresh(asked).state == "closed"


def test_the_visitor_closes_as_solved_or_withdraws():
    office = probolinggo()
    solved, withdrawn = ask(office, MONDAY), ask(office, MONDAY)
    answer(solved, "2026-01-06T09:00")

    closing.close_solved(consultation=solved, at=wib("2026-01-06T10:00"))
    closing.withdraw(consultation=withdrawn, at=wib("2026-01-06T10:00"))

    assert [fresh(each).close_reason for each in (solved, withdrawn)] == ["solved", "withdrawn"]
    assert (turn(withdrawn).ended_at, turn(withdrawn).met) == (wib("2026-01-06T10:00"), None)
    with pytest.raises(closing.AlreadyClosed):
        closing.withdraw(consultation=solved, at=wib("2026-01-06T10:01"))
    with pytest.raises(answering.IsClosed):
        answer(solved, "2026-01-06T11:00")


def test_the_hall_note_is_not_reopened():
    office = probolinggo()
    noted = Consultation.objects.create(
        office=office, door="hall", question="?", created_at=wib(MONDAY), asker=budi()
    )

    with pytest.raises(replying.ClosedForGood):
        reply(noted, "2026-01-06T09:00")


def test_the_log_verifies_and_names_nobody():
    asked = ask(probolinggo(), MONDAY)
    answer(asked, "2026-01-07T11:00", by=sari(asked.office))

    assert list(events.verify()) == []
    assert Message.objects.filter(kind="visitor").get().by == "visitor"
