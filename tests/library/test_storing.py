"""Putting items on the shelf."""

import pytest

from loket.base.models import Event
from loket.library.actions import storing
from loket.library.actions.storing import Entry, Refusal
from loket.library.models import Item, Shelf
from loket.live import announce
from tests.cast import MORNING, an_office
from tests.library.shelf import THINGS, put

pytestmark = pytest.mark.django_db


def test_the_same_twice_changes_nothing():
    first = put(*THINGS)
    version = Shelf.objects.get().version

    second = put(*THINGS)

    assert (first.added, second.added, second.changed, second.unchanged) == (6, 0, 0, 6)
    assert Shelf.objects.get().version == version
    assert Event.objects.filter(kind="library.stored").count() == 1


def test_what_a_source_changed_is_changed():
    put(Entry(key="a", kind="table", title="Inflasi"))

    outcome = put(Entry(key="a", kind="table", title="Inflasi Bulanan"))

    assert outcome.changed == 1
    assert Item.objects.get().title == "Inflasi Bulanan"


def test_a_refused_row_stops_nothing():
    outcome = put(Refusal("2", "no title"), THINGS[0])

    assert outcome.added == 1
    assert [each.row for each in outcome.refused] == ["2"]


def test_screens_hear_of_it_and_the_log_of_the_office_too():
    office = an_office()
    before = announce.version(storing.TOPIC)

    put(THINGS[0], chain=office.code)

    assert announce.version(storing.TOPIC) == before + 1
    assert Event.objects.get(kind="library.stored").office == "3574"


def test_what_is_withdrawn_stays_and_can_come_back():
    put(*THINGS)

    gone = storing.withdraw(source="shelf", keys=["ipm", "unknown"], by="loket", at=MORNING)
    again = put(*THINGS)

    assert gone == 1
    assert again.changed == 1
    assert Item.objects.get(key="ipm").status == "published"


def test_batches_are_small_and_their_number_of_queries_is_known(django_assert_max_num_queries):
    many = [Entry(key=str(number), kind="table", title=f"Tabel {number}") for number in range(500)]
    put(THINGS[0])

    with django_assert_max_num_queries(24):
        outcome = put(*many)

    assert outcome.added == 500
