"""What the page of one consultation shows to an officer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from loket.base import ids, sql
from loket.consultations.actions import attaching, attending, checking, drafting
from loket.consultations.models import (
    Attachment,
    Consultation,
    DataItem,
    Draft,
    Message,
    Proposal,
    Turn,
)
from loket.live import announce
from loket.offices.clock import local_day
from loket.offices.explaining import dated, explain_deadline, explain_silence, until
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.offices.queries import calendar_with
from loket.people.models import User
from loket.privacy import looking
from loket.rules import consulting
from loket.rules.consulting import Kind
from loket.rules.worktime import Calendar
from loket.screens.deadlines import Chip, closing_chip, due_chip
from loket.screens.desk.consultations.asked import WORDS, box_in
from loket.screens.desk.consultations.forms import WRITTEN
from loket.screens.threads import ICONS, KINDS, Entry, entries

# Of a long thread the latest messages are open and the earlier ones a press away.
OPEN_MESSAGES = 2
EARLIER_SHOWN = 5


@dataclass(frozen=True)
class Choice:
    """One kind of message: its name, what its button says, and what sending it does to the clock."""

    kind: str
    name: str
    icon: str
    send: str
    effect: str


def thread_or_404(office: Office, token: str, *, besides: str = "", values: Sequence = ()) -> Consultation:
    """A consultation that this office answers now; those of the hall are notes of visits.

    `besides`: one more column with its `values`; what it says lies in `besides` of the thread.
    """
    found = sql.select_with(
        Consultation, ("asker", "assignee", "previous", "merged_into"),
        "one.office_id = %s AND one.token = %s AND one.door = 'online'",
        announce.thread(token), *values, office.pk, token, besides=BESIDES + besides, into="besides",
    )  # fmt: skip
    if not found:
        raise Http404
    thread = found[0]
    thread.office = office
    thread.topic_version, proposed, thread.digest, *thread.besides = thread.besides
    _remember_proposal(thread, proposed)
    return thread


def opened_or_404(office: Office, token: str, *, by: User, at: datetime) -> Consultation:
    """The same, for the page itself; who read whose question is noted, once a day (UU 27/2022, 7)."""
    day = local_day(office, at).isoformat()
    thread = thread_or_404(office, token, besides=f", {looking.NOTED}", values=(by.pk, day))
    if not thread.besides[0]:
        looking.note_reading(consultation=thread, by=by, at=at)
    return thread


# The version is read with the thread itself: what changes while the page is made is then fetched again.
BESIDES = """
    coalesce((SELECT version FROM live_topic WHERE name = %s), 0),
    (SELECT proposal.id FROM consultations_proposal AS proposal WHERE proposal.consultation_id = one.id),
    (SELECT digest FROM offices_calendarversion AS newest WHERE newest.office_id = one.office_id
     ORDER BY version DESC LIMIT 1)"""


def _remember_proposal(thread: Consultation, key: int | None) -> None:
    """So that nobody asks the database again whether there is one."""
    found = sql.select_with(Proposal, ("author",), "one.id = %s", key) if key else [None]
    Consultation.proposal.related.set_cached_value(thread, found[0])


def thread_page(
    request: HttpRequest, thread: Consultation, at: datetime, *, sent: dict | None = None
) -> dict[str, Any]:
    """Everything the template asks for; `sent` is what a refused form said."""
    office, officer = thread.office, request.user
    timeline = _timeline(thread, officer)
    calendar = calendar_with(thread.digest)
    draft = drafting.draft_of(owner=officer, consultation=thread)
    box = box_in(request.GET.get("kotak", ""))
    written = sent or _written(draft, thread)
    return {
        "now": at,
        "thread": thread,
        "files": own_files(officer, office, written.get("files", [])),
        "files_at": reverse("desk-upload", args=[office.code, thread.token]),
        "box": WORDS[box],
        "topic_version": thread.topic_version,
        "earlier_entries": timeline[:-OPEN_MESSAGES],
        "entries": timeline[-OPEN_MESSAGES:],
        "chip": _chip(thread, calendar, at),
        "is_answered": any(entry.icon == ICONS[Kind.ANSWER] for entry in timeline),
        "items": sql.select(DataItem, "consultation_id = %s ORDER BY position", thread.pk),
        "findings": DataItem.Found.choices,
        "earlier": _earlier(thread),
        "here": attending.colleagues_at(thread, but=officer, at=at),
        "proposed": _proposed(thread, officer),
        "choices": choices(thread, calendar, at),
        "written": written,
        "draft": draft,
        "key": (sent or {}).get("key") or ids.token(),
    }


def _timeline(thread: Consultation, officer) -> list[Entry]:
    messages = sql.select_with(
        Message, ("author",), "one.consultation_id = %s ORDER BY one.at, one.id", thread.pk
    )
    files = defaultdict(list)
    for file in sql.select(
        Attachment, "consultation_id = %s AND message_id IS NOT NULL ORDER BY id", thread.pk
    ):
        files[file.message_id].append(file)
    return entries(thread, messages, reader=officer, files=files)


def _proposed(thread: Consultation, officer: User) -> Entry | None:
    """What waits for a second officer, as it will stand in the conversation."""
    proposal = getattr(thread, "proposal", None)
    if proposal is None:
        return None
    message = Message(
        pk=proposal.pk, kind=proposal.kind, text=proposal.text, at=proposal.at, author=proposal.author,
        institution=proposal.institution, address=proposal.address,
    )  # fmt: skip
    return entries(thread, [message], reader=officer, files={proposal.pk: list(proposal.files.all())})[0]


def own_files(officer: User, office: Office, tokens: list[str]) -> list[Attachment]:
    """Of these tokens the officer's own files that are not sent yet."""
    return list(attaching.unsent_of(officer, office).filter(token__in=tokens)) if tokens else []


def _written(draft: Draft | None, thread: Consultation) -> dict[str, str]:
    """What stands in the composer: the draft, else an empty answer. A closed thread takes notes only, and
    while a message waits for a second officer another one would be refused.
    """
    waits = getattr(thread, "proposal", None) is not None
    first = Kind.ANSWER if thread.is_open and not waits else Kind.NOTE
    return {"kind": first.value} | (draft.content if draft else {})


def _chip(thread: Consultation, calendar: Calendar, at: datetime) -> Chip | None:
    if not thread.is_open:
        return None
    turn = sql.select(Turn, "consultation_id = %s AND number = %s", thread.pk, thread.turn)[0]
    if turn.office_id == thread.office_id:
        turn.office = thread.office
    if thread.due_at:
        why = explain_deadline(turn.office, turn.deadline)
        return due_chip(thread.office, calendar, thread.due_at, at=at, why=why)
    silence = turn.silence
    assert silence is not None  # noqa: S101 - with the visitor a silence runs (constraint)
    why = explain_silence(turn.office, silence)
    return closing_chip(thread.office, silence.counted[-1], at=at, why=why)


def _earlier(thread: Consultation) -> list[Consultation]:
    """What the same person asked at this office before; other offices' are none of ours."""
    if thread.asker_id is None:
        return []
    return sql.select(
        Consultation, "asker_id = %s AND office_id = %s AND id <> %s ORDER BY last_at DESC, id DESC LIMIT %s",
        thread.asker_id, thread.office_id, thread.pk, EARLIER_SHOWN,
    )  # fmt: skip


def choices(thread: Consultation, calendar: Calendar, at: datetime) -> list[Choice]:
    """The kinds that can be written now, each with its effect."""
    limits = limits_from(thread.office.settings)
    days, checked = limits.silence_days, checking.CHECKED if limits.second_officer else frozenset()
    last_day = consulting.silence(calendar=calendar, answered=at, days=days).counted[-1]
    written = WRITTEN if thread.is_open else (Kind.NOTE,)
    return [
        _proposing(kind)
        if kind in checked
        else Choice(
            kind.value, str(KINDS[kind]), ICONS[kind], _send(kind), _effect(kind, thread, last_day, at)
        )
        for kind in written
    ]


def _proposing(kind: Kind) -> Choice:
    effect = _(
        "A second officer reads it first. Until it is released nothing goes out and the deadline goes on."
    )
    return Choice(kind.value, str(KINDS[kind]), ICONS[kind], _("Send to a second officer"), effect)


def _send(kind: Kind) -> str:
    return {
        Kind.ANSWER: _("Send the answer"),
        Kind.CLARIFICATION: _("Send the question"),
        Kind.REFERRAL: _("Send the referral"),
        Kind.HOLDING: _("Send the notice"),
        Kind.NOTE: _("Keep the note"),
    }[kind]


def _effect(kind: Kind, thread: Consultation, last_day: date, at: datetime) -> str:
    if kind is Kind.NOTE:
        return _("Only the staff reads it. No deadline moves.")
    name = (thread.asker and thread.asker.name) or _("the visitor")
    words = {"name": name, "day": dated(last_day)}
    if kind is Kind.HOLDING:
        return _holding_effect(thread, words)
    return f"{_met(kind, thread, at)} {_ball(kind, thread)} {_closing()}" % words


def _holding_effect(thread: Consultation, words: dict[str, str]) -> str:
    if thread.due_at is None:
        return _("%(name)s is told that we are at work, and has until the end of %(day)s to reply.") % words
    return _("%(name)s is told that we are at work. The deadline stays as it is: %(due)s.") % (
        words | {"due": until(thread.office, thread.due_at)}
    )


def _met(kind: Kind, thread: Consultation, at: datetime) -> str:
    if thread.due_at is None:
        return ""
    if not consulting.is_met(due=thread.due_at, answered=at):
        return _("The deadline has passed; the delay stays on record.")
    return _("Meets the deadline.")


def _ball(kind: Kind, thread: Consultation) -> str:
    if thread.due_at is None:
        return _("It stays %(name)s's turn, and the time to reply begins anew.")
    if kind is Kind.CLARIFICATION:
        return _("The turn goes to %(name)s; the reply starts a new deadline.")
    return _("The turn goes to %(name)s.")


def _closing() -> str:
    return _("Without a reply it closes at the end of %(day)s, after a reminder that morning.")
