"""A second officer reads an answer before it goes out, where the office wants that."""

from datetime import timedelta

import pytest

from loket.base.models import Event
from loket.consultations.actions import answering, assigning, attaching, checking, closing, moving, saying
from loket.consultations.actions.answering import AnsweredMeanwhile, IsClosed
from loket.consultations.actions.checking import NothingProposed, OwnProposal, ProposalWaits
from loket.consultations.models import Attachment, Consultation, Draft, Message, Proposal
from loket.consultations.queries import attachments_for
from loket.outbox.models import Mail
from loket.people import staff
from loket.people.models import Role
from loket.rules.consulting import Kind
from tests.cast import an_officer
from tests.consultations.conversation import answer, ask, fresh, note, probolinggo, reply, sari, turn
from tests.consultations.filing import a_file
from tests.rules.calendars import wib

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = "2026-01-05T09:00", "2026-01-06T10:00"
WEDNESDAY = wib("2026-01-07T11:00")
HOUR = timedelta(hours=1)


@pytest.fixture
def asked():
    return ask(probolinggo(settings={"second_officer": True}), MONDAY)


def propose(asked, *, kind=Kind.ANSWER, text="2,41 persen.", **more):
    return answer(asked, TUESDAY, verb=checking.send, kind=kind, text=text, **more)


def rina(asked):
    return sari(asked.office, "Rina")


def release(asked, proposal, *, by=None):
    return checking.release(
        consultation=fresh(asked), proposal=proposal.pk, by=by or rina(asked), at=WEDNESDAY
    )


def give_back(asked, proposal, *, by=None, note="Sebut tahunnya."):
    checking.give_back(
        consultation=fresh(asked), proposal=proposal.pk, note=note, by=by or rina(asked), at=WEDNESDAY
    )


def mails() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.CLARIFICATION, Kind.REFERRAL])
def test_until_the_release_nothing_has_been_said(asked, kind):
    before = fresh(asked)

    proposal = propose(asked, kind=kind)

    now = fresh(asked)
    assert isinstance(proposal, Proposal)
    assert (now.state, now.due_at, now.version) == ("office", before.due_at, before.version)
    assert turn(asked).answered_at is None
    assert not Message.objects.filter(kind=kind.value).exists()
    assert mails() == ["consultation.received"]


def test_without_the_option_an_answer_goes_out_at_once():
    plain = ask(probolinggo(), MONDAY)

    assert isinstance(propose(plain), Message)
    assert fresh(plain).state == "visitor"


def test_a_holding_notice_needs_nobody_else(asked):
    assert isinstance(propose(asked, kind=Kind.HOLDING), Message)


def test_what_is_released_goes_out_at_that_moment_in_its_authors_name(asked):
    proposal = propose(asked, kind=Kind.REFERRAL, institution="Bank Indonesia", address="bi.example", key="k")

    said = release(asked, proposal)

    assert (said.author, said.at, said.institution) == (sari(asked.office), WEDNESDAY, "Bank Indonesia")
    assert (turn(asked).answered_at, turn(asked).met) == (WEDNESDAY, True)
    assert fresh(asked).state == "visitor"
    assert mails() == ["consultation.received", "consultation.referral", "consultation.reminder"]
    assert not Proposal.objects.exists()
    kinds = [f"consultation.{verb}" for verb in ("propose", "release", "referral")]
    events = Event.objects.filter(kind__in=kinds).order_by("seq").values_list("kind", "by")
    author, second = sari(asked.office).staff_id, rina(asked).staff_id
    assert list(events) == list(zip(kinds, (author, second, author), strict=True))


def test_nobody_releases_or_gives_back_their_own_words(asked):
    proposal = propose(asked)

    with pytest.raises(OwnProposal):
        release(asked, proposal, by=sari(asked.office))
    with pytest.raises(OwnProposal):
        give_back(asked, proposal, by=sari(asked.office))
    assert fresh(asked).state == "office"


def test_only_one_of_two_colleagues_releases_it(asked):
    proposal = propose(asked)
    release(asked, proposal)

    with pytest.raises(NothingProposed):
        release(asked, proposal, by=sari(asked.office, "Adi"))
    assert mails().count("consultation.answer") == 1


def test_what_was_proposed_anew_is_not_released_unseen(asked):
    first = propose(asked)
    checking.take_back(consultation=fresh(asked), proposal=first.pk, by=sari(asked.office), at=WEDNESDAY)
    second = propose(asked, text="Lain sama sekali.")

    assert second.pk != first.pk
    with pytest.raises(NothingProposed):
        release(asked, first)


def test_a_visitors_message_that_came_meanwhile_stops_the_release(asked):
    proposal = propose(asked)
    reply(asked, "2026-01-06T11:00", text="Yang triwulanan saja.")

    with pytest.raises(AnsweredMeanwhile) as refusal:
        release(asked, proposal)

    assert [message.text for message in refusal.value.args] == ["Yang triwulanan saja."]
    assert Proposal.objects.get() == proposal
    assert not Event.objects.filter(kind="consultation.release").exists()


def test_nothing_goes_out_after_the_visitor_withdrew(asked):
    proposal = propose(asked)
    closing.withdraw(consultation=fresh(asked), at=WEDNESDAY)

    with pytest.raises((AnsweredMeanwhile, IsClosed)):
        release(asked, proposal)
    give_back(asked, proposal)
    assert mails().count("consultation.answer") == 0


def test_what_is_given_back_is_the_authors_draft_again_and_the_note_is_the_staffs(asked):
    proposal = propose(asked, kind=Kind.CLARIFICATION)
    Draft.objects.create(
        owner=sari(asked.office), office=asked.office, consultation=asked, saved_at=WEDNESDAY,
        content={"text": "Sudah mulai."},
    )  # fmt: skip

    give_back(asked, proposal)

    draft = Draft.objects.get()
    assert (draft.content["kind"], draft.content["text"]) == ("clarification", "2,41 persen.\n\nSudah mulai.")
    said = Message.objects.get(kind="note")
    assert (said.text, said.author, said.public) == ("Sebut tahunnya.", rina(asked), False)
    assert fresh(asked).state == "office"


def test_what_the_author_began_meanwhile_stays_after_the_release(asked):
    proposal = propose(asked)
    Draft.objects.create(
        owner=sari(asked.office), office=asked.office, consultation=asked, saved_at=WEDNESDAY,
        content={"text": "Catatan."},
    )  # fmt: skip

    release(asked, proposal)

    assert Draft.objects.get().content == {"text": "Catatan."}


def test_giving_back_needs_a_word(asked):
    with pytest.raises(saying.NothingSaid):
        give_back(asked, propose(asked), note=" ")
    assert Proposal.objects.exists()


def test_only_the_author_takes_it_back(asked):
    proposal = propose(asked)

    with pytest.raises(NothingProposed):
        checking.take_back(consultation=fresh(asked), proposal=proposal.pk, by=rina(asked), at=WEDNESDAY)
    assert Proposal.objects.exists()


def test_one_message_waits_at_a_time_and_one_press_is_one_proposal(asked):
    first = propose(asked, key="k")

    assert propose(asked, key="k") == first
    with pytest.raises(ProposalWaits):
        propose(asked, by=rina(asked))
    said = release(asked, first)
    assert propose(asked, key="k") == said


def test_an_old_page_proposes_nothing(asked):
    seen = fresh(asked).version
    note(asked, TUESDAY)

    with pytest.raises(AnsweredMeanwhile):
        propose(asked, seen=seen)


def test_files_wait_with_the_words_and_go_out_with_them(asked):
    file = a_file(sari(asked.office), asked.office)
    proposal = propose(asked, attachments=[file.token])

    assert attachments_for(rina(asked)).get() == file
    assert not attachments_for(asked.asker).exists()
    assert not attaching.discard(attachment=file, owner=sari(asked.office))
    assert attaching.forgotten(at=WEDNESDAY + timedelta(days=60)) == []

    said = release(asked, proposal)

    assert Attachment.objects.get(message=said) == file
    assert attachments_for(asked.asker).get() == file


def test_files_come_back_with_the_words(asked):
    file = a_file(sari(asked.office), asked.office)
    give_back(asked, propose(asked, attachments=[file.token]))

    assert Draft.objects.get().content["files"] == [file.token]
    assert attaching.unsent_of(sari(asked.office), asked.office).get() == file
    assert not attachments_for(rina(asked)).exists()


def test_a_direct_answer_of_another_part_of_the_program_makes_the_proposal_old(asked):
    proposal = propose(asked)
    answer(asked, "2026-01-06T12:00", by=rina(asked), verb=answering.answer)

    with pytest.raises(AnsweredMeanwhile):
        release(asked, proposal, by=sari(asked.office, "Adi"))


# ----- who is told


def ketut_leads(asked):
    return an_officer(asked.office, "Ketut", Role.SUPERVISOR)


def told(key) -> list[tuple[str, str]]:
    words = Mail.objects.filter(kind="consultation.reminder", key__contains=key).order_by("pk")
    return list(words.values_list("to", "subject"))


def test_who_leads_the_office_is_asked_to_read_it(asked):
    ketut = ketut_leads(asked)

    proposal = propose(asked)

    [(to, subject)] = told("proposed")
    assert to == ketut.email
    assert "baca sebelum dikirim" in subject
    assert "2,41" not in Mail.objects.get(to=ketut.email).text
    assert proposal.author == sari(asked.office)


def test_who_has_the_consultation_is_asked_before_those_who_lead(asked):
    ketut_leads(asked)
    tono = an_officer(asked.office, "Tono")
    Consultation.objects.filter(pk=asked.pk).update(assignee=tono)

    propose(asked)

    assert [to for to, _ in told("proposed")] == [tono.email]


def test_where_the_author_leads_alone_the_colleagues_are_asked_and_never_the_author(asked):
    ketut, tono = ketut_leads(asked), an_officer(asked.office, "Tono")
    Consultation.objects.filter(pk=asked.pk).update(assignee=ketut)

    propose(asked, by=ketut)

    assert [to for to, _ in told("proposed")] == [tono.email]


def test_nobody_is_asked_at_night_and_what_waits_no_more_is_not_asked_for(asked):
    ketut_leads(asked)
    at_night = fresh(asked)
    evening = wib("2026-01-06T19:00")
    proposal = checking.send(
        consultation=at_night, kind=Kind.ANSWER, by=sari(asked.office), text="2,41 persen.",
        seen=at_night.version, at=evening,
    )  # fmt: skip

    asked_for = Mail.objects.get(key__contains="proposed")
    assert asked_for.next_try_at == wib("2026-01-07T08:00")
    checking.take_back(
        consultation=fresh(asked), proposal=proposal.pk, by=sari(asked.office), at=evening + HOUR
    )
    assert told("proposed") == []


def test_the_author_hears_of_the_release_and_of_what_is_given_back(asked):
    give_back(asked, propose(asked))
    release(asked, propose(asked))

    assert [(to, "telah dikirim" in subject) for to, subject in told("released")] == [
        (sari(asked.office).email, True)
    ]
    [(to, subject)] = told("given-back")
    assert (to, "lihat kembali" in subject) == (sari(asked.office).email, True)


# ----- somebody else has it meanwhile

EVENING = wib("2026-01-10T20:00")  # a Saturday


def propose_in_the_evening(asked, *, by):
    now = fresh(asked)
    return checking.send(
        consultation=now, kind=Kind.ANSWER, by=by, text="2,41 persen.", seen=now.version, at=EVENING
    )


def give(asked, to, *, by, seen=None):
    assigning.assign(consultation=fresh(asked), to=to, seen=seen, by=by, at=EVENING + HOUR)


def asked_to_read() -> set[str]:
    return {to for to, _ in told(":proposed:")}


def test_who_was_asked_need_not_read_it_once_a_colleague_took_and_released_it(asked):
    rina_leads, bayu = ketut_leads(asked), an_officer(asked.office, "Bayu")
    proposal = propose_in_the_evening(asked, by=bayu)
    assert asked_to_read() == {rina_leads.email}

    give(asked, sari(asked.office), by=sari(asked.office))
    assert asked_to_read() == set()
    checking.release(
        consultation=fresh(asked), proposal=proposal.pk, by=sari(asked.office), at=EVENING + 2 * HOUR
    )
    assert asked_to_read() == set()


def test_who_is_given_the_consultation_is_asked_to_read_what_waits_in_it(asked):
    lead, bayu, adi = ketut_leads(asked), an_officer(asked.office, "Bayu"), an_officer(asked.office, "Adi")
    proposal = propose_in_the_evening(asked, by=bayu)

    give(asked, adi, by=lead)
    assert asked_to_read() == {adi.email}
    assert Mail.objects.get(key__contains=":proposed:").next_try_at == wib("2026-01-12T08:00")

    checking.take_back(consultation=fresh(asked), proposal=proposal.pk, by=bayu, at=EVENING + 2 * HOUR)
    assert asked_to_read() == set()


def test_another_consultations_word_stays_where_one_is_taken_back(asked):
    lead, bayu = ketut_leads(asked), an_officer(asked.office, "Bayu")
    other = ask(asked.office, MONDAY)
    first, _second = (propose_in_the_evening(each, by=bayu) for each in (asked, other))

    checking.take_back(consultation=fresh(asked), proposal=first.pk, by=bayu, at=EVENING + HOUR)

    assert told(":proposed:")[0][0] == lead.email
    assert f":{other.pk}:proposed:" in Mail.objects.get(key__contains=":proposed:").key


def test_what_waits_is_a_note_for_the_other_office_that_answers_now(asked):
    ketut_leads(asked)
    there = probolinggo(code="9471", settings={"second_officer": True})
    file = a_file(sari(asked.office), asked.office)
    now = fresh(asked)
    checking.send(
        consultation=now, kind=Kind.ANSWER, by=sari(asked.office), text="2,41 persen.", seen=now.version,
        at=EVENING, attachments=[file.token],
    )  # fmt: skip

    moving.move(consultation=fresh(asked), to=there, by=rina(asked), at=EVENING + HOUR)

    assert not Proposal.objects.exists()
    assert asked_to_read() == set()
    said = Message.objects.get(kind=Kind.NOTE.value)
    assert (said.text, said.author, said.public) == ("2,41 persen.", sari(asked.office), False)
    kept = Attachment.objects.get()
    assert (kept.token, kept.message, kept.office) == (file.token, said, there)
    assert not Draft.objects.exists()
    proposed = propose_in_the_evening(asked, by=an_officer(there, "Wayan"))
    assert proposed.consultation.office == there


def withdraw_sari(asked):
    staff.withdraw(user=sari(asked.office), office=asked.office, by="staff:1", at=WEDNESDAY)


def test_who_works_here_no_more_hears_nothing_of_the_release(asked):
    proposal = propose(asked)
    withdraw_sari(asked)

    assert release(asked, proposal).author == sari(asked.office)
    assert told("released") == []


def test_the_words_of_who_works_here_no_more_go_to_whoever_gives_them_back(asked):
    file = a_file(sari(asked.office), asked.office)
    proposal = propose(asked, attachments=[file.token])
    withdraw_sari(asked)

    give_back(asked, proposal)

    assert told("given-back") == []
    draft = Draft.objects.get()
    assert (draft.owner, draft.content["text"]) == (rina(asked), "2,41 persen.")
    assert list(attaching.unsent_of(rina(asked), asked.office)) == [file]


def test_what_its_reader_had_begun_to_write_stays_when_it_is_given_back(asked):
    proposal = propose(asked)
    Draft.objects.create(
        owner=rina(asked), office=asked.office, consultation=asked, saved_at=WEDNESDAY,
        content={"text": "Catatan."},
    )  # fmt: skip

    give_back(asked, proposal)

    assert Draft.objects.get(owner=rina(asked)).content == {"text": "Catatan."}
