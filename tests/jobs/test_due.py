from dataclasses import replace
from datetime import timedelta

import pytest

from loket.base import replay
from loket.base.models import Replay
from loket.jobs import closing_days, forecasting, forgetting
from loket.outbox.models import Mail
from loket.rules.queueing import State
from loket.visits.models import CounterSession, Ticket
from tests.cast import BUDI, MORNING, an_office, sari_at_counter, take

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
MIDNIGHT = MORNING.replace(hour=0, minute=0) + timedelta(days=1)


def test_the_day_ends_at_the_offices_own_midnight():
    probolinggo, jayapura = an_office(), an_office(code="9471", zone="Asia/Jayapura")
    take(probolinggo)
    take(jayapura)

    # Jayapura is two hours ahead.
    assert closing_days.due(MIDNIGHT - timedelta(hours=2)) == [jayapura]
    assert closing_days.due(MIDNIGHT) == [probolinggo, jayapura]


def test_a_day_that_is_ended_is_not_due_again():
    office = an_office()
    sari_at_counter(office)
    take(office)

    for due in closing_days.due(MIDNIGHT):
        closing_days.close(due, MIDNIGHT)

    assert closing_days.due(MIDNIGHT) == []
    assert Ticket.objects.get().state == State.EXPIRED
    assert not CounterSession.objects.filter(closed_at=None).exists()


def test_what_is_forecast_is_noted_once():
    office = an_office()
    sari_at_counter(office)
    first, second = take(office), take(office)

    [service] = forecasting.due(MORNING + MINUTE / 2)
    noted = forecasting.note(service, MORNING + MINUTE / 2)

    first.refresh_from_db()
    second.refresh_from_db()
    assert noted == 2
    assert first.forecast_low <= first.forecast_median <= first.forecast_high
    assert first.forecast_median <= second.forecast_median
    assert not forecasting.due(MORNING + MINUTE / 2)


def test_a_forecast_that_comes_too_late_is_not_noted():
    office = an_office()
    take(office)
    service = office.services.get()

    assert forecasting.note(service, MORNING) == 0  # nobody serves yet
    sari_at_counter(office)

    assert not forecasting.due(MORNING + 2 * MINUTE)
    assert forecasting.note(service, MORNING + 2 * MINUTE) == 0


def test_answers_to_old_presses_are_forgotten():
    replay.remember(scope="ticket:3574", key="old", content=1, answer="1", at=MORNING)
    later = MORNING + replay.KEPT_FOR
    replay.remember(scope="ticket:3574", key="new", content=1, answer="2", at=later)

    assert forgetting.replays_due(later) == []
    [due] = forgetting.replays_due(later + MINUTE)
    assert forgetting.forget_replays(due, later + MINUTE) == 1

    assert Replay.objects.get().key == "new"


def test_the_guest_book_forgets_who_somebody_was_when_its_months_are_over():
    office = an_office(settings={"guest_book_months": 1})
    ticket = take(office)
    later = MORNING + timedelta(days=31)

    assert forgetting.periods_due(later) == []
    [due] = forgetting.periods_due(later + MINUTE)
    counts = [forgetting.retain(due, later + MINUTE) for _ in range(2)]

    visitor = ticket.visit.visitor
    code = visitor.code
    visitor.refresh_from_db()
    assert counts == [2, 0]  # the entry and what it asked for
    assert (visitor.name, visitor.email, visitor.institution_kind) == ("", "", "university")
    assert visitor.code != code
    assert visitor.visits.get().request == ""
    assert forgetting.periods_due(later + MINUTE) == []


def test_somebody_who_came_again_is_not_forgotten():
    office = an_office(settings={"guest_book_months": 1})
    visitor = take(office).visit.visitor
    take(office, at=MORNING + timedelta(days=30), guest=replace(BUDI, code=visitor.code))

    assert forgetting.periods_due(MORNING + timedelta(days=40)) == []


def test_the_words_of_old_mails_go_and_their_rows_stay():
    take(an_office())
    Mail.objects.update(state=Mail.State.SENT, sent_at=MORNING)
    later = MORNING + timedelta(days=30)

    assert forgetting.mails_due(later) == []
    [due] = forgetting.mails_due(later + MINUTE)
    assert forgetting.forget_mails(due, later + MINUTE) == 1

    mail = Mail.objects.get()
    assert (mail.to, mail.text, mail.kind) == ("", "", "ticket.taken")
    assert forgetting.mails_due(later + MINUTE) == []
