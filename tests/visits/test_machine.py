"""Kiosks, officers, visitors and the night at random, against a slow model of the hall."""

from contextlib import suppress
from datetime import timedelta

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
from loket.rules.queueing import AT_COUNTER, MoveNotAllowed, State
from loket.visits.actions import calling, leaving, sessions, undoing
from loket.visits.actions.moving import TicketMoved
from loket.visits.models import CounterSession, Ticket
from tests.cast import MORNING, an_office, an_officer, take
from tests.migrated import on_sqlite

REFUSALS = (
    calling.CounterBusy,
    calling.ElsewhereServed,
    sessions.NotAtCounter,
    sessions.OnBreak,
    sessions.VisitorAtCounter,
    sessions.NoBreak,
    sessions.CounterTaken,
    undoing.NothingToUndo,
    MoveNotAllowed,
    TicketMoved,
)


class Hall(RuleBasedStateMachine):
    tickets = Bundle("tickets")

    def __init__(self):
        super().__init__()
        # Each example plays in a transaction of its own that never happened.
        self.play = transaction.atomic()
        self.play.__enter__()

    @initialize()
    def open_the_hall(self):
        self.office = an_office(settings={"priority": "strict", "last_number_rule": False})
        self.officers = [an_officer(self.office, name) for name in ("Sari", "Tono")]
        self.now = MORNING
        self.taken = 0

    def session(self, officer):
        return CounterSession.objects.filter(officer=self.officers[officer], closed_at=None).first()

    def attempt(self, action, officer, **arguments):
        session = self.session(officer)
        if session is None:
            return None
        try:
            return action(session=session, at=self.now, **arguments)
        except REFUSALS:
            return None

    @rule(seconds=st.integers(0, 400))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule(target=tickets, priority=st.sampled_from(["", "elderly"]))
    def somebody_arrives(self, priority):
        self.taken += 1
        ticket = take(self.office, at=min(self.now, MORNING + timedelta(hours=6)), priority=priority)
        assert ticket.number == self.taken
        return ticket.pk

    @rule(officer=st.integers(0, 1), counter=st.integers(1, 2))
    def an_officer_signs_in(self, officer, counter):
        with suppress(*REFUSALS):
            sessions.open_counter(
                counter=self.office.counters.get(number=counter), by=self.officers[officer], at=self.now
            )

    @rule(officer=st.integers(0, 1))
    def next_please(self, officer):
        expected = self.model_next()
        ticket = self.attempt(calling.call_next, officer)
        assert ticket is None or ticket.pk == expected

    def model_next(self):
        waiting = Ticket.objects.filter(state=State.WAITING)
        order = sorted(waiting, key=lambda ticket: (not ticket.priority, ticket.rank))
        return order[0].pk if order else None

    @rule(officer=st.integers(0, 1), verb=st.sampled_from(["start", "finish", "skip", "recall"]))
    def a_press(self, officer, verb):
        self.attempt(getattr(calling, verb), officer)

    @rule(officer=st.integers(0, 1))
    def set_aside(self, officer):
        self.attempt(calling.park, officer, reason="formulir")

    @rule(officer=st.integers(0, 1))
    def take_back(self, officer):
        self.attempt(undoing.undo, officer)

    @rule(officer=st.integers(0, 1), announced=st.booleans())
    def pause(self, officer, announced):
        self.attempt(sessions.start_break, officer, by=self.officers[officer], announced=announced)

    @rule(officer=st.integers(0, 1))
    def back_from_pause(self, officer):
        self.attempt(sessions.end_break, officer, by=self.officers[officer])

    @rule(key=tickets, verb=st.sampled_from([leaving.cancel, leaving.rejoin]))
    def the_visitor_decides(self, key, verb):
        with suppress(*REFUSALS):
            verb(ticket=Ticket.objects.select_related("office").get(pk=key), at=self.now)

    @rule(key=tickets, officer=st.integers(0, 1))
    def call_somebody_else(self, key, officer):
        ticket = Ticket.objects.select_related("office").get(pk=key)
        self.attempt(calling.call_chosen, officer, ticket=ticket, reason="sudah lama menunggu")

    @invariant()
    def one_visitor_a_counter(self):
        busy = list(Ticket.objects.filter(state__in=AT_COUNTER).values_list("counter_id", flat=True))
        assert len(busy) == len(set(busy))

    @invariant()
    def a_counter_with_a_visitor_is_not_free(self):
        for session in CounterSession.objects.filter(closed_at=None, free_since__isnull=False):
            assert not Ticket.objects.at(session.counter).exists()

    @invariant()
    def the_head_of_the_line_has_its_clock_while_a_counter_is_free(self):
        if not hasattr(self, "office"):
            return
        free = CounterSession.objects.filter(closed_at=None, free_since__isnull=False).exists()
        head = self.model_next()
        if free and head:
            assert Ticket.objects.get(pk=head).clock_from is not None

    def teardown(self):
        try:
            assert list(events.verify()) == []
            numbers = list(Ticket.objects.order_by("number").values_list("number", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))
        finally:
            transaction.set_rollback(True)
            self.play.__exit__(None, None, None)


@pytest.mark.django_db
def test_the_hall_keeps_its_promises_whatever_people_press():
    # PostgreSQL is asked whether it agrees.
    plays = 30 if on_sqlite() else 10
    steps = settings(
        max_examples=plays, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
    )

    run_state_machine_as_test(Hall, settings=steps)
