"""A mail of a consultation in parts; the same parts become its text and its HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from loket.offices.models import Office


@dataclass(frozen=True)
class Letter:
    """`quote` is what somebody else wrote; everything else are our own words."""

    subject: str
    greeting: str
    lines: Sequence[str]
    link: str
    link_text: str
    quote: str = ""
    after: Sequence[str] = ()


def text_of(letter: Letter, office: Office) -> str:
    quoted = "\n".join(f"> {line}" for line in letter.quote.split("\n")) if letter.quote else ""
    parts = [
        letter.greeting,
        "\n".join(letter.lines),
        quoted,
        "\n".join(letter.after),
        f"{letter.link_text}:\n{letter.link}",
        f"{office.name}\n{office.address}".strip(),
    ]
    return "\n\n".join(part for part in parts if part)


def greeting(name: str) -> str:
    return _("Good day, %(name)s.") % {"name": name} if name else _("Good day.")


def html_of(letter: Letter, office: Office) -> str:
    return render_to_string("mail/consultation.html", {"letter": letter, "office": office})
