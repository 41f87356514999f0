from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.base import sql
from loket.base.models import Event, Replay
from loket.offices.models import Office
from loket.people.models import Role, User
from loket.visits.models import Ticket, Visit
from tests.cast import MORNING, an_office, an_officer, take

pytestmark = pytest.mark.django_db


def test_an_inserted_row_reads_like_a_saved_one():
    event = Event(office="3574", seq=1, at=MORNING, kind="k", subject="s", by="loket", data={"a": [1, "é"]})

    stored = sql.insert(event)

    assert stored.pk
    read = Event.objects.get(pk=stored.pk)
    assert (read.at, read.data, read.before) == (MORNING, {"a": [1, "é"]}, "")


def test_every_kind_of_column_comes_back():
    office = an_office()
    visit = sql.insert(Visit(office=office, day=MORNING.date(), at=MORNING, door="kiosk"))
    ticket = Ticket(
        office=office,
        service=office.services.get(),
        visit=visit,
        day=MORNING.date(),
        letter="A",
        number=7,
        rank=7,
        taken_at=MORNING,
        queued_at=MORNING,
        clock_ran=timedelta(seconds=90),
        forecast_low=1.5,
        priority=True,
    )

    sql.insert(ticket)

    read = Ticket.objects.get(number=7)
    for field in Ticket._meta.concrete_fields:
        assert getattr(read, field.attname) == getattr(ticket, field.attname), field.name


def test_an_inserted_instance_can_be_saved_again():
    answer = sql.insert(Replay(scope="s", key="k", fingerprint="f", answer="1", at=MORNING))

    answer.answer = "2"
    answer.save()

    assert Replay.objects.get().answer == "2"


def test_rows_one_and_run_speak_to_both_databases():
    for number in (1, 2):
        sql.insert(Replay(scope="s", key=f"k{number}", fingerprint="f", answer=str(number), at=MORNING))

    assert sql.rows("SELECT answer FROM base_replay WHERE scope = %s ORDER BY answer", "s") == [
        ("1",),
        ("2",),
    ]
    assert sql.one("SELECT answer FROM base_replay WHERE key = %s", "absent") is None
    assert sql.run("UPDATE base_replay SET answer = %s", "3") == 2


def test_selected_rows_are_what_the_orm_reads():
    office = an_office(settings={"daily_limit": 7})
    for number in (1, 2):
        sql.insert(Visit(office=office, day=MORNING.date(), at=MORNING, door="kiosk", request=f"{number}"))

    assert sql.select(Office, "code = %s AND serves", "3574") == [office]
    assert sql.select(Office, "code = %s", "none") == []
    visits = sql.select(Visit, "office_id = %s ORDER BY id DESC", office.pk)
    for selected, read in zip(visits, Visit.objects.order_by("-pk"), strict=True):
        assert selected.__dict__ | {"_state": 0} == read.__dict__ | {"_state": 0}
    assert sql.select(Office, "code = %s", "3574")[0].settings == {"daily_limit": 7}


def test_what_keys_lead_to_is_read_along():
    office = an_office()
    ticket = take(office)
    take(office, guest=None)

    with_visitor, without = sql.select_with(
        Ticket, ("visit", "visit__visitor", "counter"), "visit.office_id = %s ORDER BY one.id", office.pk
    )

    with CaptureQueriesContext(connection) as asked:
        assert (with_visitor, with_visitor.visit) == (ticket, ticket.visit)
        assert with_visitor.visit.visitor.name == "Budi Santoso"
        assert (without.visit.visitor, without.counter) == (None, None)
    assert len(asked) == 0


def test_what_leads_here_is_read_along():
    office = an_office()
    sari, budi = an_officer(office), User.objects.create_user("budi@surel.example")
    sari.memberships.create(office=office, role=Role.SUPERVISOR, since=MORNING)
    along = ("memberships", "memberships__office")

    twice = sql.select_rows(User, along, "one.id = %s ORDER BY memberships.id", sari.pk)

    assert [(who, held.role, at) for who, held, at in twice] == [
        (sari, Role.OFFICER, office),
        (sari, Role.SUPERVISOR, office),
    ]
    with CaptureQueriesContext(connection) as asked:
        assert (twice[1][1].user, twice[1][1].office) == (sari, office)
    assert len(asked) == 0
    assert sql.select_rows(User, along, "one.id = %s", budi.pk) == [[budi, None, None]]


def test_several_rows_are_stored_in_their_order():
    stored = sql.insert_all([_answer("c"), _answer("a"), _answer("b")])

    assert [row.pk for row in stored] == sorted(row.pk for row in stored)
    assert list(Replay.objects.order_by("pk").values_list("pk", "key")) == [
        (row.pk, row.key) for row in stored
    ]


def test_of_several_rows_those_that_are_there_already_are_left_out():
    sql.insert(_answer("a", "first"))

    assert sql.insert_new([_answer("a", "second"), _answer("b", "second")]) == 1
    assert list(Replay.objects.order_by("key").values_list("key", "answer")) == [
        ("a", "first"),
        ("b", "second"),
    ]


def _answer(key, answer="1"):
    return Replay(scope="s", key=key, fingerprint="f", answer=answer, at=MORNING)


def test_a_selected_row_can_be_saved():
    an_office()
    office = sql.select(Office, "code = %s", "3574")[0]

    office.name = "BPS"
    office.save()

    assert Office.objects.get().name == "BPS"


def test_a_new_row_is_as_its_model_makes_it():
    office = an_office()
    given = {"office": office, "day": MORNING.date(), "at": MORNING, "door": "phone", "visitor": None}

    made, usual = sql.new(Visit, **given), Visit(**given)

    assert {**made.__dict__, "_state": None} == {**usual.__dict__, "_state": None}
    assert made.office is office
    assert made._state.adding


def test_a_new_row_has_its_own_made_defaults():
    first, second = sql.new(Ticket), sql.new(Ticket)

    assert first.token != second.token


def test_a_field_that_there_is_not_is_refused():
    with pytest.raises(TypeError, match="Visit has no field dor"):
        sql.new(Visit, dor="phone")


def test_a_change_names_what_it_has_seen():
    ticket = take(an_office())
    changes = {
        "state": "parked", "called_at": MORNING, "clock_ran": timedelta(minutes=3), "calls": 2,
        "counter": None, "handover_met": None,
    }  # fmt: skip

    won = sql.change(Ticket, "id = %s AND state = %s", ticket.pk, "waiting", **changes)
    again = sql.change(Ticket, "id = %s AND state = %s", ticket.pk, "waiting", **changes)

    read = Ticket.objects.get(pk=ticket.pk)
    assert (won, again) == (1, 0)
    assert {name: getattr(read, name) for name in changes} == changes


def test_a_change_leads_a_key_to_its_row():
    ticket, other = take(an_office()), take(an_office("3275"))

    sql.change(Ticket, "id = %s", ticket.pk, service=other.service)

    assert Ticket.objects.get(pk=ticket.pk).service == other.service


def test_what_is_asked_again_and_again_is_planned_once():
    plans = {
        "postgresql": "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1 + 7'",
        # SQLite's driver keeps them by itself.
        "sqlite": "SELECT 1",
    }

    answers = [sql.one("SELECT %s + 7", number) for number in range(10)]

    assert answers == [(number + 7,) for number in range(10)]
    assert sql.one(plans[connection.vendor]) == (1,)
