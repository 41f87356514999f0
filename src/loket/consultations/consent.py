"""The letter that asks whether an answer may be published; to say nothing is to say no."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.consultations.letters import Letter, greeting, html_of, text_of
from loket.consultations.messages import thread_path
from loket.consultations.models import Consultation
from loket.outbox import actions as outbox
from loket.people.links import link_to
from loket.people.models import User


def ask(consultation: Consultation, asker: User, *, at: datetime) -> None:
    """Once for a consultation; the link leads to the words as they stand, after signing in."""
    with override(asker.language):
        letter = Letter(
            subject=_("May we publish the answer to consultation %(number)s?")
            % {"number": consultation.label},
            greeting=greeting(asker.name),
            lines=[
                _(
                    "Others may have the same question. We would like to publish it with its answer, "
                    "without your name and without anything that leads to you."
                ),
                _("You decide freely. Without your consent nothing is published, and you can take it back."),
            ],
            link=link_to(path(consultation), reader=asker, at=at),
            link_text=_("Read it and decide"),
        )
        outbox.put(
            key=f"consultation:{consultation.pk}:consent", office=consultation.office.code,
            kind="consultation.consent", to=asker.email, subject=letter.subject,
            text=text_of(letter, consultation.office), html=html_of(letter, consultation.office), at=at,
        )  # fmt: skip


def path(consultation: Consultation) -> str:
    return f"{thread_path(consultation)}artikel/"
