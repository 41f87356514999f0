"""Half a year of questions and complaints at two offices, pressed at random through the ordinary actions:
asked, answered late, closed by silence, read late, re-opened, moved, merged, taken apart, excused."""

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db.models import F

from loket.consultations.actions import (
    answering,
    clocking,
    closing,
    excusing,
    marking,
    merging,
    moving,
    reopening,
    replying,
    saying,
)  # fmt: skip
from loket.consultations.models import Consultation, Turn
from loket.feedback.actions import AlreadyRated, complaint_moves, complaints
from loket.feedback.actions.rating import NotServed, TooLate
from loket.feedback.closings import rate_closing
from loket.feedback.models import Complaint
from loket.people.models import Role
from loket.reports import keeping
from loket.rules.complaining import MoveRefused
from tests.cast import an_office, an_officer
from tests.consultations.conversation import answer, ask, budi, fresh, reply

REFUSALS = (
    AlreadyRated, NotServed, TooLate, MoveRefused, complaints.TooLateToObject, answering.IsClosed,
    closing.AlreadyClosed, excusing.NotBreached, excusing.NoDayClosed, merging.NotBothOpen,
    merging.NotTheSamePerson, merging.NotMerged, moving.NoSuchDesk, reopening.NotSetAside,
    replying.ClosedForGood, saying.ThreadMoved, clocking.Turn.DoesNotExist,
)  # fmt: skip
PRESSES = [
    *["ask"] * 7, *["answer"] * 9, *["clarify"] * 3, *["reply"] * 6, *["silence"] * 6,
    "late_read", "late_read",
    *["solve"] * 2, "withdraw", *["move"] * 3, *["merge"] * 3, *["apart"] * 2, "spam", "restore",
    *["excuse"] * 2, *["rate"] * 3, *["count"] * 4,
    *["complain"] * 3, *["step"] * 10, *["object"] * 3, "add", *["expire"] * 2,
]  # fmt: skip
HOURS = [0.2, 1, 3, 9, 20, 30]


class HalfYear:
    """Plays; `offices` have their history afterwards, and `at` is the moment after it."""

    def __init__(self, *, seed: int, zone: str = "Asia/Jakarta"):
        self.chance = Random(seed)
        self.offices = [an_office("3574", zone=zone), an_office("9471", zone="Asia/Jayapura")]
        self.rina = {
            office.pk: an_officer(office, "Rina", Role.SUPERVISOR, f"rina{office.code}@kantor.example")
            for office in self.offices
        }
        self.people = [budi(f"budi{number}@surel.example") for number in range(4)]
        self.at = datetime(2026, 1, 5, 9, tzinfo=ZoneInfo(zone))

    def play(self, presses: int) -> None:
        for _ in range(presses):
            self.at += timedelta(hours=self.chance.choice(HOURS))
            with suppress(*REFUSALS):
                getattr(self, f"_{self.chance.choice(PRESSES)}")()

    def _any(self, **wanted) -> Consultation:
        """One of the newest, so that the same threads go through much."""
        found = list(Consultation.objects.filter(**wanted).order_by("-pk")[:8])
        if not found:
            raise Turn.DoesNotExist
        return fresh(self.chance.choice(found))

    def _ask(self):
        ask(self.chance.choice(self.offices), self.at, by=self.chance.choice(self.people))

    def _answer(self):
        thread = self._any(state="office")
        answer(thread, self.at, by=self.rina[thread.office_id])

    def _clarify(self):
        thread = self._any(state="office")
        answer(thread, self.at, by=self.rina[thread.office_id], verb=answering.clarify)

    def _reply(self):
        reply(self._any(), self.at)

    def _silence(self):
        """The job comes by, sometimes days after the time."""
        thread = self._any(state="visitor")
        closing.close_silent(consultation=thread, at=self.at)

    def _late_read(self):
        """A mail that came before the closing and is read only now."""
        thread = self._any(close_reason="no_response")
        reply(thread, self.at, received=thread.closed_at - timedelta(hours=5))

    def _solve(self):
        closing.close_solved(consultation=self._any(state="visitor"), at=self.at)

    def _withdraw(self):
        closing.withdraw(consultation=self._any(state="office"), at=self.at)

    def _move(self):
        thread = self._any()
        to = next(office for office in self.offices if office.pk != thread.office_id)
        moving.move(consultation=thread, to=to, by=self.rina[thread.office_id], at=self.at)

    def _merge(self):
        one = self._any(state__in=("office", "visitor"))
        other = self._any(state__in=("office", "visitor"), asker=one.asker, office=one.office)
        merging.merge(consultation=one, into=other, by=self.rina[one.office_id], at=self.at)

    def _apart(self):
        thread = self._any(close_reason="merged")
        merging.take_apart(consultation=thread, by=self.rina[thread.office_id], at=self.at)

    def _spam(self):
        thread = self._any(state="office")
        marking.mark_spam(consultation=thread, by=self.rina[thread.office_id], at=self.at)

    def _restore(self):
        thread = self._any(close_reason="spam")
        reopening.take_back_spam(consultation=thread, by=self.rina[thread.office_id], at=self.at)

    def _excuse(self):
        late = list(Turn.objects.filter(met=False, excused_at=None).order_by("pk"))
        if not late:
            return
        turn = self.chance.choice(late)
        # A later calendar moved a deadline that had passed already.
        Turn.objects.filter(pk=turn.pk).update(breached_due_at=F("due_at"))
        turn = Turn.objects.select_related("office", "consultation__office").get(pk=turn.pk)
        by = self.rina[turn.consultation.office_id]
        excusing.excuse(turn=turn, reason="Cuti bersama", by=by, at=self.at)

    def _rate(self):
        rate_closing(
            consultation=self._any(close_reason__in=("solved", "no_response")),
            score=self.chance.randint(1, 5),
            at=self.at,
        )

    def _count(self):
        """The nightly job of one of the offices, in the middle of everything."""
        keeping.bring_up(office=self.chance.choice(self.offices), at=self.at)

    # ----- complaints

    def _complain(self):
        office = self.chance.choice(self.offices)
        complaints.file_complaint(
            office=office, words=complaints.Words("Antre", "Lama."), door=Complaint.Door.BOX,
            key=self.at.isoformat(), at=self.at,
            received_at=self.at - timedelta(days=self.chance.choice([0, 0, 2, 40])),
        )  # fmt: skip

    def _complaint(self, *states: str) -> Complaint:
        found = list(Complaint.objects.filter(state__in=states).select_related("office").order_by("-pk")[:6])
        if not found:
            raise Turn.DoesNotExist
        return self.chance.choice(found)

    def _step(self):
        complaint = self._complaint("received", "verified", "in_progress", "objection")
        signed = {"complaint": complaint, "by": self.rina[complaint.office_id], "at": self.at}
        move = self.chance.choice(["verify", "start", "ask", "forward", "resolve", "resume", "decide"])
        if move == "verify":
            category = self.chance.choice(["", "light"])
            complaint_moves.verify(category=category, handler=signed["by"], **signed)
        elif move == "ask":
            complaint_moves.answer(text="Kapan?", asks=True, **signed)
        elif move == "forward":
            complaint_moves.forward(to="Dinas", text="Diteruskan", **signed)
        elif move in ("start", "resume"):
            getattr(complaint_moves, move)(**signed)
        else:
            getattr(complaint_moves, move)(text="Selesai", **signed)

    def _object(self):
        complaint = self._complaint("resolved", "not_ours")
        complaints.object_to(complaint=complaint, text="Tidak", key=self.at.isoformat(), at=self.at)

    def _add(self):
        complaint = self._complaint("received", "verified", "in_progress")
        complaints.reply(complaint=complaint, text="Senin", key=self.at.isoformat(), at=self.at)

    def _expire(self):
        complaint_moves.expire(complaint=self._complaint("resolved", "not_ours"), at=self.at)
