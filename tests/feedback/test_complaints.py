"""The register of complaints: filed once, followed with a secret, hidden from whom it is about."""

from datetime import timedelta

import pytest

from loket.base.models import Event
from loket.base.replay import KeyReused
from loket.feedback import secrets
from loket.feedback.actions import complaint_clock, complaint_moves, complaints
from loket.feedback.models import Complaint
from loket.feedback.queries_complaints import complaints_for, public_figures
from loket.jobs import complaining
from loket.outbox.models import Mail
from loket.people.models import Role
from loket.rules.complaining import MoveRefused
from tests.cast import MORNING, an_office, an_officer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WORDS = complaints.Words("Antre terlalu lama", "Saya menunggu dua jam.")


def complain(office, *, key="one", words=WORDS, at=MORNING, **more):
    return complaints.file_complaint(
        office=office, words=words, door=Complaint.Door.WEB, key=key, at=at, **more
    )


@pytest.fixture
def office():
    office = an_office()
    an_officer(office, "Rina Handayani", Role.SUPERVISOR, "rina@kantor.example")
    an_officer(office, "Adi Nugraha", Role.ADMINISTRATOR, "adi@kantor.example")
    an_officer(office, "Sari Wulandari", Role.OFFICER, "sari@kantor.example")
    return office


def person(office, name):
    return office.memberships.get(user__email=f"{name}@kantor.example").user


# ----- filing and following


def test_a_complaint_gets_number_code_secret_and_deadlines(office):
    filed = complain(office)

    complaint = filed.complaint
    assert (complaint.label, complaint.state, len(filed.secret)) == ("P-2026-0001", "received", 10)
    # Received on 14 January: fourteen and sixty whole days.
    assert complaint.respond_due == MORNING.replace(hour=0) + 15 * DAY
    assert complaint.decide_due == MORNING.replace(hour=0) + 61 * DAY
    assert filed.secret not in complaint.secret_digest
    assert "Antre" not in str(Event.objects.latest("seq").data)


def test_pressing_twice_is_one_complaint_with_one_secret(office):
    first, again = complain(office), complain(office)

    assert (first.complaint, first.secret) == (again.complaint, again.secret)
    assert complain(office, key="two").complaint.label == "P-2026-0002"


def test_code_and_secret_open_it_however_they_are_typed(office):
    filed = complain(office)
    code, secret = secrets.grouped(filed.complaint.code).lower(), f" {secrets.grouped(filed.secret)} "

    assert complaints.find(office=office, code=code, secret=secret) == filed.complaint


@pytest.mark.parametrize("wrong", ["code", "secret", "office", "both"])
def test_whatever_is_wrong_the_answer_is_the_same(office, wrong):
    filed = complain(office)
    given = {
        "office": an_office("9471") if wrong == "office" else office,
        "code": "X" if wrong in ("code", "both") else filed.complaint.code,
        "secret": "X" if wrong in ("secret", "both") else filed.secret,
    }

    with pytest.raises(complaints.NotFound) as refused:
        complaints.find(**given)

    assert refused.value.args == ()


def test_the_acknowledgement_has_the_secret_and_no_mail_the_words(office):
    filed = complain(office, contact=complaints.Contact("Budi", "budi@surel.example"))

    [mail] = Mail.objects.filter(to="budi@surel.example")
    assert secrets.grouped(filed.secret) in mail.text
    assert not Mail.objects.filter(text__contains="dua jam").exists()
    assert set(Mail.objects.values_list("to", flat=True)) == {
        "budi@surel.example", "rina@kantor.example", "adi@kantor.example",
    }  # fmt: skip


def test_paper_has_a_day_of_its_own_and_none_to_come(office):
    filed = complain(office, received_at=MORNING - 5 * DAY)

    assert filed.complaint.respond_due == MORNING.replace(hour=0) + 10 * DAY
    with pytest.raises(complaints.InTheFuture):
        complain(office, key="two", received_at=MORNING + DAY)


# ----- the way of a complaint


def go(move, complaint, by, *, at=MORNING, **more):
    complaint.refresh_from_db()
    return move(complaint=complaint, by=by, at=at, **more)


def decided(office):
    rina = person(office, "rina")
    complaint = complain(office, contact=complaints.Contact(email="budi@surel.example")).complaint
    go(complaint_moves.verify, complaint, rina, category="light", handler=rina)
    go(complaint_moves.start, complaint, rina)
    return go(complaint_moves.resolve, complaint, rina, text="Kami menambah loket."), rina


def test_from_verified_to_decided_and_final(office):
    complaint, _ = decided(office)

    complaint.refresh_from_db()
    assert (complaint.state, complaint.category) == ("resolved", "light")
    # The class counts two working days; the holiday of 16 January is not in this calendar.
    assert complaint.decide_due == MORNING.replace(day=16, hour=16)
    assert complaint.responded_at == MORNING
    later = MORNING + 15 * DAY
    assert complaining.expiring(MORNING + DAY) == []
    assert [complaining.expire(each, later) for each in complaining.expiring(later)] == [True]
    complaint.refresh_from_db()
    assert (complaint.state, complaining.expiring(later)) == ("final", [])


def test_an_objection_is_taken_once_and_decided(office):
    complaint, rina = decided(office)

    complaints.object_to(complaint=complaint, text="Belum ada loket baru.", key="a", at=MORNING + DAY)
    with pytest.raises(complaints.TooLateToObject):
        complaints.object_to(complaint=complaint, text="Lagi", key="b", at=MORNING + DAY)
    go(complaint_moves.decide, complaint, rina, text="Loket dibuka Senin.", at=MORNING + 2 * DAY)

    complaint.refresh_from_db()
    assert (complaint.state, complaint.messages.count()) == ("final", 3)


def test_an_objection_after_fourteen_days_is_too_late(office):
    complaint, _ = decided(office)

    with pytest.raises(complaints.TooLateToObject):
        complaints.object_to(
            complaint=complaint, text="Telat", key="a", at=MORNING.replace(hour=0) + 15 * DAY
        )


def test_a_step_that_does_not_follow_is_refused(office):
    complaint = complain(office).complaint

    with pytest.raises(MoveRefused):
        go(complaint_moves.resolve, complaint, person(office, "rina"), text="Selesai")


def test_of_two_presses_on_the_same_page_the_second_is_told(office):
    rina, adi = person(office, "rina"), person(office, "adi")
    complaint = complain(office).complaint
    seen_by_both = Complaint.objects.get(pk=complaint.pk)
    complaint_moves.verify(complaint=complaint, category="", handler=rina, by=rina, at=MORNING)

    with pytest.raises(complaints.ComplaintMoved):
        complaint_moves.verify(complaint=seen_by_both, category="", handler=adi, by=adi, at=MORNING)


def test_forwarded_says_where_and_a_duplicate_leads_to_its_first(office):
    rina = person(office, "rina")
    first, second = complain(office).complaint, complain(office, key="two").complaint

    go(complaint_moves.mark_duplicate, second, rina, of=first)
    go(complaint_moves.forward, first, rina, to="Dinas Dukcapil", text="Kami teruskan.")

    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.state, second.duplicate_of) == ("duplicate", first)
    assert (first.state, first.forwarded_to) == ("not_ours", "Dinas Dukcapil")
    with pytest.raises(MoveRefused):
        go(complaint_moves.mark_duplicate, second, rina, of=second)


def test_what_was_missing_starts_the_time_for_the_decision_anew(office):
    rina = person(office, "rina")
    complaint = complain(office).complaint
    go(complaint_moves.answer, complaint, rina, text="Pada hari apa?", asks=True)
    assert complaint_clock.pressing(at=MORNING + 60 * DAY) == []

    complaints.reply(complaint=complaint, text="Hari Senin.", key="a", at=MORNING + 10 * DAY)

    complaint.refresh_from_db()
    assert (complaint.waiting_since, complaint.decide_due) == (None, MORNING.replace(hour=0) + 71 * DAY)


def test_a_reply_is_told_once_to_whoever_handles_it_and_without_its_words(office):
    rina, sari = person(office, "rina"), person(office, "sari")
    complaint = complain(office).complaint
    complaints.reply(complaint=complaint, text="Hari Senin.", key="a", at=MORNING)
    before = set(Mail.objects.filter(text__contains="Pengadu menulis lagi").values_list("to", flat=True))
    go(complaint_moves.verify, complaint, rina, category="", handler=sari)

    for _ in range(2):
        complaints.reply(complaint=complaint, text="Pukul sembilan.", key="b", at=MORNING + DAY)

    told = Mail.objects.filter(text__contains="Pengadu menulis lagi").exclude(to__in=before)
    assert before == {"rina@kantor.example", "adi@kantor.example"}
    assert [mail.to for mail in told] == ["sari@kantor.example"]
    assert not Mail.objects.filter(text__contains="Pukul sembilan").exists()


def test_a_reply_pressed_twice_is_one_reply(office):
    complaint = complain(office).complaint
    first, again = (
        complaints.reply(complaint=complaint, text="Hari Senin.", key="a", at=MORNING) for _ in range(2)
    )

    assert (first, complaint.messages.count()) == (again, 1)
    with pytest.raises(KeyReused):
        complaints.reply(complaint=complaint, text="Hari Selasa.", key="a", at=MORNING)
    complaints.reply(complaint=complaint, text="Hari Senin.", key="b", at=MORNING)
    assert complaint.messages.count() == 2


def test_an_objection_pressed_twice_is_one_objection(office):
    complaint, _ = decided(office)

    for _ in range(2):
        complaints.object_to(complaint=complaint, text="Belum ada.", key="a", at=MORNING + DAY)

    assert complaint.messages.filter(kind="objection").count() == 1


# ----- who reads it


def test_leaders_read_it_and_officers_only_what_they_handle(office):
    complaint = complain(office).complaint
    rina, sari = person(office, "rina"), person(office, "sari")
    assert list(complaints_for(rina, office)) == [complaint]
    assert list(complaints_for(sari, office)) == []

    go(complaint_moves.verify, complaint, rina, category="", handler=sari)

    assert list(complaints_for(sari, office)) == [complaint]


@pytest.mark.parametrize("about", ["rina handayani", "Bu Handayani"])
def test_whom_it_is_about_neither_reads_nor_handles_nor_hears_of_it(office, about):
    rina, adi = person(office, "rina"), person(office, "adi")

    complaint = complain(office, words=complaints.Words("Petugas", "Kasar.", about=about)).complaint

    assert list(complaints_for(rina, office)) == []
    assert list(complaints_for(adi, office)) == [complaint]
    assert not Mail.objects.filter(to="rina@kantor.example").exists()
    with pytest.raises(complaint_moves.AboutThem):
        go(complaint_moves.verify, complaint, adi, category="", handler=rina)
    with pytest.raises(complaint_moves.AboutThem):
        go(complaint_moves.note, complaint, rina, text="Tidak benar")


def test_who_is_named_later_loses_it_at_once(office):
    rina, adi, sari = (person(office, name) for name in ("rina", "adi", "sari"))
    complaint = complain(office).complaint
    go(complaint_moves.verify, complaint, rina, category="", handler=sari)

    go(complaint_moves.name_people, complaint, adi, about=[sari])

    complaint.refresh_from_db()
    assert complaint.handler is None
    assert list(complaints_for(sari, office)) == []


def test_a_confidential_one_is_for_the_named_readers_only(office):
    rina, adi, sari = (person(office, name) for name in ("rina", "adi", "sari"))
    words = complaints.Words("Pungli", "Diminta uang.", confidential=True)
    complaint = complain(office, words=words).complaint
    assert [list(complaints_for(each, office)) for each in (rina, adi)] == [[], [complaint]]

    complaint_moves.name_readers(office=office, readers=[sari], by=adi, at=MORNING)

    readable = [list(complaints_for(each, office)) for each in (rina, adi, sari)]
    assert readable == [[], [], [complaint]]


# ----- the clock


def test_reminded_a_working_day_before_and_escalated_after_once(office):
    complaint = complain(office).complaint
    # The response is due at the end of Wednesday 28 January.
    tuesday = MORNING.replace(day=27)
    assert complaint_clock.pressing(at=tuesday - DAY) == []

    for at in (tuesday, tuesday, MORNING.replace(day=29), MORNING.replace(day=29)):
        for each in complaining.pressing(at):
            complaining.press(each, at)

    kinds = Event.objects.filter(subject=f"complaint:{complaint.pk}").values_list("kind", flat=True)
    assert list(kinds.order_by("seq")) == ["complaint.file", "complaint.reminder", "complaint.overdue"]
    assert Mail.objects.filter(key__contains=":overdue:").count() == 2


def test_nobody_is_pressed_at_night(office):
    complain(office)
    saturday = MORNING.replace(day=31, hour=23)

    for each in complaining.pressing(saturday):
        complaining.press(each, saturday)

    overdue = Mail.objects.filter(key__contains=":overdue:").first()
    assert overdue.next_try_at == MORNING.replace(month=2, day=2, hour=8)


# ----- in public


def test_public_figures_show_no_small_number(office):
    rina = person(office, "rina")
    for number in range(4):
        complain(office, key=f"k{number}")
    assert public_figures(office, year=2026).received is None

    for number in range(4, 12):
        complaint = complain(office, key=f"k{number}").complaint
        go(complaint_moves.forward, complaint, rina, to="Lain", text="Bukan kami")

    found = public_figures(office, year=2026)
    # Four are open: with both figures anybody could work that out.
    assert (found.received, found.decided, found.in_time_percent) == (12, None, 100)
