"""Work is taken, given and handed out; threads are merged, split, moved, marked; all of it can be undone."""

from datetime import date, timedelta

import pytest

from loket.base import events
from loket.base.models import Event
from loket.consultations import inbox
from loket.consultations.actions import (
    answering,
    assigning,
    closing,
    marking,
    merging,
    moving,
    recomputing,
    reopening,
    replying,
    staffing,
)
from loket.consultations.inbox import Box
from loket.consultations.models import DataItem, Link, Message, Presence
from loket.jobs import consulting
from loket.offices.queries import calendar_of
from loket.outbox.models import Mail
from loket.people import staff
from loket.people.models import Membership, Role, User
from loket.screens import thread_events
from tests.cast import an_officer
from tests.consultations.conversation import answer, ask, budi, fresh, probolinggo, reply, sari, turn
from tests.consultations.test_clocks import FLOOD, close_day
from tests.rules.calendars import wib

pytestmark = pytest.mark.django_db
MONDAY = "2026-01-05T09:00"
TUESDAY = wib("2026-01-06T09:00")


@pytest.fixture
def office():
    return probolinggo()


# ----- who answers


def assign(asked, to, *, seen=None, by=None):
    assigning.assign(consultation=asked, to=to, seen=seen, by=by or to or sari(asked.office), at=TUESDAY)


def test_who_takes_it_has_it_and_who_comes_second_is_told(office):
    asked = ask(office, MONDAY)
    tono = an_officer(office, "Tono")
    assign(asked, sari(office))

    with pytest.raises(assigning.AssignedMeanwhile) as refused:
        assign(asked, tono)

    assert refused.value.args == (sari(office),)
    assign(asked, tono, seen=sari(office).pk)
    assign(asked, None, seen=tono.pk)
    assert fresh(asked).assignee is None


def test_who_is_given_something_hears_of_it(office):
    asked = ask(office, MONDAY)
    assign(asked, sari(office), by=an_officer(office, "Rina", Role.SUPERVISOR))

    assert Mail.objects.filter(kind="consultation.reminder", to=sari(office).email).count() == 1


def test_only_the_offices_own_people_are_given_something(office):
    elsewhere = an_officer(probolinggo(code="3573"), "Wati")

    with pytest.raises(assigning.NotOfThisOffice):
        assign(ask(office, MONDAY), elsewhere)


def test_an_officer_who_writes_is_not_held_up_by_an_assignment(office):
    asked = ask(office, MONDAY)
    seen = fresh(asked).version
    assign(asked, sari(office))

    assert answer(asked, "2026-01-06T10:00", seen=seen).kind == "answer"


def let_go() -> list[bool]:
    return [consulting.let_go(key, TUESDAY) for key in consulting.deserted(TUESDAY)]


def unassigned(office) -> int:
    return inbox.counts(office=office, officer=sari(office))[Box.UNASSIGNED]


def test_what_an_officer_had_is_everybodys_when_they_leave(office):
    bayu = an_officer(office, "Bayu")
    elsewhere = probolinggo(code="3573")
    Membership.objects.create(user=bayu, office=elsewhere, role=Role.OFFICER, since=TUESDAY)
    assign(ask(office, MONDAY), bayu)
    assign(ask(elsewhere, MONDAY), bayu)
    assert let_go() == []

    staff.withdraw(user=bayu, office=office, by="staff:1", at=TUESDAY)

    assert let_go() == [True]
    assert (unassigned(office), unassigned(elsewhere)) == (1, 0)
    assert let_go() == []
    said = Message.objects.get(facts__code="unassigned")
    assert thread_events.for_staff(said) == "Dikembalikan ke semua petugas: belum ada yang menangani"
    assert Event.objects.filter(kind="consultation.assign").latest("pk").by == "loket"


def test_who_keeps_another_role_but_leaves_the_desk_lets_go_too(office):
    bayu = an_officer(office, "Bayu")
    asked = ask(office, MONDAY)
    assign(asked, bayu)

    staff.change_roles(user=bayu, office=office, roles={Role.SUPERVISOR}, by="staff:1", at=TUESDAY)
    assert let_go() == []
    staff.change_roles(user=bayu, office=office, roles={Role.READER}, by="staff:1", at=TUESDAY)

    assert let_go() == [True]
    assert fresh(asked).assignee is None


def test_what_a_closed_account_had_is_everybodys(office):
    bayu = an_officer(office, "Bayu")
    assign(ask(office, MONDAY), bayu)
    User.objects.filter(pk=bayu.pk).update(is_active=False)

    assert let_go() == [True]


def test_who_came_back_meanwhile_keeps_it(office):
    asked = ask(office, MONDAY)
    assign(asked, sari(office))

    assert assigning.let_go(consultation=asked, at=TUESDAY) is False
    assert fresh(asked).assignee == sari(office)


def hand_out(asked, at=TUESDAY):
    return assigning.hand_out(consultation=asked, by=asked.officer, at=at).name


def least_loaded(office, at):
    return assigning.least_loaded(office=office, kind="data", calendar=calendar_of(office), at=at)


def test_the_least_loaded_gets_the_next(office):
    sari(office), an_officer(office, "Tono")
    first, second, third = (ask(office, MONDAY) for _ in range(3))
    for each in (first, second, third):
        each.officer = sari(office)

    assert [hand_out(first), hand_out(second)] == ["Sari", "Tono"]
    answer(first, "2026-01-06T10:00")
    assert hand_out(third) == "Sari"


def away(officer, office, first, last):
    return staffing.be_absent(
        officer=officer, office=office, first=first, last=last, by="staff:1", at=TUESDAY
    )


def test_who_is_away_gets_nothing_and_who_knows_the_topic_comes_first(office):
    tono = an_officer(office, "Tono")
    asked = ask(office, MONDAY)
    staffing.know(officer=tono, office=office, kinds={"data"}, by="staff:1", at=TUESDAY)

    def next_one():
        return least_loaded(office, TUESDAY)

    sari(office)
    assert next_one() == tono
    absence = away(tono, office, date(2026, 1, 6), date(2026, 1, 7))
    assert next_one() == sari(office)
    away(sari(office), office, date(2026, 1, 6), date(2026, 1, 6))
    with pytest.raises(assigning.NobodyThere):
        assigning.hand_out(consultation=asked, by=tono, at=TUESDAY)
    staffing.be_back(absence=absence, by="staff:1", at=TUESDAY)
    assert next_one() == tono


def test_who_is_there_comes_before_who_is_not(office):
    sari(office)
    tono = an_officer(office, "Tono")
    Presence.objects.create(consultation=ask(office, MONDAY), person=tono, doing="reading", seen_at=TUESDAY)

    assert least_loaded(office, TUESDAY + timedelta(minutes=5)) == tono
    assert least_loaded(office, TUESDAY + timedelta(hours=1)) == sari(office)


def test_what_arrives_while_the_office_is_closed_is_for_those_who_are_there_when_it_opens(office):
    away(sari(office), office, date(2026, 1, 12), date(2026, 1, 12))
    tono = an_officer(office, "Tono")
    friday_evening, saturday = wib("2026-01-09T19:00"), wib("2026-01-10T10:00")

    assert least_loaded(office, wib("2026-01-09T15:00")) == sari(office)
    assert least_loaded(office, friday_evening) == least_loaded(office, saturday) == tono


# ----- handed out on arrival


@pytest.fixture
def handing_out():
    return probolinggo(code="3573", settings={"assign_on_asking": True})


def test_a_question_goes_at_once_to_who_has_least_to_do_and_that_officer_hears_of_it(handing_out):
    sari(handing_out), an_officer(handing_out, "Tono")

    asked = [fresh(ask(handing_out, MONDAY)) for _ in range(3)]

    assert [each.assignee.name for each in asked] == ["Sari", "Tono", "Sari"]
    assert Mail.objects.filter(kind="consultation.reminder", to=sari(handing_out).email).count() == 2
    event = Event.objects.filter(kind="consultation.ask").latest("seq")
    assert event.data["to"] == sari(handing_out).staff_id
    assert Message.objects.filter(facts__code="assigned", public=True).count() == 0


def test_nobody_hands_out_where_the_office_does_not_want_it_or_nobody_is_on_duty(office, handing_out):
    sari(office)
    away(an_officer(handing_out, "Tono"), handing_out, date(2026, 1, 5), date(2026, 1, 6))

    assert fresh(ask(office, MONDAY)).assignee is None
    assert fresh(ask(handing_out, MONDAY)).assignee is None
    assert not Mail.objects.filter(kind="consultation.reminder").exists()


def test_asked_twice_with_one_key_is_handed_out_once(handing_out):
    sari(handing_out)
    first, second = (ask(handing_out, MONDAY, key="satu") for _ in range(2))

    assert first == second
    assert Mail.objects.filter(kind="consultation.reminder").count() == 1


def test_what_is_passed_on_is_handed_out_where_it_arrives(office):
    there = probolinggo(code="3573", settings={"assign_on_asking": True})
    wati = an_officer(there, "Wati")
    asked = ask(office, MONDAY)
    assign(asked, sari(office))

    moving.move(consultation=fresh(asked), to=there, by=sari(office), at=TUESDAY)

    assert fresh(asked).assignee == wati
    assert Mail.objects.filter(kind="consultation.reminder", to=wati.email).count() == 1


def test_the_days_of_an_absence_are_in_order(office):
    with pytest.raises(staffing.DaysWrong):
        staffing.be_absent(
            officer=sari(office), office=office, first=date(2026, 1, 7), last=date(2026, 1, 6), by="staff:1",
            at=TUESDAY,
        )  # fmt: skip


# ----- merging and splitting


def merge(one, into):
    return merging.merge(consultation=fresh(one), into=fresh(into), by=sari(one.office), at=TUESDAY)


def test_the_earliest_open_turn_survives_a_merge(office):  # 25
    first, second = ask(office, MONDAY), ask(office, "2026-01-06T08:00", text="Juga yang tahunan?")

    merge(first, second)

    now = fresh(second)
    assert (now.due_at, turn(second).started_at) == (wib("2026-01-08T15:30"), wib(MONDAY))
    assert (fresh(first).state, fresh(first).close_reason) == ("closed", "merged")
    said = Message.objects.filter(consultation=second, kind="visitor").order_by("at")
    assert [message.origin_id for message in said] == [first.pk, None]
    assert turn(first).met is None
    assert not Mail.objects.filter(kind="consultation.closed").exists()


def test_a_merge_the_other_way_round_keeps_it_too(office):
    first, second = ask(office, MONDAY), ask(office, "2026-01-06T08:00")

    assert merge(second, first).due_at == wib("2026-01-08T15:30")


def test_a_turn_is_carried_into_a_thread_that_waits_for_the_visitor(office):
    waiting, asked = ask(office, MONDAY), ask(office, MONDAY)
    answer(waiting, "2026-01-05T10:00")

    merge(asked, waiting)

    now = fresh(waiting)
    assert (now.state, now.turn, now.close_at, now.due_at) == ("office", 2, None, wib("2026-01-08T15:30"))


def test_what_is_written_to_a_merged_thread_goes_to_the_other(office):
    first, second = ask(office, MONDAY), ask(office, MONDAY)
    merge(first, second)

    assert reply(first, "2026-01-06T10:00").consultation == second


def test_a_merge_is_taken_apart(office):
    first, second = ask(office, MONDAY), ask(office, "2026-01-06T08:00")
    merge(first, second)

    merging.take_apart(consultation=fresh(first), by=sari(office), at=TUESDAY + timedelta(hours=1))

    now = fresh(first)
    assert (now.state, now.due_at, now.merged_into) == ("office", wib("2026-01-08T15:30"), None)
    assert Message.objects.filter(consultation=first, kind="visitor").count() == 1
    with pytest.raises(merging.NotMerged):
        merging.take_apart(consultation=now, by=sari(office), at=TUESDAY)


def test_threads_of_two_people_are_never_merged(office):
    of_budi, of_siti = ask(office, MONDAY), ask(office, MONDAY, by=budi("siti@surel.example", "Siti"))

    with pytest.raises(merging.NotTheSamePerson):
        merge(of_budi, of_siti)


def test_what_is_closed_is_not_merged(office):
    first, second = ask(office, MONDAY), ask(office, MONDAY)
    closing.withdraw(consultation=first, at=TUESDAY)

    for one, other in ((first, second), (second, first), (second, second)):
        with pytest.raises(merging.NotBothOpen):
            merge(one, other)


def split(asked, *messages):
    keys = [message.pk for message in messages]
    return merging.split(
        consultation=fresh(asked), messages=keys, subject="PDRB", by=sari(asked.office), at=TUESDAY
    )


def test_a_split_starts_at_the_time_of_its_message(office):
    asked = ask(office, "2026-01-02T09:00")
    second = reply(asked, MONDAY, text="Dan PDRB?")

    anew = fresh(split(asked, second))

    assert (anew.label, anew.subject, anew.split_from) == ("K-2026-00002", "PDRB", asked)
    assert anew.due_at == wib("2026-01-08T15:30")
    assert fresh(asked).due_at == wib("2026-01-07T15:30")
    assert Message.objects.get(pk=second.pk).consultation == anew


def test_a_split_leaves_something_on_either_side(office):
    asked = ask(office, MONDAY)
    only = Message.objects.get(consultation=asked)

    for chosen in ([], [only]):
        with pytest.raises(merging.NothingToSplit):
            split(asked, *chosen)


def test_two_are_linked_once_and_unlinked(office):
    first, second = ask(office, MONDAY), ask(office, MONDAY)
    for one, other in ((second, first), (first, second)):
        merging.link(one=one, other=other, by=sari(office), at=TUESDAY)

    assert Link.objects.get().first == first
    merging.unlink(one=second, other=first, by=sari(office), at=TUESDAY)
    assert not Link.objects.exists()


# ----- moving and marking


def test_another_office_takes_over_the_deadline_as_it_was(office):
    malang = probolinggo(code="3573", zone="Asia/Makassar")
    asked = ask(office, MONDAY)
    assign(asked, sari(office))

    moving.move(consultation=fresh(asked), to=malang, by=sari(office), at=TUESDAY)

    now = fresh(asked)
    assert (now.office, now.assignee, now.due_at) == (malang, None, wib("2026-01-08T15:30"))
    assert "K-2026-00001" in Mail.objects.get(kind="consultation.office").subject
    assert Event.objects.filter(office="3573", kind="consultation.move_in").count() == 1
    assert list(events.verify()) == []


def test_a_moved_deadline_still_follows_the_calendar_it_began_with(office):
    malang = probolinggo(code="3573")
    asked = ask(office, MONDAY)
    moving.move(consultation=fresh(asked), to=malang, by=sari(office), at=TUESDAY)

    close_day(malang, FLOOD, "2026-01-06T10:00")
    assert fresh(asked).due_at == wib("2026-01-08T15:30")
    close_day(office, FLOOD, "2026-01-06T11:00")
    assert fresh(asked).due_at == wib("2026-01-09T16:00")
    assert recomputing.recompute(office=office, at=TUESDAY) == 0


def test_who_answers_from_the_old_page_of_a_moved_thread_is_told(office):
    from loket.consultations.actions.saying import ThreadMoved

    asked = fresh(ask(office, MONDAY))
    moving.move(consultation=fresh(asked), to=probolinggo(code="3573"), by=sari(office), at=TUESDAY)

    with pytest.raises(ThreadMoved):
        answering.answer(consultation=asked, by=sari(office), text="Ya", seen=1, at=TUESDAY)


def test_nothing_moves_to_where_nobody_answers_or_when_it_is_over(office):
    asked = ask(office, MONDAY)
    nation = probolinggo(code="0000", serves=False)
    for to in (office, nation):
        with pytest.raises(moving.NoSuchDesk):
            moving.move(consultation=fresh(asked), to=to, by=sari(office), at=TUESDAY)
    closing.withdraw(consultation=asked, at=TUESDAY)
    with pytest.raises(answering.IsClosed):
        moving.move(consultation=fresh(asked), to=probolinggo(code="3573"), by=sari(office), at=TUESDAY)


def test_spam_is_set_aside_in_silence_and_can_come_back_with_its_deadline(office):
    asked = ask(office, MONDAY)

    marking.mark_spam(consultation=asked, by=sari(office), at=TUESDAY)
    with pytest.raises(replying.ClosedForGood):
        reply(asked, "2026-01-06T10:00")
    assert Mail.objects.count() == 1

    reopening.take_back_spam(consultation=fresh(asked), by=sari(office), at=wib("2026-01-07T09:00"))
    now = fresh(asked)
    assert (now.state, now.due_at) == ("office", wib("2026-01-08T15:30"))
    with pytest.raises(reopening.NotSetAside):
        reopening.take_back_spam(consultation=now, by=sari(office), at=TUESDAY)


def test_a_day_closed_while_it_lay_aside_moves_the_deadline_when_it_comes_back(office):
    asked = ask(office, MONDAY)
    marking.mark_spam(consultation=asked, by=sari(office), at=TUESDAY)
    close_day(office, FLOOD, at="2026-01-06T10:00")
    moved = Mail.objects.filter(kind="consultation.moved")
    assert moved.count() == 0

    reopening.take_back_spam(consultation=fresh(asked), by=sari(office), at=wib("2026-01-06T14:00"))

    assert fresh(asked).due_at == wib("2026-01-09T16:00")
    assert "Banjir" in str(asked.turns.get().skipped)
    assert moved.count() == 1


def test_a_complaint_is_marked_once_and_the_log_remembers(office):
    asked = ask(office, MONDAY)
    for _ in range(2):
        marking.mark_complaint(consultation=asked, by=sari(office), at=TUESDAY)
    assert fresh(asked).complaint_at == TUESDAY

    marking.unmark_complaint(consultation=asked, by=sari(office), at=TUESDAY)

    assert fresh(asked).complaint_at is None
    kinds = Event.objects.filter(kind__contains="complaint").order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["consultation.complaint", "consultation.no_complaint"]


def test_a_data_item_is_closed_with_what_became_of_it(office):
    from loket.consultations.actions.asking import Wanted

    asked = ask(office, MONDAY, items=[Wanted(what="Inflasi", area="Probolinggo", year_from=2025)])

    marking.judge_item(consultation=asked, position=1, found="found", by=sari(office), at=TUESDAY)

    assert DataItem.objects.get().found == "found"
    with pytest.raises(marking.NoSuchItem):
        marking.judge_item(consultation=asked, position=2, found="found", by=sari(office), at=TUESDAY)
