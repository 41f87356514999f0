"""What is written to staff, into the outbox."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.base.links import absolute
from loket.outbox import actions as outbox
from loket.people.models import Invitation


def invited(invitation: Invitation, *, at: datetime) -> None:
    """The address at which an invitation is accepted."""
    office = invitation.office
    with override("id"):
        words = {
            "name": invitation.name or invitation.email,
            "office": office.name,
            "role": invitation.get_role_display(),
            "link": absolute(f"/akun/undangan/{invitation.token}/"),
        }
        subject = _("Invitation to the service desk of %(office)s") % words
        text = (
            _(
                "Good day, %(name)s.\n\n"
                "%(office)s invites you to work at its service desk as %(role)s. Open this address to "
                "accept; it can be used once, within seven days:\n%(link)s\n\n"
                "You need no password: at each sign-in a code is sent to this address.\n\n"
                "If you do not know why you received this mail, you need not do anything."
            )
            % words
        )
    outbox.put(
        key=f"invitation:{invitation.pk}",
        office=office.code,
        kind="staff.invited",
        to=invitation.email,
        subject=subject,
        text=text,
        at=at,
    )
