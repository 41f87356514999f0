"""What somebody is told of the hall who has not come in yet."""

import pytest

from loket.offices.models import Service
from loket.rules.waiting import covering
from loket.screens.hall import hall_of
from loket.visits.actions.sessions import close_counter, start_break
from loket.visits.estimating import line_of
from loket.visits.models import CounterSession
from tests.cast import MORNING, an_office, sari_at_counter, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    """Two counters with a service each; three wait at the first, nobody at the second."""
    office = an_office()
    second_service(office)
    sari_at_counter(office)
    sari_at_counter(office, name="Tono", number=2)
    for _ in range(3):
        take(office)
    return office


def second_service(office, letter="B"):
    library = Service.objects.create(
        office=office, code=f"pustaka-{letter}", letter=letter, name_id="Perpustakaan", name_en="Library"
    )
    office.counters.get(number=2).services.set([library])
    return library


def joining(service):
    return line_of(service, at=MORNING).joining


def test_the_wait_covers_whatever_somebody_comes_for(office):
    first, second = office.services.order_by("letter")

    hall = hall_of(office, at=MORNING)

    assert (hall.waiting, hall.wait) == (3, covering([joining(first), joining(second)]))
    assert joining(second).high < joining(first).low
    assert (hall.wait.low, hall.wait.high) == (joining(second).low, joining(first).high)


def test_a_line_that_is_full_is_nobodys_wait(office):
    office.settings = {"daily_limit": 3}
    office.save()

    hall = hall_of(office, at=MORNING)

    assert hall.gives_numbers
    assert hall.wait == joining(office.services.get(letter="B"))
    assert (hall.waiting, hall.is_next) == (0, True)


def test_who_waits_before_the_same_counter_is_counted_where_the_own_line_is_full(office):
    """The second counter calls who came for the full service as well."""
    office.settings = {"daily_limit": 3}
    office.save()
    office.counters.get(number=2).services.set(office.services.all())

    hall = hall_of(office, at=MORNING)

    assert (hall.waiting, hall.is_next) == (3, False)


def test_no_wait_is_told_while_a_service_that_gives_numbers_has_no_officer(office, client, time_machine):
    """A free counter for one of them is nobody's next turn at the other."""
    time_machine.move_to(MORNING, tick=False)
    close_counter(session=CounterSession.objects.get(counter__number=1), by="staff:1", at=MORNING)

    hall = hall_of(office, at=MORNING)
    page = client.get(f"/{office.code}/").content.decode()

    assert (hall.waiting, hall.wait, hall.is_next) == (3, None, False)
    assert "3 orang menunggu" in page
    assert "Anda berikutnya" not in page


def test_nobody_is_next_while_somebody_waits_before_two_free_counters():
    office = an_office()
    sari_at_counter(office)
    sari_at_counter(office, name="Tono", number=2)
    take(office)

    hall = hall_of(office, at=MORNING)

    assert (hall.waiting, hall.wait.high, hall.is_next) == (1, 0, False)


def test_where_no_line_takes_anybody_no_wait_is_told(office):
    office.settings = {"daily_limit": 3}
    office.save()
    for _ in range(3):
        take(office, service=office.services.get(letter="B"))

    hall = hall_of(office, at=MORNING)

    assert (hall.full, hall.wait) == (True, None)


def test_of_many_services_none_is_forecast(office, django_assert_max_num_queries):
    for letter in "CDEFGHIJKLMNOPQRSTUVWXYZ":
        second_service(office, letter)

    with django_assert_max_num_queries(30):
        hall = hall_of(office, at=MORNING)

    assert (hall.waiting, hall.wait) == (3, None)


def test_a_break_without_an_end_is_nobodys_next_turn(client, time_machine):
    time_machine.move_to(MORNING, tick=False)
    office = an_office(counters=1)
    session = sari_at_counter(office)
    start_break(session=session, by=session.officer, at=MORNING)

    hall = hall_of(office, at=MORNING)
    page = client.get(f"/{office.code}/").content.decode()

    assert (hall.waiting, hall.wait) == (0, None)
    assert "Tidak ada yang menunggu" in page
    assert "Anda berikutnya" not in page
