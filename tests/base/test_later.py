"""What nobody waits for is written all the same, in its order, in the transaction it belongs to."""

from contextlib import suppress

import pytest
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    NotSupportedError,
    OperationalError,
    connection,
    transaction,
)

from loket.base import events, families, sql
from loket.base.models import Event, Replay
from loket.people.models import Visitor
from loket.visits.models import Ticket, Visit
from tests.cast import MORNING, an_office

pytestmark = pytest.mark.django_db
# With transactions of its own, which a test otherwise has not.
committing = pytest.mark.django_db(transaction=True)


def remember(key: str) -> None:
    sql.later(
        "INSERT INTO base_replay (scope, key, fingerprint, answer, at) VALUES ('s', %s, 'f', '1', %s)",
        key,
        sql.moment(MORNING),
    )


@transaction.atomic
def remember_all(*keys: str, then: str = "") -> None:
    for key in keys:
        remember(key)
    if then == "give up":
        raise GaveUp
    if then == "cut":
        sql.one("SELECT pg_terminate_backend(pg_backend_pid())")


class GaveUp(Exception):
    """Somebody thought better of it."""


def remembered() -> list[str]:
    return list(Replay.objects.order_by("key").values_list("key", flat=True))


def test_what_nobody_reads_is_written_with_the_transaction():
    with transaction.atomic():
        remember("a")
        remember("b")

    assert remembered() == ["a", "b"]


@committing
def test_outside_a_transaction_it_is_written_at_once():
    remember("a")

    assert remembered() == ["a"]


def test_whoever_reads_next_finds_it():
    with transaction.atomic():
        remember("a")
        assert remembered() == ["a"]
        remember("b")
        assert sql.one("SELECT count(*) FROM base_replay")[0] == 2


def test_several_are_asked_before_the_first_is_read():
    with transaction.atomic():
        first = sql.later("SELECT %s + 1", 1)
        second = sql.later("SELECT %s + 1", 2)
        remember("a")

        assert (second.fetchone(), first.fetchall()) == ((3,), [(2,)])


@committing
def test_a_fault_of_what_nobody_read_takes_the_transaction_back():
    remember("a")

    with pytest.raises(IntegrityError):
        remember_all("b", "a")

    assert remembered() == ["a"]
    remember("c")
    assert remembered() == ["a", "c"]


def test_a_fault_within_a_savepoint_takes_back_only_that():
    with transaction.atomic():
        remember("a")
        with pytest.raises(IntegrityError):
            remember_all("b", "a")
        remember("c")

    assert remembered() == ["a", "c"]


def test_what_is_given_up_is_not_written():
    with pytest.raises(GaveUp):
        remember_all("a", then="give up")
    with transaction.atomic():
        remember("b")
        with pytest.raises(GaveUp):
            remember_all("c", then="give up")

    assert remembered() == ["b"]


def test_a_statement_that_failed_is_asked_again_and_again():
    remember("a")
    for _ in range(6):
        with pytest.raises(IntegrityError):
            remember_all("a")

    for number in range(6):
        remember(f"b{number}")

    assert len(remembered()) == 7


@committing
def test_a_line_that_was_cut_is_taken_up_by_the_next_request():
    remember("a")
    with pytest.raises(OperationalError):  # SQLite has no such function
        remember_all("b", then="cut")
    connection.close_if_unusable_or_obsolete()

    remember("c")
    assert remembered() == ["a", "c"]


def test_more_than_a_line_holds_goes_through():
    """Both sides write at once: neither may wait for the other to read."""
    long = "x" * 100_000
    with transaction.atomic():
        asked = [sql.later("SELECT %s", f"{number}{long}") for number in range(30)]

        assert [len(each.fetchone()[0]) for each in asked] == [len(f"{k}{long}") for k in range(30)]


def test_a_statement_takes_as_many_values_as_there_are():
    many = list(range(300))

    asked = sql.one(f"SELECT {' + '.join(['CAST(%s AS integer)'] * 300)}", *many)

    assert asked == (sum(many),)


@pytest.mark.only_on("postgresql")
def test_what_cannot_be_written_down_leaves_the_transaction_as_it_was():
    with transaction.atomic():
        remember("a")
        with pytest.raises(DataError):
            remember("b\x00")
        remember("c")

    assert remembered() == ["a", "c"]


@committing
@pytest.mark.only_on("postgresql")
def test_a_statement_goes_on_after_its_table_was_changed():
    def read():
        return sql.rows("SELECT * FROM base_replay")

    for _ in range(5):
        read()
    _in_another_connection("ALTER TABLE base_replay ADD COLUMN more integer")
    try:
        with pytest.raises(NotSupportedError):
            read()
        assert read() == []
    finally:
        _in_another_connection("ALTER TABLE base_replay DROP COLUMN more")


def _in_another_connection(statement: str) -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute(statement)
    other.close()


def test_rows_that_lead_to_each_other_are_stored_together():
    office = an_office()
    seen = {"first_seen_at": MORNING, "last_seen_at": MORNING}
    visitor = sql.new(Visitor, office=office, name="Budi", code="A1", **seen)
    visit = sql.new(Visit, office=office, visitor=visitor, day=MORNING.date(), at=MORNING, door="kiosk")
    ticket = sql.new(
        Ticket, office=office, service=office.services.get(), visit=visit, day=MORNING.date(), letter="A",
        number=1, rank=1, taken_at=MORNING, queued_at=MORNING,
    )  # fmt: skip

    with transaction.atomic():
        families.insert(visitor, visit, ticket, given={})()

    read = Ticket.objects.select_related("visit__visitor").get()
    assert (read.visit.visitor.name, read.visit.visitor.pk) == ("Budi", visitor.pk)
    assert (ticket.pk, ticket.visit_id, visit.visitor_id) == (read.pk, visit.pk, visitor.pk)
    assert read.clock_ran is None


def test_the_first_event_of_an_office_begins_its_chain():
    with transaction.atomic():
        head = events.hold("9999")
        assert (head.seq, head.digest) == (0, "")
        events.record(head=head, office="9999", kind="k", subject="s", by="loket", at=MORNING)

    assert Event.objects.get(office="9999").seq == 1
    assert list(events.verify("9999")) == []


def test_an_answer_is_read_as_often_as_one_likes(django_assert_num_queries):
    remember("a")
    asked = sql.later("SELECT key FROM base_replay")
    with django_assert_num_queries(1):
        counted = sql.later("SELECT key FROM base_replay")

    for each in (asked, counted):
        assert [each.fetchone(), each.fetchone(), each.fetchall()] == [("a",), ("a",), [("a",)]]


@committing
@pytest.mark.only_on("postgresql")
def test_a_fault_that_somebody_passed_over_is_no_commit():
    with pytest.raises(DatabaseError):
        remember_and_pass_over_a_fault()

    assert remembered() == []


@transaction.atomic
def remember_and_pass_over_a_fault():
    remember("a")
    with suppress(DatabaseError):
        sql.one("SELECT nothing FROM nowhere")
