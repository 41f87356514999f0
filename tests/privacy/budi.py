"""Budi, whose every word is unlike any other, at the hall and in an account."""

from allauth.account.models import EmailAddress

from loket.consultations.actions import answering, asking, attaching
from loket.consultations.actions.asking import Question, Wanted
from loket.consultations.models import Draft
from loket.feedback.actions import complaint_files, complaint_moves, complaints
from loket.feedback.actions import rating as feedback
from loket.feedback.models import Complaint
from loket.people import accounts
from loket.people.accounts import Told
from loket.people.actions import GuestEntry
from loket.people.models import User
from loket.visits.actions import calling, noting
from loket.visits.actions.noting import consultations as hall
from tests.cast import MORNING, sari_at_counter, take

CANARY = "kenari"
ADDRESS = "kenari0@surel.example"


def word(number: int) -> str:
    """A word that stands nowhere else."""
    return f"{CANARY}{number}kenari"


def at_the_hall(office):
    """A whole visit: guest book, note, mail, rating."""
    guest = GuestEntry(
        name=word(1), email=ADDRESS, phone="+6281234567890", institution=word(2), assistance=word(3),
        institution_kind="university",
    )  # fmt: skip
    ticket = take(office, guest=guest)
    ticket.visit.request = word(4)
    ticket.visit.save()
    session = sari_at_counter(office)
    calling.call_next(session=session, at=MORNING)
    calling.start(session=session, at=MORNING)
    record = hall.Record(question=word(5), kind="data", answer=word(6), referral=word(7),
                         items=[hall.Item(what=word(8), found="found", area=word(9))])  # fmt: skip
    noting.note(ticket=ticket, record=record, by=session.officer, at=MORNING)
    noting.finish(session=session, ticket=ticket, rating_link=word(10), at=MORNING)
    ticket.refresh_from_db()
    feedback.rate(ticket=ticket, score=2, channel="phone", comment=word(11), at=MORNING)
    return ticket


def with_an_account(office, officer) -> User:
    """An account with a profile, a draft, and an answered consultation."""
    user = User.objects.create_user(ADDRESS, name=word(20))
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    facts = {"institution": word(21), "phone": "+6281234567891"}
    accounts.tell(user=user, told=Told(name=word(20), language="id", facts=facts), at=MORNING)
    file = attaching.upload(
        owner=user, office=office, blocks=[word(28).encode()], name=f"{word(29)}.txt", at=MORNING
    )
    attaching.upload(
        owner=user, office=office, blocks=[word(30).encode()], name=f"{word(31)}.txt", at=MORNING
    )
    asked = Question(subject=word(22), text=word(23), search_words=word(24), items=[Wanted(word(25))])
    consultation = asking.ask(office=office, asker=user, question=asked, at=MORNING, key="one",
                              attachments=[file.token])  # fmt: skip
    answering.answer(consultation=consultation, by=officer, text=word(26), seen=1, at=MORNING)
    Draft.objects.create(
        owner=user, office=office, consultation=consultation, content={"text": word(27)}, saved_at=MORNING
    )
    complain(office, officer)
    return user


def complain(office, officer) -> None:
    """A complaint with a name and a scan, and an answer with a letter."""
    scan = complaint_files.keep(blocks=[word(40).encode()], name=f"{word(41)}.txt")
    filed = complaints.file_complaint(
        office=office, words=complaints.Words(subject=word(42), text=word(43), about=word(44)),
        door=Complaint.Door.WEB, key="two", at=MORNING, files=[scan],
        contact=complaints.Contact(name=word(45), email=ADDRESS, phone="+6281234567892"),
    )  # fmt: skip
    letter = complaint_files.keep(blocks=[word(46).encode()], name=f"{word(47)}.txt")
    complaint_moves.answer(complaint=filed.complaint, text=word(48), files=[letter], by=officer, at=MORNING)
