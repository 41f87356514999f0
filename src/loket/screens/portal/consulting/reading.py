"""The thread as its asker sees it: who has the ball, until when, and everything that was said."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.base.markdown import to_html
from loket.consultations.models import Attachment, Consultation, Message, Turn
from loket.consultations.queries import said_to_asker
from loket.people.models import User
from loket.rules.consulting import Kind
from loket.screens.counted_days import Chip, answer_chip, silence_chip
from loket.screens.thread_events import for_visitor

BADGES = {
    Kind.ANSWER: ("circle-check", gettext_lazy("Answer")),
    Kind.CLARIFICATION: ("message-circle-question-mark", gettext_lazy("Question back to you")),
    Kind.REFERRAL: ("map-pin", gettext_lazy("Where to ask")),
    Kind.HOLDING: ("hourglass", gettext_lazy("In progress")),
}


@dataclass(frozen=True)
class Entry:
    """One piece of the conversation; `html` is the office's Markdown, cleaned, `text` the visitor's words."""

    at: datetime
    who: str = ""
    office: bool = False
    event: str = ""
    icon: str = ""
    badge: str = ""
    text: str = ""
    html: SafeString | None = None
    # What was written, before it became a page: for copies on paper.
    plain: str = ""
    institution: str = ""
    address: str = ""
    files: list[Attachment] = field(default_factory=list)


def entries(consultation: Consultation, user: User) -> list[Entry]:
    """Oldest first; notes of the staff are not among them."""
    found = list(said_to_asker(consultation).select_related("author"))
    files: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.filter(message__in=found).order_by("pk"):
        files.setdefault(file.message_id, []).append(file)
    made = [_entry(message, user, files.get(message.pk, [])) for message in found]
    return [entry for entry in made if entry]


def _entry(message: Message, user: User, files: list[Attachment]) -> Entry | None:
    kind = Kind(message.kind)
    if kind is Kind.SYSTEM:
        words = for_visitor(message)
        return Entry(at=message.at, event=words) if words else None
    if kind in BADGES:
        return _from_the_office(message, kind, files)
    mine = message.author_id == user.pk
    who = _("You") if mine else str(message.author or _("Visitor"))
    return Entry(at=message.at, who=who, text=message.text, plain=message.text, files=files)


def _from_the_office(message: Message, kind: Kind, files: list[Attachment]) -> Entry:
    icon, badge = BADGES[kind]
    name = message.author.name if message.author else ""
    return Entry(
        at=message.at,
        who=_("%(name)s, officer") % {"name": name} if name else _("Officer"),
        office=True,
        icon=icon,
        badge=str(badge),
        html=to_html(message.text),
        plain=message.text,
        institution=message.institution,
        address=message.address,
        files=files,
    )


@dataclass(frozen=True)
class Standing:
    """Who has the ball and what follows; `moved` is the deadline that was promised first."""

    state: str
    chip: Chip | None
    moved: datetime | None
    late: bool


def standing(consultation: Consultation, *, at: datetime) -> Standing:
    turn = _latest_turn(consultation)
    if turn is None or consultation.state == Consultation.State.CLOSED:
        return Standing(consultation.state, None, None, late=False)
    if consultation.state == Consultation.State.VISITOR:
        chip = silence_chip(turn.office, turn.silence, at=at) if turn.silence else None
        return Standing(consultation.state, chip, None, late=False)
    moved = turn.first_due_at if turn.due_at > turn.first_due_at else None
    chip = answer_chip(turn.office, turn.deadline, at=at)
    return Standing(consultation.state, chip, moved, late=at > turn.due_at)


def _latest_turn(consultation: Consultation) -> Turn | None:
    turns = Turn.objects.filter(consultation=consultation, number=consultation.turn)
    return turns.select_related("office").first()  # one by constraint
