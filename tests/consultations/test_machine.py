"""Visitor, officers, calendar and a worker that comes when it likes, at random, against a slow model.

The model counts days one by one on lists of dates and knows nothing of the program's rules.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from loket.base import events
from loket.consultations.actions import answering, closing, marking, recomputing, reopening, replying
from loket.consultations.models import Message, Turn
from loket.jobs import consulting
from loket.offices import calendars, queries
from loket.outbox.models import Mail
from loket.rules import calendarfile
from loket.rules.calendarparts import ClosedDay, Reason
from tests.cast import MORNING, WIB, an_office, an_officer
from tests.consultations.conversation import answer, ask, budi, fresh, note, reply
from tests.migrated import on_sqlite

DAY = timedelta(days=1)
ENDS = {answering.answer: True, answering.clarify: True, answering.hold_on: False}


@dataclass
class Silence:
    since: datetime
    close_at: datetime


@dataclass
class Model:
    """One conversation as a patient clerk would keep it."""

    pk: int
    state: str = "office"
    started: datetime | None = None
    due: datetime | None = None
    silence: Silence | None = None
    # Start and deadline of a turn that a closing broke off.
    broken_off: tuple[datetime, datetime] | None = None
    closed_at: datetime | None = None
    reason: str = ""
    # Each finished turn: whether it was met; None when nobody answered it.
    results: list = field(default_factory=list)
    closings: int = 0


class Clerk:
    """Counts working days with a finger on the wall calendar."""

    def __init__(self):
        self.closed: set[date] = set()

    def third_day(self, after: date) -> date:
        day, left = after, 3
        while left:
            day += DAY
            if day.weekday() < 5 and day not in self.closed:
                left -= 1
        return day

    def due(self, received: datetime) -> datetime:
        day = self.third_day(received.astimezone(WIB).date())
        return datetime.combine(day, time(16, 0) if day.weekday() == 4 else time(15, 30), WIB)

    def closing(self, answered: datetime) -> datetime:
        return datetime.combine(self.third_day(answered.astimezone(WIB).date()) + DAY, time(), WIB)

    def is_open(self, at: datetime) -> bool:
        here = at.astimezone(WIB)
        closes = time(16, 0) if here.weekday() == 4 else time(15, 30)
        working = here.weekday() < 5 and here.date() not in self.closed
        return working and time(8, 0) <= here.time() < closes


class Desk(RuleBasedStateMachine):
    threads = Bundle("threads")

    def __init__(self):
        super().__init__()
        # Each example plays in a transaction of its own that never happened.
        self.play = transaction.atomic()
        self.play.__enter__()
        self.models: list[Model] = []

    @initialize()
    def begin(self):
        self.office = an_office()
        self.sari, self.budi = an_officer(self.office, "Sari"), budi()
        self.clerk, self.now = Clerk(), MORNING

    def begins(self, pk, at):
        model = Model(pk, started=at, due=self.clerk.due(at))
        self.models.append(model)
        return model

    # ----- people

    @rule(minutes=st.one_of(st.integers(0, 600), st.integers(600, 6000), st.sampled_from([20160, 30240])))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(target=threads)
    def budi_asks(self):
        return self.begins(ask(self.office, self.now).pk, self.now)

    @rule(model=threads)
    def budi_writes(self, model):
        try:
            message = reply(fresh(model), self.now)
        except replying.ClosedForGood:
            assert model.reason == "spam"
            return
        self.silence_ends(model)
        if model.state == "closed" and self.now > model.closed_at + timedelta(days=14):
            anew = self.begins(message.consultation_id, self.now)
            assert message.consultation_id != model.pk
            assert message.consultation.previous_id == model.pk
            assert anew.due == message.consultation.due_at
            return
        if model.state != "office":
            model.state, model.reason, model.closed_at, model.silence = "office", "", None, None
            model.started, model.due = self.now, self.clerk.due(self.now)

    @rule(model=threads, verb=st.sampled_from(list(ENDS)), fresh_page=st.booleans())
    def sari_writes(self, model, verb, fresh_page):
        over = model.state == "closed" or self.ran_out(model)
        seen = {} if fresh_page else {"seen": fresh(model).version - 1}
        try:
            answer(fresh(model), self.now, by=self.sari, verb=verb, **seen)
        except answering.IsClosed:
            assert over
            return
        except answering.AnsweredMeanwhile:
            assert not fresh_page
            return
        assert fresh_page
        assert not over
        if model.state == "office" and ENDS[verb]:
            model.results.append(self.now <= model.due)
            model.state, model.started, model.due = "visitor", None, None
        if model.state == "visitor":
            model.silence = Silence(self.now, self.clerk.closing(self.now))

    @rule(model=threads)
    def sari_notes(self, model):
        note(fresh(model), self.now, by=self.sari)

    @rule(model=threads, verb=st.sampled_from(["close_solved", "withdraw", "spam"]))
    def somebody_closes(self, model, verb):
        over = model.state == "closed" or self.ran_out(model)
        try:
            if verb == "spam":
                marking.mark_spam(consultation=fresh(model), by=self.sari, at=self.now)
            else:
                getattr(closing, verb)(consultation=fresh(model), at=self.now)
        except closing.AlreadyClosed:
            assert over
            return
        assert not over
        reason = {"close_solved": "solved", "withdraw": "withdrawn", "spam": "spam"}[verb]
        self.closes(model, reason, self.now)

    @rule(model=threads)
    def it_was_no_spam(self, model):
        with suppress(reopening.NotSetAside):
            reopening.take_back_spam(consultation=fresh(model), by=self.sari, at=self.now)
            assert model.reason == "spam"
            model.reason, model.closed_at = "", None
            if model.results and model.results[-1] is None:
                model.results.pop()
                model.state, (model.started, due) = "office", model.broken_off
                model.due = max(due, self.clerk.due(model.started))
            else:
                model.state, model.silence = "visitor", Silence(self.now, self.clerk.closing(self.now))

    # ----- the calendar and the worker

    @rule(ahead=st.integers(-3, 6))
    def a_day_is_closed(self, ahead):
        self.clerk.closed.add(self.now.astimezone(WIB).date() + ahead * DAY)
        self.publish()

    @rule(which=st.integers(0, 9))
    def a_day_is_opened_again(self, which):
        if self.clerk.closed:
            self.clerk.closed.remove(sorted(self.clerk.closed)[which % len(self.clerk.closed)])
            self.publish()

    def publish(self):
        now = calendarfile.from_dict(queries.newest_version(self.office).content)
        closed = tuple(ClosedDay(each, Reason.LOCAL, "Banjir") for each in sorted(self.clerk.closed))
        with suppress(calendars.NothingChanged):
            recomputing.publish(
                office=self.office,
                calendar=replace(now, closed=closed),
                by="staff:1",
                at=self.now,
                reason="B",
            )
        for model in self.models:
            if model.state == "office":
                model.due = max(model.due, self.clerk.due(model.started))
            elif model.state == "visitor" and not self.ran_out(model):
                silence = model.silence
                silence.close_at = max(silence.close_at, self.clerk.closing(silence.since))

    @rule(times=st.integers(1, 2))
    def the_worker_comes(self, times):
        for _ in range(times):
            for due, do in (
                (consulting.closings_due, consulting.close),
                (consulting.warnings_due, consulting.warn),
                (consulting.escalations_due, consulting.escalate),
            ):
                for key in due(self.now):
                    do(key, self.now)
        for model in self.models:
            self.silence_ends(model)

    def ran_out(self, model):
        return model.state == "visitor" and model.silence.close_at <= self.now

    def silence_ends(self, model):
        if self.ran_out(model):
            self.closes(model, "no_response", model.silence.close_at)

    def closes(self, model, reason, at):
        if model.state == "office":
            model.results.append(None)
            model.broken_off = model.started, model.due
        model.state, model.reason, model.closed_at = "closed", reason, at
        model.started = model.due = model.silence = None
        model.closings += 1

    # ----- what has to hold

    @invariant()
    def the_program_says_what_the_clerk_says(self):
        for model in self.models:
            row = fresh(model)
            silent = model.silence.close_at if model.silence else None
            expected = (model.state, model.reason, model.due, silent, model.closed_at, model.closings)
            said = (row.state, row.close_reason, row.due_at, row.close_at, row.closed_at, row.closings)
            assert said == expected
            ended = Turn.objects.filter(consultation=row, ended_at__isnull=False).order_by("number")
            assert list(ended.values_list("met", flat=True)) == model.results

    def teardown(self):
        try:
            assert list(events.verify()) == []
            for mail in Mail.objects.filter(kind__in=["consultation.warning", "consultation.reminder"]):
                assert mail.key.startswith("consultation:")
            kinds = Message.objects.filter(facts__code="warned").values_list("at", flat=True)
            assert len(kinds) == Mail.objects.filter(kind="consultation.warning").count()
        finally:
            transaction.set_rollback(True)
            self.play.__exit__(None, None, None)


@pytest.mark.django_db
def test_whatever_people_do_the_clocks_are_the_clerks():
    # 2,100 steps are what is promised; PostgreSQL is asked whether it agrees.
    plays = 50 if on_sqlite() else 15
    steps = settings(
        max_examples=plays, stateful_step_count=42, deadline=None, suppress_health_check=list(HealthCheck)
    )

    run_state_machine_as_test(Desk, settings=steps)
