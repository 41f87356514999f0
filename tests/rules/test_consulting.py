"""The consultation clocks, with the examples that were worked by hand (CLOCKS.md 1 to 9)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loket.rules.calendarparts import ClosedDay, Reason, SpecialPeriod, Year, YearStatus
from loket.rules.consulting import (
    Kind,
    Late,
    Message,
    Turn,
    after_closing,
    answer_due,
    escalations,
    is_automatic,
    is_met,
    lateness,
    later_deadline,
    later_silence,
    silence,
    silent_since,
    turns,
)
from loket.rules.worktime import NoWorkingDay, Skipped
from tests.rules.calendars import (
    AMENDED_LEAVE_2025,
    SHUT,
    calendar,
    dates,
    hours,
    ramadan,
    wib,
)


@pytest.mark.parametrize(
    ("received", "counted", "due"),
    [
        pytest.param("2026-01-05T09:00", "2026-01-06 2026-01-07 2026-01-08", "2026-01-08T15:30", id="plain"),
        pytest.param(
            "2026-01-05T23:59:59",
            "2026-01-06 2026-01-07 2026-01-08",
            "2026-01-08T15:30",
            id="after closing is still day 0",
        ),
        pytest.param(
            "2026-01-06T10:00", "2026-01-07 2026-01-08 2026-01-09", "2026-01-09T16:00", id="ends on a Friday"
        ),
        pytest.param(
            "2026-01-09T15:59:59",
            "2026-01-12 2026-01-13 2026-01-14",
            "2026-01-14T15:30",
            id="Friday, last second",
        ),
        pytest.param(
            "2026-01-09T15:59", "2026-01-12 2026-01-13 2026-01-14", "2026-01-14T15:30", id="Friday 15.59"
        ),
        pytest.param(
            "2026-01-09T16:01", "2026-01-12 2026-01-13 2026-01-14", "2026-01-14T15:30", id="Friday 16.01"
        ),
        pytest.param(
            "2026-01-10T10:00", "2026-01-12 2026-01-13 2026-01-14", "2026-01-14T15:30", id="Saturday"
        ),
        pytest.param(
            "2026-01-11T23:59", "2026-01-12 2026-01-13 2026-01-14", "2026-01-14T15:30", id="Sunday night"
        ),
        pytest.param(
            "2026-01-12T00:00", "2026-01-13 2026-01-14 2026-01-15", "2026-01-15T15:30", id="Monday midnight"
        ),
        pytest.param(
            "2026-01-13T10:00", "2026-01-14 2026-01-15 2026-01-19", "2026-01-19T15:30", id="Isra Mikraj"
        ),
        pytest.param(
            "2026-02-13T10:00", "2026-02-18 2026-02-19 2026-02-20", "2026-02-20T16:00", id="leave and Imlek"
        ),
        pytest.param(
            "2026-02-17T09:00", "2026-02-18 2026-02-19 2026-02-20", "2026-02-20T16:00", id="on a holiday"
        ),
        pytest.param(
            "2026-05-26T16:30",
            "2026-05-29 2026-06-02 2026-06-03",
            "2026-06-03T15:30",
            id="a holiday on a Sunday is not counted twice",
        ),
        pytest.param(
            "2024-02-07T10:00", "2024-02-12 2024-02-13 2024-02-15", "2024-02-15T15:30", id="election day"
        ),
        pytest.param(
            "2024-11-26T10:00", "2024-11-28 2024-11-29 2024-12-02", "2024-12-02T15:30", id="local elections"
        ),
        pytest.param(
            "2024-02-27T10:00", "2024-02-28 2024-02-29 2024-03-01", "2024-03-01T16:00", id="29 February"
        ),
        pytest.param(
            "2024-02-29T10:00",
            "2024-03-01 2024-03-04 2024-03-05",
            "2024-03-05T15:30",
            id="received 29 February",
        ),
        pytest.param(
            "2025-03-26T10:00", "2025-03-27 2025-04-08 2025-04-09", "2025-04-09T15:30", id="Eid 2025"
        ),
        pytest.param(
            "2025-08-14T10:00",
            "2025-08-15 2025-08-19 2025-08-20",
            "2025-08-20T15:30",
            id="leave of 18 August",
        ),
        pytest.param(
            "2026-03-17T10:00", "2026-03-25 2026-03-26 2026-03-27", "2026-03-27T16:00", id="Eid 2026"
        ),
        pytest.param(
            "2026-11-23T10:00", "2026-11-24 2026-11-25 2026-11-26", "2026-11-26T15:30", id="November"
        ),
        pytest.param(
            "2026-12-23T10:00", "2026-12-28 2026-12-29 2026-12-30", "2026-12-30T15:30", id="Christmas"
        ),
        pytest.param(
            "2026-12-30T10:00", "2026-12-31 2027-01-04 2027-01-06", "2027-01-06T15:30", id="over the year"
        ),
    ],
)
def test_an_answer_is_due_at_the_close_of_the_third_working_day(received, counted, due):
    deadline = answer_due(calendar=calendar(), received=wib(received))

    assert deadline.due == wib(due)
    assert deadline.counted == dates(counted)


def test_a_deadline_says_what_it_skipped():
    deadline = answer_due(calendar=calendar(), received=wib("2026-01-13T10:00"))

    assert deadline.received == date(2026, 1, 13)
    assert deadline.skipped == (
        Skipped(date(2026, 1, 16), Reason.NATIONAL, "Isra Mikraj"),
        Skipped(date(2026, 1, 17), Reason.WEEKEND),
        Skipped(date(2026, 1, 18), Reason.WEEKEND),
    )


def test_the_due_instant_is_in_utc_what_it_is_at_the_office():
    received = wib("2026-01-05T09:00")

    assert answer_due(calendar=calendar(), received=received).due == datetime(2026, 1, 8, 8, 30, tzinfo=UTC)
    wita = answer_due(calendar=calendar(zone="Asia/Makassar"), received=received)
    assert wita.due == datetime(2026, 1, 8, 7, 30, tzinfo=UTC)
    wit = answer_due(calendar=calendar(zone="Asia/Jayapura"), received=received)
    assert wit.due == datetime(2026, 1, 8, 6, 30, tzinfo=UTC)


def test_the_day_of_receipt_is_that_of_the_office():
    sunday_2330_wib = wib("2026-01-11T23:30")  # Monday 00.30 WITA and 01.30 WIT

    assert answer_due(calendar=calendar(), received=sunday_2330_wib).counted[0] == date(2026, 1, 12)
    for zone in ("Asia/Makassar", "Asia/Jayapura"):
        deadline = answer_due(calendar=calendar(zone=zone), received=sunday_2330_wib)
        assert deadline.counted[0] == date(2026, 1, 13)


def test_in_ramadan_the_office_closes_earlier():
    office = calendar(special=(ramadan(date(2026, 2, 19), date(2026, 3, 20)),))

    assert answer_due(calendar=office, received=wib("2026-03-02T10:00")).due == wib("2026-03-05T15:00")


def test_the_number_of_days_is_a_setting():
    deadline = answer_due(calendar=calendar(), received=wib("2026-01-05T09:00"), days=10)

    assert deadline.due == wib("2026-01-20T15:30")
    assert answer_due(calendar=calendar(), received=wib("2026-01-05T09:00"), days=1).due == wib(
        "2026-01-06T15:30"
    )


def test_a_deadline_in_a_year_not_decreed_carries_a_warning():
    def warnings(received):
        return answer_due(calendar=calendar(), received=wib(received)).warnings

    assert warnings("2026-12-23T10:00") == ()
    assert warnings("2027-12-31T10:00") == (Year(2028, YearStatus.MISSING),)
    assert warnings("2026-12-30T10:00") == (Year(2027, YearStatus.ESTIMATED),)
    assert warnings("2027-12-30T10:00") == (
        Year(2027, YearStatus.ESTIMATED),
        Year(2028, YearStatus.MISSING),
    )


def test_an_office_that_never_opens_has_no_deadline():
    with pytest.raises(NoWorkingDay):
        answer_due(calendar=calendar(week=(SHUT,) * 7), received=wib("2026-01-05T09:00"))


# ----- a calendar that changes while a clock runs (CLOCKS.md 7)


def test_a_holiday_decreed_later_moves_a_running_deadline_later():
    received = wib("2025-08-14T10:00")
    shown = answer_due(calendar=calendar(more=()), received=received)
    computed = answer_due(calendar=calendar(more=(AMENDED_LEAVE_2025,)), received=received)

    assert shown.due == wib("2025-08-19T15:30")
    assert later_deadline(shown, computed).due == wib("2025-08-20T15:30")


def test_a_holiday_removed_later_never_moves_a_deadline_earlier():
    received = wib("2026-01-13T10:00")
    shown = answer_due(calendar=calendar(), received=received)
    computed = answer_due(calendar=calendar(without=(date(2026, 1, 16),)), received=received)

    assert computed.due == wib("2026-01-16T16:00")
    assert later_deadline(shown, computed) == shown


def test_a_day_closed_afterwards_moves_the_deadline_to_the_next_working_day():
    flood = ClosedDay(date(2026, 1, 8), Reason.LOCAL, "Banjir")
    deadline = answer_due(calendar=calendar(more=(flood,)), received=wib("2026-01-05T09:00"))

    assert deadline.due == wib("2026-01-09T16:00")
    assert deadline.counted == dates("2026-01-06 2026-01-07 2026-01-09")


def test_a_closing_too_only_moves_later():
    flood = ClosedDay(date(2026, 1, 8), Reason.LOCAL, "Banjir")
    shown = silence(calendar=calendar(), answered=wib("2026-01-07T11:00"))
    computed = silence(calendar=calendar(more=(flood,)), answered=wib("2026-01-07T11:00"))

    assert later_silence(shown, computed).close_at == wib("2026-01-14T00:00")
    assert later_silence(computed, shown) == computed


# ----- met or late (CLOCKS.md 2 and 9)

DUE = wib("2026-01-08T15:30")


def test_an_answer_at_the_very_instant_is_on_time():
    assert is_met(due=DUE, answered=DUE)
    assert lateness(calendar=calendar(), due=DUE, at=DUE) is None


def test_a_millisecond_later_it_is_late_by_no_working_day():
    late = lateness(calendar=calendar(), due=DUE, at=DUE + timedelta(milliseconds=1))

    assert late.elapsed == timedelta(milliseconds=1)
    assert late.open_time == timedelta()
    assert late.working_days == 0


def test_the_next_morning_it_is_late_by_five_minutes_and_a_working_day():
    late = lateness(calendar=calendar(), due=DUE, at=wib("2026-01-09T08:05"))

    assert late.open_time == timedelta(seconds=300)
    assert late.working_days == 1


def test_an_answer_due_at_24_00_is_a_working_day_late_the_next_morning():
    due = wib("2026-01-09T00:00")

    assert lateness(calendar=calendar(), due=due, at=wib("2026-01-09T08:05")).working_days == 1


# ----- turns (CLOCKS.md 1 to 3)


def said(*messages: tuple[str, Kind]) -> list[Message]:
    return [Message(wib(f"2026-01-{at}"), kind) for at, kind in messages]


def test_further_messages_of_the_visitor_do_not_move_the_turn():
    history = said(("05T09:00", Kind.VISITOR), ("07T10:00", Kind.VISITOR), ("08T09:00", Kind.VISITOR))

    assert turns(history) == [Turn(wib("2026-01-05T09:00"))]


def test_acknowledgement_note_and_holding_notice_do_not_end_a_turn():
    history = said(
        ("05T09:00", Kind.VISITOR),
        ("05T09:01", Kind.SYSTEM),
        ("06T09:00", Kind.NOTE),
        ("07T09:00", Kind.HOLDING),
        ("09T08:05", Kind.ANSWER),
    )

    assert turns(history) == [Turn(wib("2026-01-05T09:00"), wib("2026-01-09T08:05"))]


@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.CLARIFICATION, Kind.REFERRAL])
def test_answer_clarification_and_referral_end_a_turn(kind):
    history = said(("05T09:00", Kind.VISITOR), ("07T11:00", kind))

    assert turns(history) == [Turn(wib("2026-01-05T09:00"), wib("2026-01-07T11:00"))]


def test_the_reply_to_a_clarification_starts_the_next_turn():
    history = said(("05T09:00", Kind.VISITOR), ("07T11:00", Kind.CLARIFICATION), ("12T20:00", Kind.VISITOR))

    second = turns(history)[1]
    assert second == Turn(wib("2026-01-12T20:00"))
    assert answer_due(calendar=calendar(), received=second.started).due == wib("2026-01-15T15:30")


def test_merged_consultations_keep_the_earliest_turn():
    merged = said(("05T09:00", Kind.VISITOR), ("06T14:00", Kind.VISITOR))

    started = turns(merged)[0].started
    assert answer_due(calendar=calendar(), received=started).due == wib("2026-01-08T15:30")


def test_an_automatic_mail_starts_no_turn():
    assert turns(said(("05T09:00", Kind.AUTOMATIC))) == []


# ----- silence (CLOCKS.md 4 to 6)


def test_warning_on_the_third_working_day_closing_at_its_midnight():
    clock = silence(calendar=calendar(), answered=wib("2026-01-07T11:00"))

    assert clock.warn_at == wib("2026-01-12T08:00")
    assert clock.close_at == datetime(2026, 1, 12, 17, 0, tzinfo=UTC)
    assert clock.answered == date(2026, 1, 7)
    assert clock.counted == dates("2026-01-08 2026-01-09 2026-01-12")
    assert [skipped.day for skipped in clock.skipped] == list(dates("2026-01-10 2026-01-11"))
    assert clock.warnings == ()


def test_a_silence_clock_too_warns_of_a_year_not_decreed():
    clock = silence(calendar=calendar(), answered=wib("2026-12-30T11:00"))

    assert clock.warnings == (Year(2027, YearStatus.ESTIMATED),)


def test_the_days_of_silence_are_a_setting():
    clock = silence(calendar=calendar(), answered=wib("2026-01-07T11:00"), days=1)

    assert clock.close_at == wib("2026-01-09T00:00")


ANSWERED = [("05T09:00", Kind.VISITOR), ("07T11:00", Kind.ANSWER)]


@pytest.mark.parametrize(
    ("more", "since"),
    [
        pytest.param([], "07T11:00", id="silence"),
        pytest.param([("09T09:00", Kind.ANSWER)], "09T09:00", id="a second answer starts it again"),
        pytest.param([("09T09:00", Kind.HOLDING)], "09T09:00", id="so does a notice"),
        pytest.param([("09T09:00", Kind.NOTE)], "07T11:00", id="a note does not"),
        pytest.param([("12T08:00", Kind.SYSTEM)], "07T11:00", id="nor the warning"),
        pytest.param([("08T09:00", Kind.AUTOMATIC)], "07T11:00", id="nor an out-of-office mail"),
        pytest.param([("12T23:59", Kind.VISITOR)], None, id="the visitor wrote"),
        pytest.param([("12T23:59", Kind.VISITOR), ("13T08:00", Kind.HOLDING)], None, id="ball at the office"),
    ],
)
def test_silence_runs_from_the_latest_public_message_of_the_office(more, since):
    assert silent_since(said(*ANSWERED, *more)) == (since and wib(f"2026-01-{since}"))


def test_a_second_answer_moves_warning_and_closing():
    clock = silence(calendar=calendar(), answered=wib("2026-01-09T09:00"))

    assert clock.warn_at == wib("2026-01-14T08:00")
    assert clock.close_at == wib("2026-01-15T00:00")


CLOSED_AT = wib("2026-01-13T00:00")


@pytest.mark.parametrize(
    ("received", "effect"),
    [
        ("2026-01-12T23:59:59.9", Late.VOIDS),
        ("2026-01-13T00:00:00", Late.REOPENS),
        ("2026-01-27T00:00:00", Late.REOPENS),
        ("2026-01-27T00:00:01", Late.NEW),
        ("2026-01-28T10:00:00", Late.NEW),
    ],
)
def test_what_a_message_after_the_closing_does(received, effect):
    assert after_closing(close_at=CLOSED_AT, received=wib(received)) is effect


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-01-12T23:59:59.9", "2026-01-15T15:30"),
        ("2026-01-13T00:00", "2026-01-19T15:30"),
        ("2026-01-28T10:00", "2026-02-02T15:30"),
    ],
)
def test_the_turn_it_starts_has_its_own_clock(received, due):
    assert answer_due(calendar=calendar(), received=wib(received)).due == wib(due)


@pytest.mark.parametrize(
    ("header", "automatic"),
    [
        (None, False),
        ("", False),
        ("no", False),
        ("No", False),
        ("auto-replied", True),
        ("auto-generated; type=x", True),
    ],
)
def test_a_mail_is_automatic_unless_it_says_no(header, automatic):
    assert is_automatic(header) is automatic


def test_a_half_day_moves_the_hour_of_the_deadline():
    half = SpecialPeriod(date(2026, 1, 8), date(2026, 1, 8), "Rapat", (hours("08:00-11:30"),) * 7)
    deadline = answer_due(calendar=calendar(special=(half,)), received=wib("2026-01-05T09:00"))

    assert deadline.due == wib("2026-01-08T11:30")


@pytest.mark.parametrize(
    ("received", "days", "steps"),
    [
        ("2026-01-05T09:00", 3, ["2026-01-07T08:00", "2026-01-08T08:00", "2026-01-09T08:00"]),
        ("2026-01-13T10:00", 3, ["2026-01-15T08:00", "2026-01-19T08:00", "2026-01-20T08:00"]),
        ("2026-01-08T10:00", 1, ["2026-01-09T08:00", "2026-01-09T08:00", "2026-01-12T08:00"]),
    ],
)
def test_colleagues_are_reminded_at_openings(received, days, steps):
    deadline = answer_due(calendar=calendar(), received=wib(received), days=days)

    assert escalations(calendar=calendar(), deadline=deadline) == tuple(map(wib, steps))


def test_a_counted_day_that_is_closed_by_now_gives_way_to_the_next_opening():
    deadline = answer_due(calendar=calendar(), received=wib("2026-01-05T09:00"))
    flood = ClosedDay(date(2026, 1, 7), Reason.LOCAL, "Banjir")

    steps = escalations(calendar=calendar(more=(AMENDED_LEAVE_2025, flood)), deadline=deadline)

    assert steps == tuple(map(wib, ("2026-01-08T08:00", "2026-01-08T08:00", "2026-01-09T08:00")))
