"""The letter that a stored mail becomes: the same each time, so that a second copy is known as one."""

import hashlib
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from loket.outbox.models import Mail


class _Address(UnstructuredHeader):
    """One word, however long: folded it would be encoded, and no mail program would know it as an address."""

    def fold(self, *, policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Address)
POLICY = SMTP.clone(header_factory=_HEADERS)


class CannotBeWritten(Exception):
    """No letter can carry this address or text."""


def letter_of(mail: Mail, *, sender: str) -> EmailMessage:
    """`sender` is an address, with or without a name, whose domain also names the letter.

    Refuses CannotBeWritten, e.g. for a line break in the address.
    """
    try:
        return _write(mail, sender)
    except ValueError as fault:
        raise CannotBeWritten(str(fault)) from fault


def _write(mail: Mail, sender: str) -> EmailMessage:
    letter = EmailMessage(policy=POLICY)
    letter["From"] = sender
    letter["To"] = mail.to
    letter["Subject"] = mail.subject
    letter["Date"] = format_datetime(mail.created_at)
    letter["Message-ID"] = message_id(mail, domain=parseaddr(sender)[1].rpartition("@")[2])
    # RFC 3834: no holiday notice shall answer this.
    letter["Auto-Submitted"] = "auto-generated"
    if mail.stop_at:
        # RFC 8058: the mail program shows a button and posts there itself.
        letter["List-Unsubscribe"] = f"<{mail.stop_at}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(mail.text)
    if mail.html:
        letter.add_alternative(mail.html, subtype="html")
    return letter


def message_id(mail: Mail, *, domain: str) -> str:
    """Stable for the row: after a crash between sending and noting, the copy has the same one (D11).

    The key itself may open a page, so only its digest is shown.
    """
    return f"<{hashlib.sha256(mail.key.encode()).hexdigest()[:32]}@{domain}>"
