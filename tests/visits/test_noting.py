"""The note never holds up the finish, is never lost, and reaches the visitor once it is said."""

from datetime import timedelta

import pytest

from loket.consultations.actions import Item, Record
from loket.outbox.models import Mail
from loket.rules.queueing import State
from loket.visits.actions import calling, noting, numbering, sessions, undoing
from loket.visits.models import NoteDraft, Ticket, Visit
from tests.cast import BUDI, MORNING, an_office, sari_at_counter, take

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
NOTE = Record(question="Inflasi 2025", kind="data", items=[Item(what="Inflasi", found="found")])


def budi_is_served(office=None, *, guest=BUDI):
    office = office or an_office()
    session = sari_at_counter(office)
    ticket = take(office, guest=guest)
    calling.call_next(session=session, at=MORNING)
    return session, calling.start(session=session, at=MORNING + MINUTE, seen=ticket.pk)


def complete(session, ticket, *, seen=0, at=MORNING + 5 * MINUTE, note=NOTE):
    return noting.complete(session=session, ticket=ticket, record=note, rating_link="L", seen=seen, at=at)


def summaries():
    return Mail.objects.filter(kind="ticket.summary").order_by("pk")


def test_saving_and_sending_finishes_the_visit_and_mails_the_note():
    session, ticket = budi_is_served()

    complete(session, ticket)

    ticket.refresh_from_db()
    assert ticket.state == State.SERVED
    [mail] = summaries()
    assert "Inflasi 2025" in mail.text
    assert mail.next_try_at == MORNING + 6 * MINUTE


def test_a_guest_book_filled_in_late_leaves_the_note_where_it_is():
    session, ticket = budi_is_served(guest=None)
    read_before = Ticket.objects.select_related("visit", "office").get(pk=ticket.pk)
    recorded = noting.note(ticket=ticket, record=NOTE, by=session.officer, at=MORNING + 2 * MINUTE)

    request = numbering.Request(purpose="study", text="Inflasi 2025", kind="data")
    numbering.fill_guest_book(ticket=read_before, request=request, guest=BUDI, at=MORNING + 3 * MINUTE)

    visit = Visit.objects.get(ticket=ticket)
    assert visit.consultation == recorded
    assert visit.visitor.name == BUDI.name


def test_the_finish_does_not_wait_for_the_note():
    session, ticket = budi_is_served()

    noting.finish(session=session, ticket=ticket, rating_link="L", at=MORNING + 5 * MINUTE)

    ticket.refresh_from_db()
    assert ticket.state == State.SERVED
    assert summaries().get().next_try_at == MORNING + 5 * MINUTE + noting.NOTE_GRACE


def test_a_note_completed_in_time_changes_the_one_mail():
    session, ticket = budi_is_served()
    done = noting.finish(session=session, ticket=ticket, rating_link="L", at=MORNING + 5 * MINUTE)

    complete(session, done, at=MORNING + 8 * MINUTE)

    [mail] = summaries()
    assert "- Inflasi" in mail.text
    assert mail.next_try_at == MORNING + 9 * MINUTE


def test_a_note_completed_after_the_mail_left_follows_in_a_second_one():
    session, ticket = budi_is_served()
    done = noting.finish(session=session, ticket=ticket, rating_link="L", at=MORNING + 5 * MINUTE)
    late = MORNING + 30 * MINUTE
    summaries().update(state=Mail.State.SENT, sent_at=late)

    complete(session, done, at=late + MINUTE)

    assert [mail.state for mail in summaries()] == ["sent", "waiting"]
    assert "- Inflasi" in summaries().last().text


def test_a_finish_taken_back_takes_its_mail_back():
    session, ticket = budi_is_served()
    complete(session, ticket)

    undoing.undo(session=session, at=MORNING + 5 * MINUTE + timedelta(seconds=50))

    ticket.refresh_from_db()
    assert ticket.state == State.SERVING
    assert not summaries().exists()


def test_finishing_again_after_an_undo_mails_once():
    session, ticket = budi_is_served()
    complete(session, ticket)
    back = undoing.undo(session=session, at=MORNING + 5 * MINUTE)

    complete(session, back, seen=1, at=MORNING + 9 * MINUTE)

    assert summaries().get().next_try_at == MORNING + 10 * MINUTE


def test_a_visitor_without_an_address_gets_no_mail():
    session, ticket = budi_is_served(guest=None)

    complete(session, ticket)

    assert not Mail.objects.exists()


def test_two_windows_do_not_overwrite_each_others_draft():
    session, ticket = budi_is_served()
    first = noting.save_draft(
        ticket=ticket, content={"answer": "satu"}, seen=0, by=session.officer, at=MORNING
    )

    with pytest.raises(noting.NoteChanged) as refusal:
        noting.save_draft(ticket=ticket, content={"answer": "dua"}, seen=0, by=session.officer, at=MORNING)
    with pytest.raises(noting.NoteChanged):
        complete(session, ticket, seen=7)

    assert refusal.value.draft == first
    assert NoteDraft.objects.get().content == {"answer": "satu"}


def test_what_became_the_record_is_kept_in_one_place():
    session, ticket = budi_is_served()
    noting.save_draft(ticket=ticket, content={"answer": "satu"}, seen=0, by=session.officer, at=MORNING)

    complete(session, ticket, seen=1)

    assert NoteDraft.objects.get().content == {}


def test_a_press_from_a_stale_tab_does_not_hit_the_next_visitor():
    session, gone = budi_is_served()
    noting.finish(session=session, ticket=gone, rating_link="L", at=MORNING + 2 * MINUTE)
    current = take(session.counter.office)
    calling.call_next(session=session, at=MORNING + 3 * MINUTE)

    with pytest.raises(calling.ElsewhereServed):
        calling.skip(session=session, at=MORNING + 4 * MINUTE, seen=gone.pk)

    current.refresh_from_db()
    assert current.state == State.CALLED


def test_pressing_undo_twice_takes_one_press_back():
    session, ticket = budi_is_served()
    step = undoing.undoable(session=session, at=MORNING + MINUTE)
    undoing.undo(session=session, at=MORNING + MINUTE, press=step.pk)

    with pytest.raises(undoing.NothingToUndo):
        undoing.undo(session=session, at=MORNING + MINUTE, press=step.pk)

    ticket.refresh_from_db()
    assert ticket.state == State.CALLED


def test_during_a_break_no_visitor_comes_back_to_the_counter():
    session, ticket = budi_is_served()
    complete(session, ticket)
    sessions.start_break(session=session, by=session.officer, at=MORNING + 5 * MINUTE)

    with pytest.raises(sessions.OnBreak):
        undoing.undo(session=session, at=MORNING + 5 * MINUTE)


def test_a_visitor_set_aside_keeps_the_first_start_and_its_hand_over():
    session, ticket = budi_is_served()
    kept = ticket.handover
    calling.park(session=session, reason="formulir", at=MORNING + 2 * MINUTE)
    ticket.refresh_from_db()

    calling.call_chosen(session=session, ticket=ticket, reason="", at=MORNING + 40 * MINUTE)
    calling.start(session=session, at=MORNING + 41 * MINUTE)

    ticket.refresh_from_db()
    assert (ticket.handover, ticket.started_at) == (kept, MORNING + MINUTE)
