"""The public performance page tells how promises were kept, and nothing of fewer than five people."""

from datetime import timedelta

import pytest

from loket.reports import keeping
from loket.visits.actions import calling
from tests.cast import MORNING, an_office, sari_at_counter, take
from tests.consultations.conversation import answer, ask, probolinggo

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
IN_MARCH = MORNING.replace(month=3)


def visits(office, *, kept, missed):
    session, at = sari_at_counter(office, at=MORNING), MORNING
    for number in range(kept + missed):
        take(office, at=at)
        calling.call_next(session=session, at=at)
        late = number < missed
        calling.start(session=session, at=at + (11 if late else 1) * MINUTE)
        calling.finish(session=session, at=at + 12 * MINUTE)
        at += 12 * MINUTE


@pytest.fixture
def page(client, time_machine):
    def opened(office):
        keeping.bring_up(office=office, at=IN_MARCH)
        time_machine.move_to(IN_MARCH, tick=False)
        return client.get("/3574/kinerja/").content.decode()

    return opened


def test_a_promise_that_was_always_kept_is_told_exactly(page):
    office = an_office()
    visits(office, kept=6, missed=0)

    assert "100,0 %" in page(office)


def test_few_who_waited_too_long_are_told_as_a_bound(page):
    office = an_office()
    visits(office, kept=18, missed=2)

    shown = page(office)

    assert "setidaknya 80,0 %" in shown
    assert "90,0" not in shown
    assert "tidak ditampilkan" in shown


def test_fewer_than_five_visits_tell_nothing(page):
    office = an_office()
    visits(office, kept=3, missed=0)

    shown = page(office)

    assert "Masih terlalu sedikit untuk ditampilkan." in shown
    assert "3 dari 3" not in shown


def test_an_office_that_has_just_begun_has_a_page(client):
    an_office()

    shown = client.get("/3574/kinerja/")

    assert shown.status_code == 200
    assert "Senin–Kamis: 08.00–15.30" in shown.content.decode()


def test_the_page_may_be_kept_for_five_minutes(client):
    an_office()

    assert client.get("/3574/kinerja/").headers["Cache-Control"] == "max-age=300, public"


def test_questions_that_nobody_answered_count_against_the_promise(page):
    office = probolinggo()
    for number in range(10):
        asked = ask(office, "2026-01-13T10:00", key=f"press-{number}")
        if number < 5:
            answer(asked, "2026-01-14T09:00")

    shown = page(office)

    assert "50,0 %" in shown
    assert "dari 10" in shown
