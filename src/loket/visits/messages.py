"""What the hall writes to visitors, in their language, into the outbox."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.base.links import absolute
from loket.outbox import actions as outbox
from loket.people.models import Visitor
from loket.visits.models import Ticket


def number_taken(ticket: Ticket, visitor: Visitor, *, at: datetime) -> None:
    """The number, the page that follows it, and the code that shortens the next visit."""
    office = ticket.office
    with override(visitor.language):
        subject = _("Your queue number %(number)s at %(office)s") % {
            "number": ticket.label,
            "office": office.name,
        }
        text = _(
            "Good day, %(name)s.\n\n"
            "Your queue number is %(number)s for %(service)s. Your place in line and the expected "
            "waiting time are shown here:\n%(link)s\n\n"
            "Your personal code is %(code)s. Type it at your next visit, or open this address, and the "
            "guest book is already filled in. Keep it to yourself.\n%(next)s\n\n"
            "The service is free of charge.\n\n%(office)s\n%(address)s"
        ) % {
            "name": visitor.name,
            "number": ticket.label,
            "service": ticket.service.name,
            "link": absolute(f"/{office.code}/antrean/{ticket.token}/"),
            "code": visitor.code,
            "next": absolute(f"/{office.code}/buku-tamu/kode/?kode={visitor.code}"),
            "office": office.name,
            "address": office.address,
        }
    outbox.put(
        key=f"ticket:{ticket.pk}:taken",
        office=office.code,
        kind="ticket.taken",
        to=visitor.email,
        subject=subject,
        text=text,
        at=at,
    )


def summary_key(ticket: Ticket) -> str:
    return f"ticket:{ticket.pk}:summary"


def summary(
    ticket: Ticket, visitor: Visitor, *, rating_link: str, edition: int, at: datetime, not_before: datetime
) -> None:
    """What was asked and given, and one tap to rate it.

    Said again before it left, it leaves with the newer words; said after, as a message of its own,
    one for each `edition` of the note.
    """
    subject, text = _summary_words(ticket, visitor, rating_link)
    key = summary_key(ticket)
    if outbox.revise(key=key, subject=subject, text=text, not_before=not_before, at=at):
        return
    outbox.put(
        key=f"{key}:{edition}" if edition and outbox.stored(key=key) else key,
        office=ticket.office.code,
        kind="ticket.summary",
        to=visitor.email,
        subject=subject,
        text=text,
        at=at,
        not_before=not_before,
    )


def _summary_words(ticket: Ticket, visitor: Visitor, rating_link: str) -> tuple[str, str]:
    office = ticket.office
    with override(visitor.language):
        subject = _("Your consultation %(number)s at %(office)s") % {
            "number": ticket.label,
            "office": office.name,
        }
        text = _(
            "Good day, %(name)s.\n\nThank you for your visit. This is what you were given.\n\n%(record)s\n\n"
            "How was the service? One tap is enough:\n%(link)s\n\n"
            "You find this again, and can ask online, with a code to this e-mail address:\n%(account)s\n\n"
            "%(office)s\n%(address)s"
        ) % {
            "name": visitor.name,
            "record": _record(ticket),
            "link": rating_link,
            "account": absolute(f"/{office.code}/konsultasi/"),
            "office": office.name,
            "address": office.address,
        }
    return subject, text


def _record(ticket: Ticket) -> str:
    """The officer's note as plain text; the visitor's own request where no note was made."""
    consultation = ticket.visit.consultation
    if consultation is None:
        return _("Your question: %(question)s") % {"question": ticket.visit.request or "-"}
    parts = [_("Your question: %(question)s") % {"question": consultation.question}]
    if consultation.answer:
        parts.append(_("Answer: %(answer)s") % {"answer": consultation.answer})
    parts += [
        _("- %(what)s: %(found)s")
        % {"what": " ".join(filter(None, [item.what, item.area])), "found": item.get_found_display()}
        for item in consultation.items.order_by("position")
    ]
    parts += [
        _("- Given: %(title)s %(address)s") % {"title": given.title, "address": given.address}
        for given in consultation.materials.order_by("pk")
    ]
    if consultation.referral:
        parts.append(_("You can also ask: %(referral)s") % {"referral": consultation.referral})
    return "\n".join(part.rstrip() for part in parts)
