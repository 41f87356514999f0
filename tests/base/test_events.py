from datetime import UTC, datetime

import pytest
from django.db import transaction

from loket.base import events
from loket.base.models import ChainHead, Event

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 14, 2, 0, tzinfo=UTC)


def three_events(office="3574"):
    for number in range(3):
        events.record(office=office, kind="test", subject=f"thing:{number}", by="loket", at=AT, n=number)


def test_an_untouched_chain_verifies():
    three_events()
    three_events("9471")

    assert list(events.verify()) == []


@pytest.mark.parametrize(
    "change",
    [{"kind": "other"}, {"by": "staff:1"}, {"data": {"n": 9}}, {"subject": "thing:9"}, {"before": "0" * 64}],
)
def test_a_changed_event_is_found(change):
    three_events()
    Event.objects.filter(seq=2).update(**change)

    assert list(events.verify()) == [events.Fault("3574", 2, "changed")]


def test_a_removed_event_is_found():
    three_events()
    Event.objects.filter(seq=2).delete()

    assert list(events.verify()) == [events.Fault("3574", 2, "missing")]


def test_a_chain_cut_off_at_its_end_is_found():
    three_events()
    Event.objects.filter(seq=3).delete()

    assert list(events.verify()) == [events.Fault("3574", 2, "cut off")]


def test_a_refused_transaction_leaves_no_gap():
    three_events()
    with transaction.atomic():
        events.record(office="3574", kind="test", subject="x", by="loket", at=AT)
        transaction.set_rollback(True)
    three_events()

    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert ChainHead.objects.get().seq == 6


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(events.OutsideTransaction):
        events.hold("3574")


def test_a_chain_whose_head_was_removed_is_found():
    three_events()
    ChainHead.objects.all().delete()

    assert list(events.verify()) == [events.Fault("3574", 3, "cut off")]


@pytest.mark.parametrize("asked", [{"office": "3574"}, {"loaded": {"3574"}}])
def test_a_chain_that_was_removed_as_a_whole_is_found(asked):
    assert list(events.verify(**asked)) == [events.Fault("3574", 1, "missing")]


def test_an_office_at_work_adds_to_its_chain_while_it_is_verified(monkeypatch):
    three_events()
    plain = events.digest
    later = iter([three_events])

    def digest(event):
        if event.seq == 3:
            next(later, lambda: None)()
        return plain(event)

    monkeypatch.setattr(events, "digest", digest)

    assert list(events.verify()) == []
    assert ChainHead.objects.get().seq == 6
