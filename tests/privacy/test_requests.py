"""People ask about their data; the clock of 3 × 24 hours runs over weekends and holidays."""

from datetime import datetime, timedelta

import pytest

from loket.base.models import Event
from loket.outbox import actions as outbox
from loket.outbox import delivery
from loket.outbox.models import Mail
from loket.privacy import breaches, letters, looking, requests
from loket.privacy.models import DataRequest, Look
from tests.cast import MORNING, WIB, an_office, an_officer

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 1, 16, 15, 59, tzinfo=WIB)


def ask(office, kind="access", at=FRIDAY, **more) -> DataRequest:
    facts = {"email": "budi@surel.example", "proof": "code", "wish": "", "language": "id", "by": "visitor"}
    return requests.receive(office=office, kind=kind, at=at, **(facts | more))


def test_the_clock_runs_over_the_weekend():
    asked = ask(an_office())

    assert asked.due_at == datetime(2026, 1, 19, 15, 59, tzinfo=WIB)


def test_the_person_is_told_at_both_ends():
    asked = ask(an_office())
    requests.end(asked=asked, done=True, answer="Silakan.", by="staff:1", at=FRIDAY + timedelta(hours=5))

    first, second = Mail.objects.order_by("pk")
    assert "Senin 19 Januari 2026 15.59 WIB" in first.text
    assert "Silakan." in second.text
    assert "/3574/privasi/data/?kunci=" in second.text


def test_only_an_access_request_gets_the_way_to_the_data():
    asked = ask(an_office(), kind="erase")
    requests.end(asked=asked, done=True, answer="", by="staff:1", at=FRIDAY)

    assert "kunci=" not in Mail.objects.latest("pk").text


def test_asking_twice_is_one_request():
    asked = ask(an_office())

    with pytest.raises(requests.AlreadyAsked) as refused:
        ask(asked.office, at=FRIDAY + timedelta(hours=1))

    assert refused.value.args == (asked,)
    assert DataRequest.objects.count() == Mail.objects.count() == 1


def test_it_is_answered_once():
    asked = ask(an_office())
    requests.end(asked=asked, done=False, answer="Bukan data Anda.", by="staff:1", at=FRIDAY)

    with pytest.raises(requests.AlreadyEnded):
        requests.end(asked=asked, done=True, answer="", by="staff:2", at=FRIDAY)

    asked.refresh_from_db()
    assert (asked.state, asked.ended_by) == ("refused", "staff:1")


def test_the_log_says_whether_the_promise_was_kept_and_names_nobody():
    asked = ask(an_office())
    requests.end(asked=asked, done=True, answer="Ini.", by="staff:1", at=asked.due_at + timedelta(seconds=1))

    event = Event.objects.get(kind="data_request.end")
    assert event.data["met"] is False
    assert "budi" not in str(event.data)


def test_a_link_that_was_changed_or_is_old_leads_nowhere(time_machine):
    asked = ask(an_office())
    time_machine.move_to(FRIDAY)
    token = letters.export_link(asked).partition("kunci=")[2].replace("%3A", ":")

    assert letters.asked_by(token) == asked.pk
    assert letters.asked_by(token[:-1]) is None
    time_machine.move_to(FRIDAY + timedelta(hours=73))
    assert letters.asked_by(token) is None


def test_unmasking_needs_a_reason():
    office = an_office()
    sari = an_officer(office)

    with pytest.raises(looking.ReasonMissing):
        looking.note(office=office, by=sari, doing=Look.Doing.UNMASK, subjects=["visitor:1"], at=MORNING)


def test_one_look_is_noted_once():
    office = an_office()
    sari = an_officer(office)
    for minutes in (0, 5, 20):
        at = MORNING + timedelta(minutes=minutes)
        looking.note(office=office, by=sari, doing=Look.Doing.VIEW, subjects=["visitor:1"], at=at)

    assert looking.at_person(["visitor:1"]).count() == looking.at_office(office).count() == 2


def test_a_breach_is_told_within_three_days_of_its_discovery():
    found = FRIDAY - timedelta(hours=10)
    breach = breaches.note(
        office=an_office(), found_at=found, data="Buku tamu Januari", happened="Ponsel hilang",
        measures="Perangkat dicabut", affected=["visitor:1", "visitor:2"], people=0, by="staff:1", at=FRIDAY,
    )  # fmt: skip
    breaches.told(breach=breach, whom=breaches.PEOPLE, by="staff:1", at=FRIDAY)

    assert (breach.due_at, breach.people) == (found + timedelta(hours=72), 2)
    with pytest.raises(breaches.AlreadyTold):
        breaches.told(breach=breach, whom=breaches.PEOPLE, by="staff:1", at=FRIDAY)
    assert Event.objects.get(kind="breach.told").data["met"] is True


def test_the_last_word_to_an_erased_person_goes_as_soon_as_it_has_left():
    asked = ask(an_office(), kind="erase")
    requests.end(asked=asked, done=True, answer="", by="staff:1", at=FRIDAY, to="budi@surel.example")
    last = Mail.objects.latest("pk")

    sent = []
    delivery.deliver(last, send=lambda mail: sent.append(mail.to), at=FRIDAY)

    last.refresh_from_db()
    assert (sent, last.state, last.to, last.text) == (["budi@surel.example"], "sent", "", "")


def test_the_last_word_that_cannot_be_sent_goes_with_the_next_sweep():
    asked = ask(an_office(), kind="erase")
    requests.end(asked=asked, done=True, answer="", by="staff:1", at=FRIDAY, to="budi@surel.example")
    last = Mail.objects.latest("pk")

    assert not outbox.forgettable(at=FRIDAY).exists()
    Mail.objects.filter(pk=last.pk).update(state=Mail.State.FAILED)
    outbox.forget_words(at=FRIDAY)

    last.refresh_from_db()
    assert (last.to, last.text) == ("", "")
