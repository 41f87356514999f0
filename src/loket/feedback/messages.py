"""What the office writes to people about what they think and say, into the outbox."""

from datetime import datetime

from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.base.links import absolute
from loket.feedback.models import Complaint, Invitation
from loket.feedback.queries_complaints import due_of, readers_of
from loket.feedback.secrets import grouped
from loket.offices.clock import last_day
from loket.outbox import actions as outbox
from loket.people.choices import OptionalMail
from loket.people.models import User, Visitor
from loket.people.optional import stop_address


def survey_invitation(invitation: Invitation, visitor: Visitor | User, *, at: datetime) -> None:
    """Nine questions about the visit or consultation; the address can be used once."""
    office = invitation.period.office
    stop = stop_address(OptionalMail.SURVEY, visitor)
    with override(visitor.language):
        subject = _("How satisfied were you with %(office)s?") % {"office": office.name}
        text = _(
            "Good day, %(name)s.\n\n"
            "You agreed to be asked how satisfied you were. Nine short questions, about two minutes; your "
            "name is not kept with the answers:\n%(link)s\n\n"
            "The address can be used once, until %(last)s. Nothing follows if you leave it out.\n\n"
            "You do not want to be asked any more? One press is enough:\n%(stop)s\n\n"
            "%(office)s\n%(address)s"
        ) % {
            "stop": stop,
            "name": visitor.name,
            "link": absolute(f"/{office.code}/survei/{invitation.token}/"),
            "last": f"{invitation.period.last:%d-%m-%Y}",
            "office": office.name,
            "address": office.address,
        }
    visited = invitation.ticket_id
    service = f"ticket:{visited}" if visited else f"consultation:{invitation.consultation_id}"
    outbox.put(
        key=f"{service}:survey",
        office=office.code,
        kind="survey.invitation",
        to=visitor.email,
        subject=subject,
        text=text,
        at=at,
        stop_at=stop,
    )


# ----- complaints: what is complained about never stands in a mail


def complaint_received(complaint: Complaint, secret: str, *, at: datetime) -> None:
    """At once, where there is an address: the code, the secret, and until when the office answers."""
    if not complaint.email:
        return
    office = complaint.office
    with override(complaint.language):
        subject = _("Your complaint %(number)s at %(office)s") % {
            "number": complaint.label,
            "office": office.name,
        }
        text = _(
            "Good day.\n\nYour complaint has been received and has the number %(number)s. You will have a "
            "first answer by %(respond)s and a decision by %(decide)s.\n\n"
            "Follow it here:\n%(link)s\n\n"
            "Code: %(code)s\nSecret: %(secret)s\n\nKeep the secret to yourself: whoever has both can read "
            "and answer in your place.\n\n%(office)s"
        ) % {
            "number": complaint.label,
            "respond": _day(complaint, complaint.respond_due),
            "decide": _day(complaint, complaint.decide_due),
            "link": absolute(f"/{office.code}/pengaduan/lacak/"),
            "code": grouped(complaint.code),
            "secret": grouped(secret),
            "office": office.name,
        }
    _put(complaint, "received", complaint.email, subject, text, at)


def complaint_news(complaint: Complaint, *, at: datetime) -> None:
    """Something new to read; what it is stands behind code and secret."""
    if not complaint.email:
        return
    with override(complaint.language):
        subject = _("News about your complaint %(number)s") % {"number": complaint.label}
        text = _(
            "Good day.\n\nThere is something new about your complaint %(number)s. Read it with your code "
            "and your secret:\n%(link)s\n\n%(office)s"
        ) % {
            "number": complaint.label,
            "link": absolute(f"/{complaint.office.code}/pengaduan/lacak/"),
            "office": complaint.office.name,
        }
    _put(complaint, f"news:{complaint.version}", complaint.email, subject, text, at)


def complaint_to_staff(complaint: Complaint, what: str, *, at: datetime) -> None:
    """To everybody who may read it: "new", "objection"."""
    for reader in readers_of(complaint):
        _to(complaint, reader, f"{what}:{complaint.version}", what, at)


def complaint_to_handler(complaint: Complaint, *, at: datetime) -> None:
    if complaint.handler:
        _to(complaint, complaint.handler, f"yours:{complaint.version}", "yours", at)


def complaint_reply(complaint: Complaint, *, at: datetime) -> None:
    """To whoever handles it, or as long as nobody does to all who may read it."""
    for person in [complaint.handler] if complaint.handler else readers_of(complaint):
        _to(complaint, person, f"reply:{complaint.version}", "reply", at)


def told(complaint: Complaint, what: str) -> list[User]:
    """Who hears that time is running out: its handler of the reminder, all its readers when it is over."""
    if what == "reminder" and complaint.handler:
        return [complaint.handler]
    return readers_of(complaint)


def complaint_presses(complaint: Complaint, what: str, *, at: datetime, not_before: datetime) -> None:
    """ "reminder" or "overdue", once for each deadline."""
    for person in told(complaint, what):
        key = f"{what}:{due_of(complaint):%Y%m%d%H%M}"
        _to(complaint, person, key, what, at, not_before)


def _opening_words(what: str) -> str:
    return {
        "new": _("There is a new complaint."),
        "objection": _("Somebody objects to the decision on a complaint."),
        "yours": _("A complaint is yours to handle."),
        "reply": _("The complainant has written again."),
        "reminder": _("A complaint has to be answered by the next working day."),
        "overdue": _("A complaint is overdue."),
    }[what]


def _to(
    complaint: Complaint, person: User, key: str, what: str, at: datetime, not_before: datetime | None = None
) -> None:
    due = due_of(complaint)
    with override(person.language):
        subject = _("Complaint %(number)s") % {"number": complaint.label}
        text = _("%(words)s\n\nNumber: %(number)s\nDue: %(due)s\n%(link)s") % {
            "words": _opening_words(what),
            "number": complaint.label,
            "due": _day(complaint, due) if due else "-",
            "link": absolute(f"/{complaint.office.code}/kelola/pengaduan/{complaint.pk}/"),
        }
    _put(complaint, f"{key}:{person.pk}", person.email, subject, text, at, not_before)


def _day(complaint: Complaint, due: datetime) -> str:
    return date_words(last_day(complaint.office, due), "l j F Y")


def _put(complaint: Complaint, key: str, to: str, subject: str, text: str, at, not_before=None) -> None:
    outbox.put(
        key=f"complaint:{complaint.pk}:{key}",
        office=complaint.office.code,
        kind="complaint",
        to=to,
        subject=subject,
        text=text,
        at=at,
        not_before=not_before,
    )
