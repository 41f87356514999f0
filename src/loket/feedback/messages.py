"""What the office writes to people about what they think and say, into the outbox."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.base.links import absolute
from loket.feedback.models import Invitation
from loket.outbox import actions as outbox
from loket.people.models import Visitor


def survey_invitation(invitation: Invitation, visitor: Visitor, *, at: datetime) -> None:
    """Nine questions about the visit; the address can be used once."""
    office = invitation.period.office
    with override(visitor.language):
        subject = _("How satisfied were you with %(office)s?") % {"office": office.name}
        text = _(
            "Good day, %(name)s.\n\n"
            "You agreed to be asked how satisfied you were. Nine short questions, about two minutes; your "
            "name is not kept with the answers:\n%(link)s\n\n"
            "The address can be used once, until %(last)s. Nothing follows if you leave it out.\n\n"
            "%(office)s\n%(address)s"
        ) % {
            "name": visitor.name,
            "link": absolute(f"/{office.code}/survei/{invitation.token}/"),
            "last": f"{invitation.period.last:%d-%m-%Y}",
            "office": office.name,
            "address": office.address,
        }
    outbox.put(
        key=f"ticket:{invitation.ticket_id}:survey",
        office=office.code,
        kind="survey.invitation",
        to=visitor.email,
        subject=subject,
        text=text,
        at=at,
    )
