"""The desk late on a busy day: it costs what it cost in the morning, and no visit is forgotten."""

import html
import re

import pytest

from loket.people.models import Membership, Role
from loket.visits.models import Ticket
from tests.cast import MORNING, take
from tests.crowd import calls_of, many_served
from tests.screens.desk import Desk, words

pytestmark = pytest.mark.django_db
EARLIER = re.compile(r'href="[^"]*(\?halaman=\d+&amp;catatan=\d+)">(\d+) (?:earlier|lebih awal)')


@pytest.fixture
def desk(client, time_machine):
    return Desk(client, time_machine)


@pytest.fixture
def served(desk):
    """Sari ended a visit without a note."""
    ticket = desk.serves()
    desk.press("selesai", ticket=ticket.pk)
    ticket.refresh_from_db()
    return ticket


@pytest.mark.parametrize("screen", ["petugas/loket/1/", "petugas/", "kelola/hari-ini/"])
def test_a_screen_costs_no_more_when_many_were_served(desk, served, screen):
    take(desk.office)
    take(desk.office, priority="elderly")
    rina = {"user": desk.session.officer, "office": desk.office, "role": Role.SUPERVISOR}
    Membership.objects.create(**rina, since=MORNING)

    def look():
        return desk.client.get(f"/{desk.office.code}/{screen}")

    def cost():
        assert look().status_code == 200
        return calls_of(look)

    many_served(served, 20)
    few = cost()
    many_served(served, 380)

    assert few > 1000
    assert cost() <= 1.01 * few


@pytest.mark.parametrize("count", [5, 200])
def test_eight_queries_however_many_were_served(desk, served, count, django_assert_max_num_queries):
    many_served(served, count)
    take(desk.office)

    with django_assert_max_num_queries(8):
        page = desk.page()

    listed = page.context["unrecorded"]
    assert len(listed.links) + listed.earlier == count


def test_visits_without_a_note_are_listed_page_by_page(desk, served):
    many_served(served, 24)
    page, seen = desk.page(), []
    noted = page.context["noted"].pk

    while True:
        seen += [int(address.rpartition("=")[2]) for address, _ in page.context["unrecorded"].links]
        earlier = EARLIER.search(words(page))
        if earlier is None:
            break
        assert int(earlier[2]) == 24 - len(seen)
        page = desk.client.get(desk.url + html.unescape(earlier[1]))
        assert page.context["noted"].pk == noted

    newest_first = Ticket.objects.order_by("-finished_at", "-pk").values_list("pk", flat=True)
    assert [noted, *seen] == list(newest_first)


def test_while_somebody_is_served_all_are_listed(desk, served):
    many_served(served, 12)
    desk.serves()

    listed = desk.page().context["unrecorded"]

    assert (len(listed.links), listed.earlier) == (10, 3)


@pytest.mark.parametrize("asked", ["7", "0", "-1", "x", "9" * 40])
def test_a_page_that_is_not_there_is_empty_or_the_first(desk, served, asked):
    take(desk.office)

    page = desk.page(halaman=asked)

    assert page.status_code == 200
    assert ("halaman=6" in words(page)) == (asked == "7")
