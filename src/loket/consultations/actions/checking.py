"""A second officer reads what goes out, where the office wants it: proposed, then released or given back.

Until the release nothing has been said: no clock moves, no mail goes, the visitor sees nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from loket.base import sql
from loket.base.text import many_lines, one_line
from loket.consultations import colleagues
from loket.consultations.actions import answering, attaching, drafting, nudging, saying
from loket.consultations.actions.answering import AnsweredMeanwhile, IsClosed
from loket.consultations.models import Consultation, Draft, Message, Proposal
from loket.offices.limits import limits_from
from loket.people.access import works_at
from loket.people.models import User
from loket.rules.consulting import ENDS_TURN, Kind

CHECKED = ENDS_TURN


class ProposalWaits(Exception):
    """A message of this thread waits for a second officer already; one at a time."""


class NothingProposed(Exception):
    """What the page showed waits no longer: it was released, given back or taken back."""


class OwnProposal(Exception):
    """Nobody releases or gives back their own words."""


def send(
    *, consultation: Consultation, kind: Kind, by: User, text: str, seen: int, at: datetime,
    key: str | None = None, attachments: Sequence[str] = (), institution: str = "", address: str = "",
) -> Message | Proposal:  # fmt: skip
    """Write it, or propose it where the office has a second officer read first.

    Refuses as `answering.write` does, and ProposalWaits.
    """
    is_checked = kind in CHECKED and limits_from(consultation.office.settings).second_officer
    verb = _propose if is_checked else answering.write
    return verb(
        consultation=consultation, kind=kind, by=by, text=text, seen=seen, at=at, key=key,
        attachments=attachments, institution=one_line(institution)[:200], address=one_line(address)[:300],
    )  # fmt: skip


@transaction.atomic
def _propose(
    *, consultation: Consultation, kind: Kind, by: User, text: str, seen: int, at: datetime, key: str | None,
    attachments: Sequence[str], institution: str, address: str,
) -> Message | Proposal:  # fmt: skip
    words = saying.checked(many_lines(text))
    thread = saying.hold(consultation)
    if earlier := saying.said_before(saying.press_key(by, key), words):
        return earlier
    waits = Proposal.objects.filter(consultation=thread).first()  # unique
    if waits and key and (waits.author_id, waits.key, waits.text) == (by.pk, key, words):
        return waits
    if thread.version != seen:
        raise AnsweredMeanwhile(*answering.news_since(thread, seen))
    if saying.is_over(thread, at=at):
        raise IsClosed(thread)
    if waits:
        raise ProposalWaits(waits)
    proposal = sql.insert(
        Proposal(
            consultation=thread, author=by, kind=kind.value, text=words, seen=seen, key=key, at=at,
            institution=institution, address=address,
        )
    )  # fmt: skip
    unsent = attaching.unsent_of(by, thread.office).filter(token__in=list(attachments))
    unsent.order_by().update(proposal=proposal, consultation=thread)
    drafting.drop(owner=by, consultation=thread)
    nudging.ask(thread, proposal, but=by, at=at)
    saying.tell(thread, "propose", by=by.staff_id, at=at, data={"what": kind.value})
    return proposal


@transaction.atomic
def release(*, consultation: Consultation, proposal: int, by: User, at: datetime) -> Message:
    """Send it now, in its author's name; `proposal` is the key of what the page showed.

    Refuses NothingProposed, OwnProposal, and as `answering.write` does.
    """
    thread = saying.hold(consultation)
    ready = _of_another(thread, proposal, by)
    begun = drafting.draft_of(owner=ready.author, consultation=thread)
    files = _end(ready, to=ready.author, at=at)
    saying.tell(thread, "release", by=by.staff_id, at=at)
    said = answering.write(
        consultation=thread, kind=Kind(ready.kind), by=ready.author, text=ready.text, seen=ready.seen, at=at,
        key=ready.key, attachments=files, institution=ready.institution, address=ready.address,
    )  # fmt: skip
    _keep_begun(begun)
    if works_at(ready.author, thread.office):
        colleagues.released(thread, proposal, ready.author, by, at=at)
    return said


@transaction.atomic
def give_back(*, consultation: Consultation, proposal: int, note: str, by: User, at: datetime) -> None:
    """The words become the author's draft again; the note says what should change.

    Where the author works here no more they are the draft of whoever gives them back.
    Refuses NothingProposed, OwnProposal, NothingSaid and TooLong.
    """
    thread = saying.hold(consultation)
    waiting = _of_another(thread, proposal, by)
    begun = drafting.draft_of(owner=by, consultation=thread)
    saying.tell(thread, "give_back", by=by.staff_id, at=at)
    answering.note(consultation=thread, by=by, text=note, at=at)
    _keep_begun(begun)
    if _back_to_draft(waiting, by=by, at=at) == waiting.author:
        colleagues.given_back(thread, proposal, waiting.author, by, at=at)


@transaction.atomic
def take_back(*, consultation: Consultation, proposal: int, by: User, at: datetime) -> None:
    """The author thought better of it; the words are a draft again. Refuses NothingProposed."""
    thread = saying.hold(consultation)
    waiting = _waiting(thread, proposal)
    if waiting.author_id != by.pk:
        raise NothingProposed(proposal)
    _back_to_draft(waiting, by=by, at=at)
    saying.tell(thread, "take_back", by=by.staff_id, at=at)


def end_before_move(thread: Consultation, *, by: User, at: datetime) -> None:
    """Another office answers in its own words; within the move, which holds the consultation.

    Its author does not see the thread any more, so what waited becomes a note: whoever answers now reads
    how it would have been answered.
    """
    waiting = Proposal.objects.filter(consultation=thread).select_related("author").first()  # unique
    if waiting is None:
        return
    author, parts = waiting.author, (waiting.text, waiting.institution, waiting.address)
    files = _end(waiting, to=author, at=at)
    saying.note_down(thread, "not_sent", at=at, public=False)
    note = saying.say(
        thread, Kind.NOTE, at=at, by=author.staff_id, author=author, public=False,
        text="\n\n".join(filter(None, parts)),
    )  # fmt: skip
    saying.attach(note, owner=author, tokens=files)
    saying.tell(thread, "give_back", by=by.staff_id, at=at)


def _waiting(thread: Consultation, proposal: int) -> Proposal:
    try:
        return Proposal.objects.select_related("author").get(consultation=thread, pk=proposal)
    except Proposal.DoesNotExist:
        raise NothingProposed(proposal) from None


def _of_another(thread: Consultation, proposal: int, by: User) -> Proposal:
    waiting = _waiting(thread, proposal)
    if waiting.author_id == by.pk:
        raise OwnProposal(proposal)
    return waiting


def _keep_begun(draft: Draft | None) -> None:
    """Writing ends the writer's draft; this one is of something else."""
    if draft:
        draft.save(force_insert=True)


def _end(proposal: Proposal, *, to: User, at: datetime) -> list[str]:
    """Its row goes; its files are unsent ones of `to`. Returns their tokens."""
    colleagues.no_longer(proposal, at=at)
    files = list(proposal.files.order_by("pk").values_list("token", flat=True))
    proposal.files.update(proposal=None, consultation=None, owner=to)
    proposal.delete()
    return files


def _back_to_draft(proposal: Proposal, *, by: User, at: datetime) -> User:
    """Whose draft it is now: the author's, or of `by` where the author works there no more.

    What that person has begun to write meanwhile stays below the words that come back.
    """
    owner = proposal.author if works_at(proposal.author, proposal.consultation.office) else by
    draft = drafting.draft_of(owner=owner, consultation=proposal.consultation)
    if draft is None:
        draft = Draft(owner=owner, consultation=proposal.consultation)
    begun: dict[str, Any] = draft.content
    draft.office = proposal.consultation.office
    draft.content = {
        "kind": proposal.kind,
        "text": "\n\n".join(part for part in (proposal.text, begun.get("text", "")) if part),
        "institution": proposal.institution,
        "address": proposal.address,
        "files": _end(proposal, to=owner, at=at) + begun.get("files", []),
    }
    draft.version, draft.saved_at = draft.version + 1, at
    draft.save()
    return owner
