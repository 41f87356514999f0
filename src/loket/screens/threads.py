"""A consultation's conversation as screens show it: who said what, and what the program did meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.base.markdown import to_html
from loket.consultations.models import Attachment, Consultation, Message
from loket.people.models import User
from loket.rules.consulting import Kind
from loket.screens.thread_events import for_staff

KINDS = {
    Kind.ANSWER: gettext_lazy("Answer"),
    Kind.CLARIFICATION: gettext_lazy("Request for clarification"),
    Kind.REFERRAL: gettext_lazy("Referral"),
    Kind.HOLDING: gettext_lazy("Holding notice"),
    Kind.NOTE: gettext_lazy("Internal note"),
    Kind.AUTOMATIC: gettext_lazy("Automatic mail"),
}
ICONS = {
    Kind.ANSWER: "send",
    Kind.CLARIFICATION: "message-circle-question-mark",
    Kind.REFERRAL: "map-pin",
    Kind.HOLDING: "hourglass",
    Kind.NOTE: "lock",
    Kind.AUTOMATIC: "mail",
}


@dataclass(frozen=True)
class Entry:
    """One entry of the timeline; `look` is visitor, office, note or event."""

    pk: int
    look: str
    who: str
    at: datetime
    label: str = ""
    icon: str = "info"
    html: str = ""
    institution: str = ""
    address: str = ""
    files: list[Attachment] = field(default_factory=list)


def entries(
    thread: Consultation,
    messages: Iterable[Message],
    *,
    reader: User,
    files: Mapping[int, list[Attachment]] | None = None,
) -> list[Entry]:
    """The timeline, oldest first; `messages` are those the reader may see, each with its author."""
    return [_entry(thread, message, reader, (files or {}).get(message.pk, [])) for message in messages]


def _entry(thread: Consultation, message: Message, reader: User, files: list[Attachment]) -> Entry:
    kind = Kind(message.kind)
    if kind is Kind.SYSTEM:
        return Entry(message.pk, "event", "", message.at, label=for_staff(message))
    return Entry(
        pk=message.pk,
        look=_look(kind),
        who=_who(thread, message, kind, reader),
        at=message.at,
        label=str(KINDS.get(kind, "")),
        icon=ICONS.get(kind, "info"),
        # A visitor's words stay as they were typed; officers write Markdown.
        html=_typed(message.text) if kind in (Kind.VISITOR, Kind.AUTOMATIC) else to_html(message.text),
        institution=message.institution,
        address=message.address,
        files=files,
    )


def _look(kind: Kind) -> str:
    if kind in (Kind.VISITOR, Kind.AUTOMATIC):
        return "visitor"
    return "note" if kind is Kind.NOTE else "office"


def _who(thread: Consultation, message: Message, kind: Kind, reader: User) -> str:
    if message.author_id == reader.pk:
        return _("You")
    if message.author:
        return message.author.name or (_("Visitor") if kind is Kind.VISITOR else _("Officer"))
    return _("Visitor") if kind in (Kind.VISITOR, Kind.AUTOMATIC) else _("Officer")


def _typed(text: str) -> SafeString:
    return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 - escaped by linebreaks
