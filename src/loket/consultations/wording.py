"""What kinds of message and reasons of closing are called in letters, in the language in force."""

from django.utils.translation import gettext as _

from loket.consultations.models import Consultation
from loket.rules.consulting import Kind


def subject_of(kind: Kind) -> str:
    return {
        Kind.ANSWER: _("Answer to your consultation %(number)s"),
        Kind.CLARIFICATION: _("We have a question about your consultation %(number)s"),
        Kind.REFERRAL: _("Where to ask for your consultation %(number)s"),
        Kind.HOLDING: _("We are working on your consultation %(number)s"),
    }[kind]


def lead_of(kind: Kind) -> str:
    return {
        Kind.ANSWER: _("The officer has answered your question:"),
        Kind.CLARIFICATION: _("To answer you well the officer needs to know:"),
        Kind.REFERRAL: _("Another institution has what you are looking for:"),
        Kind.HOLDING: _("Your question is being worked on:"),
    }[kind]


def closed_because(reason: str) -> str:
    return {
        Consultation.Reason.SOLVED: _("You told us that your question is answered. Thank you for asking."),
        Consultation.Reason.NO_RESPONSE: _(
            "We have not heard from you for some working days, so the consultation was closed."
        ),
        Consultation.Reason.WITHDRAWN: _("You have withdrawn your question."),
        Consultation.Reason.FINISHED: _("The consultation is finished."),
    }[reason]
