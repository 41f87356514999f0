"""Every example that was worked by hand, through the real actions (CLOCKS.md 1 to 10)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from loket.base.models import Event
from loket.consultations.actions import answering, closing, excusing, recomputing
from loket.consultations.models import Consultation, Message
from loket.jobs import consulting
from loket.offices import queries
from loket.offices.explaining import explain_deadline, explain_silence
from loket.outbox.models import Mail
from loket.people.models import Role
from loket.rules import calendarfile
from loket.rules.calendarparts import ClosedDay, Reason
from tests.cast import an_officer
from tests.consultations.conversation import (
    answer,
    ask,
    fresh,
    note,
    probolinggo,
    reply,
    sari,
    turn,
    with_calendar,
)
from tests.rules.calendars import AMENDED_LEAVE_2025, calendar, dates, ramadan, wib

pytestmark = pytest.mark.django_db
MONDAY = "2026-01-05T09:00"
FLOOD = ClosedDay(date(2026, 1, 8), Reason.LOCAL, "Banjir")


def close_day(office, closed, at, *, reason="Banjir"):
    now = calendarfile.from_dict(queries.newest_version(office).content)
    changed = replace(now, closed=tuple(sorted([*now.closed, closed])))
    recomputing.publish(office=office, calendar=changed, by="staff:1", at=wib(at), reason=reason)


def open_day(office, day, at):
    now = calendarfile.from_dict(queries.newest_version(office).content)
    changed = replace(now, closed=tuple(closed for closed in now.closed if closed.day != day))
    recomputing.publish(office=office, calendar=changed, by="staff:1", at=wib(at), reason="Keliru")


def run_jobs(at):
    """One round of the worker at this instant."""
    for due, do in (
        (consulting.closings_due, consulting.close),
        (consulting.warnings_due, consulting.warn),
        (consulting.escalations_due, consulting.escalate),
    ):
        for key in due(wib(at)):
            do(key, wib(at))


def mails(kind):
    return Mail.objects.filter(kind=f"consultation.{kind}").order_by("pk")


@pytest.mark.parametrize(
    ("received", "counted", "due"),
    [
        pytest.param(MONDAY, "2026-01-06 2026-01-07 2026-01-08", "2026-01-08T15:30", id="1"),
        pytest.param("2026-01-05T23:59:59", "2026-01-06 2026-01-07 2026-01-08", "2026-01-08T15:30", id="3"),
        pytest.param("2026-01-06T10:00", "2026-01-07 2026-01-08 2026-01-09", "2026-01-09T16:00", id="4"),
        pytest.param("2026-01-09T15:59:59", "2026-01-12 2026-01-13 2026-01-14", "2026-01-14T15:30", id="5"),
        pytest.param("2026-01-10T10:00", "2026-01-12 2026-01-13 2026-01-14", "2026-01-14T15:30", id="7"),
        pytest.param("2026-01-13T10:00", "2026-01-14 2026-01-15 2026-01-19", "2026-01-19T15:30", id="8"),
        pytest.param("2026-02-13T10:00", "2026-02-18 2026-02-19 2026-02-20", "2026-02-20T16:00", id="10"),
        pytest.param("2026-02-17T09:00", "2026-02-18 2026-02-19 2026-02-20", "2026-02-20T16:00", id="11"),
        pytest.param("2026-05-26T16:30", "2026-05-29 2026-06-02 2026-06-03", "2026-06-03T15:30", id="14"),
    ],
)
def test_the_deadline_is_stored_with_the_days_it_was_counted_by(received, counted, due):
    asked = ask(probolinggo(), received)

    assert fresh(asked).due_at == turn(asked).due_at == wib(due)
    assert turn(asked).deadline.counted == dates(counted)


def test_a_ramadan_day_ends_earlier():  # 17
    office = with_calendar(probolinggo(), calendar(special=(ramadan(date(2026, 2, 18), date(2026, 3, 18)),)))

    assert fresh(ask(office, "2026-03-02T10:00")).due_at == wib("2026-03-05T15:00")


def test_the_instant_is_the_same_in_utc():
    assert fresh(ask(probolinggo(), MONDAY)).due_at == datetime(2026, 1, 8, 8, 30, tzinfo=UTC)


def test_leave_decreed_in_august_moves_what_runs_and_leaves_what_is_finished():  # 18 and 19
    office = with_calendar(probolinggo(), calendar(more=()))  # version 3
    running, finished = ask(office, "2025-08-13T10:00"), ask(office, "2025-08-13T10:00")
    answer(finished, "2025-08-15T10:00")
    assert fresh(running).due_at == wib("2025-08-19T15:30") - timedelta(days=1)

    close_day(office, AMENDED_LEAVE_2025, "2025-08-15T14:00", reason="SKB perubahan")

    assert fresh(running).due_at == turn(running).due_at == wib("2025-08-19T15:30")
    assert turn(running).calendar_version == 4
    assert (turn(finished).met, turn(finished).due_at) == (True, wib("2025-08-18T15:30"))
    assert turn(finished).calendar_version == 3
    [told] = mails("moved").filter(key__startswith=f"consultation:{running.pk}:")
    assert "SKB perubahan" in told.text


def test_a_deadline_that_was_shown_never_comes_earlier():  # 20
    office = probolinggo()
    asked = ask(office, "2026-01-13T10:00")

    open_day(office, date(2026, 1, 16), "2026-01-14T09:00")

    assert fresh(asked).due_at == wib("2026-01-19T15:30")
    assert turn(asked).deadline.counted == dates("2026-01-14 2026-01-15 2026-01-19")
    assert not mails("moved").exists()


@pytest.mark.parametrize(
    ("answered", "met", "late_days"),
    [("2026-01-08T15:30:00", True, None), ("2026-01-08T15:30:00.001", False, 0)],
)
def test_the_last_instant_is_in_time(answered, met, late_days):  # 21
    asked = ask(probolinggo(), MONDAY)

    answer(asked, answered)

    assert (turn(asked).met, turn(asked).late_days) == (met, late_days)


def test_acknowledgement_and_note_do_not_stop_the_clock():  # 22
    asked = ask(probolinggo(), MONDAY)
    note(asked, "2026-01-06T10:00")

    answer(asked, "2026-01-09T08:05")

    late = turn(asked)
    assert (late.met, late.late_seconds, late.late_days) == (False, 300, 1)


def test_more_messages_neither_extend_nor_restart():  # 23
    asked = ask(probolinggo(), MONDAY)
    reply(asked, "2026-01-07T10:00")
    reply(asked, "2026-01-08T09:00")

    assert fresh(asked).due_at == wib("2026-01-08T15:30")


def test_a_day_closed_after_the_breach_excuses_it_and_keeps_it():  # 26
    office = probolinggo()
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    asked = ask(office, MONDAY)

    close_day(office, FLOOD, "2026-01-09T09:00")
    excusing.excuse(turn=turn(asked), by=rina, reason="Banjir di kota", at=wib("2026-01-09T09:05"))

    now = turn(asked)
    assert now.due_at == wib("2026-01-09T16:00")
    assert now.deadline.counted == dates("2026-01-06 2026-01-07 2026-01-09")
    assert now.breached_due_at == wib("2026-01-08T15:30")
    assert (now.excused_by, now.excused_reason) == (rina.staff_id, "Banjir di kota")
    assert now.first_due_at == wib("2026-01-08T15:30")


def test_nothing_is_excused_without_a_day_that_was_closed():
    office = probolinggo()
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    asked = ask(office, MONDAY)
    answer(asked, "2026-01-09T08:05")

    with pytest.raises(excusing.NoDayClosed):
        excusing.excuse(turn=turn(asked), by=rina, reason="Lupa", at=wib("2026-01-09T09:00"))
    close_day(office, FLOOD, "2026-01-09T09:30")
    with pytest.raises(excusing.ReasonMissing):
        excusing.excuse(turn=turn(asked), by=rina, reason=" ", at=wib("2026-01-09T10:00"))
    excusing.excuse(turn=turn(asked), by=rina, reason="Banjir", at=wib("2026-01-09T10:00"))

    assert (turn(asked).met, turn(asked).excused_reason) == (False, "Banjir")


def test_a_promise_that_was_kept_needs_no_excuse():
    asked = ask(probolinggo(), MONDAY)
    answer(asked, "2026-01-06T09:00")

    with pytest.raises(excusing.NotBreached):
        excusing.excuse(turn=turn(asked), by=sari(asked.office), reason="-", at=wib("2026-01-09T10:00"))


def answered():
    asked = ask(probolinggo(), MONDAY)
    answer(asked, "2026-01-07T11:00")
    return asked


def test_silence_warns_and_closes():  # A1
    asked = answered()
    run_jobs("2026-01-12T07:59")
    assert not mails("warning").exists()

    run_jobs("2026-01-12T08:00")
    run_jobs("2026-01-12T23:59:59")
    assert fresh(asked).state == "visitor"
    run_jobs("2026-01-13T00:00")

    now = fresh(asked)
    assert (now.state, now.close_reason) == ("closed", "no_response")
    assert now.closed_at == datetime(2026, 1, 12, 17, 0, tzinfo=UTC)
    assert mails("warning").get().created_at == wib("2026-01-12T08:00")
    assert "Senin 12 Januari 2026" in mails("warning").get().text
    assert mails("closed").count() == 1


def test_the_last_instant_of_the_visitor_counts():  # A2
    asked = answered()

    reply(asked, "2026-01-12T23:59:59.9")
    run_jobs("2026-01-13T00:00")

    assert (fresh(asked).state, fresh(asked).due_at) == ("office", wib("2026-01-15T15:30"))


@pytest.mark.parametrize("worker_was_there", [True, False])
def test_the_instant_of_closing_closes_and_reopens(worker_was_there):  # A3
    asked = answered()
    if worker_was_there:
        run_jobs("2026-01-13T00:00")

    reply(asked, "2026-01-13T00:00")

    assert (fresh(asked).state, fresh(asked).due_at) == ("office", wib("2026-01-19T15:30"))
    happened = Event.objects.order_by("seq").values_list("kind", flat=True)
    assert list(happened)[-2:] == ["consultation.close", "consultation.reopen"]


def test_a_holiday_notice_is_no_response():  # A5
    asked = answered()

    reply(asked, "2026-01-09T09:00", text="Saya sedang cuti.", auto_submitted="auto-replied")
    run_jobs("2026-01-13T00:00")

    assert fresh(asked).close_reason == "no_response"
    assert Message.objects.get(kind="automatic").public is False


def test_a_mail_that_a_person_wrote_is_one():  # A6
    asked = answered()

    reply(asked, "2026-01-09T09:00", auto_submitted="no")
    run_jobs("2026-01-13T00:00")

    assert fresh(asked).state == "office"


def test_a_second_message_of_the_office_starts_the_silence_anew():  # A7
    asked = answered()

    answer(asked, "2026-01-09T09:00")

    now = fresh(asked)
    assert (now.warn_at, now.close_at) == (wib("2026-01-14T08:00"), wib("2026-01-15T00:00"))
    assert turn(asked).answered_at == wib("2026-01-07T11:00")


def test_a_note_and_the_warning_restart_nothing():  # A8
    asked = answered()
    note(asked, "2026-01-09T09:00")
    run_jobs("2026-01-12T08:00")

    assert fresh(asked).close_at == wib("2026-01-13T00:00")


def test_a_clarification_ends_the_turn_and_the_reply_starts_one():  # A10
    asked = ask(probolinggo(), MONDAY)
    answer(asked, "2026-01-07T11:00", verb=answering.clarify)

    reply(asked, "2026-01-12T20:00")

    assert turn(asked, 1).met
    assert fresh(asked).due_at == wib("2026-01-15T15:30")


def test_after_fifteen_days_a_new_one_is_linked():  # A12
    asked = answered()
    run_jobs("2026-01-13T00:00")

    anew = reply(asked, "2026-01-28T10:00").consultation

    assert fresh(asked).state == "closed"
    assert (anew.previous_id, fresh(anew).due_at) == (asked.pk, wib("2026-02-02T15:30"))


def test_a_message_received_before_and_read_after_voids_the_closing():  # CLOCKS.md 5
    asked = answered()
    run_jobs("2026-01-13T00:00")

    reply(asked, "2026-01-13T09:00", received="2026-01-12T22:00")

    now = fresh(asked)
    assert (now.state, now.due_at) == ("office", wib("2026-01-15T15:30"))
    assert turn(asked).started_at == wib("2026-01-12T22:00")
    happened = Event.objects.order_by("seq").values_list("kind", flat=True)
    assert list(happened)[-2:] == ["consultation.close", "consultation.void"]


def test_jobs_done_twice_late_or_by_two_workers_do_it_once():  # A14
    asked = answered()
    workers = [consulting.closings_due(wib("2026-01-14T09:00")) for _ in range(2)]

    for keys in workers:
        for key in keys:
            consulting.close(key, wib("2026-01-14T09:00"))
    run_jobs("2026-01-14T09:01")

    assert Event.objects.filter(kind="consultation.close").count() == 1
    assert mails("closed").count() == 1
    assert not mails("warning").exists()
    assert fresh(asked).closed_at == wib("2026-01-13T00:00")


def test_a_worker_that_comes_at_night_warns_in_the_morning():
    office = probolinggo(settings={"silence_days": 3})
    asked = ask(office, MONDAY)
    answer(asked, "2026-01-08T11:00")  # warned on the 13th, closed at the end of it
    run_jobs("2026-01-13T06:00")
    assert not mails("warning").exists()

    run_jobs("2026-01-13T18:00")

    assert fresh(asked).warn_at is None
    assert not mails("warning").exists()


def test_colleagues_are_reminded_in_opening_hours_and_once():
    office = probolinggo()
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    asked = ask(office, MONDAY)
    Consultation.objects.filter(pk=asked.pk).update(assignee=sari(office))

    def told(at):
        before = mails("reminder").count()
        run_jobs(at)
        run_jobs(at)
        return sorted(mail.to for mail in mails("reminder")[before:])

    assert told("2026-01-06T08:00") == []
    assert told("2026-01-07T03:00") == []
    assert told("2026-01-07T08:00") == [sari(office).email]
    assert told("2026-01-08T08:00") == [rina.email]
    assert told("2026-01-08T15:31") == []
    assert told("2026-01-09T08:00") == [rina.email, sari(office).email]
    assert told("2026-01-12T08:00") == []
    assert fresh(asked).escalate_at is None


def test_a_late_worker_reminds_once_of_what_it_missed():
    office = probolinggo()
    an_officer(office, "Rina", Role.SUPERVISOR)
    ask(office, MONDAY)

    run_jobs("2026-01-12T09:00")
    run_jobs("2026-01-12T09:01")

    assert mails("reminder").count() == 1


def test_a_holiday_decreed_while_a_silence_runs_gives_the_visitor_more_time():
    asked = answered()

    close_day(asked.office, ClosedDay(date(2026, 1, 12), Reason.LOCAL, "Banjir"), "2026-01-09T09:00")

    now = fresh(asked)
    assert (now.warn_at, now.close_at) == (wib("2026-01-13T08:00"), wib("2026-01-14T00:00"))
    assert turn(asked).silence_version == 3
    assert mails("moved").count() == 1


def test_both_are_told_when_a_deadline_moves():
    asked = ask(probolinggo(), MONDAY)
    Consultation.objects.filter(pk=asked.pk).update(assignee=sari(asked.office))

    close_day(asked.office, FLOOD, "2026-01-06T20:00")

    assert mails("moved").get().to == "budi@surel.example"
    told = mails("reminder").get()
    assert (told.to, told.next_try_at) == (sari(asked.office).email, wib("2026-01-07T08:00"))
    assert Message.objects.filter(facts__code="deadline_moved", public=True).count() == 1


def test_counting_anew_twice_changes_nothing():
    asked = ask(probolinggo(), MONDAY)
    close_day(asked.office, FLOOD, "2026-01-06T10:00")
    before = fresh(asked).due_at

    assert recomputing.recompute(office=asked.office, at=wib("2026-01-06T11:00")) == 0
    assert fresh(asked).due_at == before
    assert mails("moved").count() == 1


def test_an_answer_that_is_being_written_is_not_refused_for_a_moved_deadline():
    asked = ask(probolinggo(), MONDAY)
    seen = fresh(asked).version
    close_day(asked.office, FLOOD, "2026-01-06T10:00")

    answer(asked, "2026-01-06T11:00", seen=seen)

    assert turn(asked).met


def test_thread_and_command_explain_with_the_same_sentences(capsys):
    from loket.cli import main

    office = probolinggo()
    asked = ask(office, "2026-01-13T10:00")
    answer(asked, "2026-01-14T11:00")
    lines = explain_deadline(office, turn(asked).deadline), explain_silence(office, turn(asked).silence)

    for verb, at, expected in (
        (["due", "3574", "--received"], "2026-01-13T10:00+07:00", lines[0]),
        (["closing", "3574", "--answered"], "2026-01-14T11:00+07:00", lines[1]),
    ):
        main(["calendar", *verb, at])
        assert capsys.readouterr().out.splitlines() == expected
    assert "Dilewati: 16 Januari (Isra Mikraj), 17–18 Januari (akhir pekan)." in lines[0]


def test_each_closing_counts_for_a_rating_of_its_own():
    asked = answered()
    run_jobs("2026-01-13T00:00")
    reply(asked, "2026-01-14T10:00")
    answer(asked, "2026-01-15T10:00")
    closing.close_solved(consultation=fresh(asked), at=wib("2026-01-15T11:00"))

    assert fresh(asked).closings == 2
