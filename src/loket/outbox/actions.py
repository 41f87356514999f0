"""Messages: put in the transaction of their cause, delivered by the worker."""

from datetime import datetime

from django.db import transaction

from loket.base import ids
from loket.outbox.models import Mail


@transaction.atomic
def put(
    *,
    to: str,
    subject: str,
    text: str,
    kind: str,
    at: datetime,
    html: str = "",
    office: str = "",
    key: str | None = None,
    not_before: datetime | None = None,
) -> Mail:
    """Store a message, to leave at `not_before` (aware) or at once.

    With a `key` that exists already nothing new is stored: one cause, one mail.
    """
    mail, _ = Mail.objects.get_or_create(
        key=key or ids.token(),
        defaults={
            "office": office,
            "kind": kind,
            "to": to,
            # A line break in a subject would start a header of the sender's choice.
            "subject": " ".join(subject.split())[:200],
            "text": text,
            "html": html,
            "created_at": at,
            "next_try_at": not_before or at,
        },
    )
    return mail
