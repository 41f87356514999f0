"""The demo keeps every rule of the program, and doing it again adds nothing."""

from datetime import datetime, timedelta

import pytest
from django.db.models import F

from loket.base import events
from loket.base.models import Event
from loket.consultations.models import Consultation
from loket.demo import filling
from loket.demo.opening import NAME
from loket.feedback.models import Complaint, Rating
from loket.library.models import Item
from loket.offices import loading, officefile
from loket.offices.models import CalendarVersion
from loket.offices.queries import calendar_of
from loket.people.models import Membership
from loket.visits.actions.numbering import check_doors
from loket.visits.estimating import Queue
from loket.visits.models import CounterSession, Ticket
from tests.cast import WIB

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 1, 20, 10, 30, tzinfo=WIB)
NIGHT = datetime(2026, 1, 20, 23, 40, tzinfo=WIB)
SUNDAY = datetime(2026, 1, 18, 11, 0, tzinfo=WIB)


@pytest.fixture
def office(monkeypatch):
    monkeypatch.setattr(filling, "HISTORY", timedelta(days=4))
    file = officefile.read(loading.example("3574"))
    return loading.load(file=file, by="loket", at=TUESDAY).office


def test_working_days_are_served_and_verify(office):
    added = filling.fill(office=office, at=TUESDAY)

    days = sorted(set(Ticket.objects.values_list("day", flat=True)))
    # The 16th is a holiday, the 17th and 18th are a weekend.
    assert [day.day for day in days] == [19, 20]
    assert added == Ticket.objects.count() > 20
    assert Rating.objects.exists()
    assert list(events.verify()) == []
    assert not Event.objects.filter(data__icontains="surel.example").exists()
    assert not Ticket.objects.filter(started_at__lt=F("called_at")).exists()


def test_the_morning_is_under_way(office):
    filling.fill(office=office, at=TUESDAY)

    today = Ticket.objects.of_day(office, TUESDAY.date())
    assert today.filter(state="serving").count() == 1
    assert today.filter(state="waiting").count() >= 4
    assert CounterSession.objects.filter(closed_at=None).count() == 2
    assert not today.filter(taken_at__gt=TUESDAY).exists()


def test_what_is_kept_of_past_days_is_what_the_actions_keep(office):
    filling.fill(office=office, at=TUESDAY)
    past, today = TUESDAY.replace(hour=0), TUESDAY.date()

    said = {False: {}, True: {}}
    for event in Event.objects.filter(office=office.code, kind__startswith="ticket."):
        said[event.at < past].setdefault(event.kind, set(event.data))
    assert said[True] == said[True] | said[False]
    served = Ticket.objects.filter(state="served")
    assert set(filled(served.exclude(day=today)[0])) == set(filled(served.filter(day=today)[0]))
    ticket = served.exclude(day=today)[0]
    assert list(ticket.moves.order_by("pk").values_list("move", flat=True)) == ["call", "start", "finish"]
    assert Ticket.objects.order_by("rank")[0].number == 1


def filled(ticket) -> list[str]:
    """The columns that say something; the clock's beginning may be missing for who never waited."""
    values = {field.name: getattr(ticket, field.name) for field in ticket._meta.concrete_fields}
    unsure = ("clock_from", "clock_ran", "priority_reason")
    return [name for name, value in values.items() if value not in (None, "") and name not in unsure]


def test_filling_again_adds_nothing(office):
    filling.fill(office=office, at=TUESDAY)

    assert filling.fill(office=office, at=TUESDAY + timedelta(minutes=5)) == 0


def test_the_next_day_has_a_morning_of_its_own(office):
    filling.fill(office=office, at=TUESDAY)

    filling.fill(office=office, at=TUESDAY + timedelta(days=1))

    today = Ticket.objects.of_day(office, TUESDAY.date() + timedelta(days=1))
    assert today.filter(state="serving").count() == 1
    assert not Ticket.objects.of_day(office, TUESDAY.date()).filter(state="waiting").exists()


def test_in_opening_hours_the_calendar_is_left_alone(office):
    filling.fill(office=office, at=TUESDAY)

    assert CalendarVersion.objects.count() == 1


@pytest.mark.parametrize("at", [NIGHT, SUNDAY], ids=["at night", "on a Sunday"])
def test_the_hall_is_open_at_any_hour(office, at):
    filling.fill(office=office, at=at)

    assert calendar_of(office).moment(at).is_open
    check_doors(office=office, queue=Queue(office.services.get(), at=at + timedelta(minutes=10)))
    assert calendar_of(office).period_of(at.date()).name == NAME
    assert Ticket.objects.of_day(office, at.date()).filter(state="waiting").exists()


@pytest.mark.parametrize("part", [filling.history, filling.shelf, filling.talking, filling.complaining])
def test_a_filling_that_ended_in_the_middle_leaves_nothing_and_begins_anew(office, monkeypatch, part):
    verb = {"history": "keep", "shelf": "fill", "talking": "talk", "complaining": "complain"}
    done = getattr(part, name := verb[part.__name__.rpartition(".")[2]])

    def end_after(**facts):
        done(**facts)
        raise KeyboardInterrupt

    monkeypatch.setattr(part, name, end_after)
    with pytest.raises(KeyboardInterrupt):
        filling.fill(office=office, at=TUESDAY)
    left = [model.objects.count() for model in (Ticket, Item, Membership, Consultation, Complaint)]
    monkeypatch.setattr(part, name, done)

    assert left == [0] * 5
    assert filling.fill(office=office, at=TUESDAY) == Ticket.objects.count() > 20
    assert all(model.objects.exists() for model in (Item, Consultation, Complaint))
    assert list(events.verify()) == []
