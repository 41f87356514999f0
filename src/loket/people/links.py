"""Addresses in mails that know whom they were written to. They open nothing: a sign-in does.

What the signature brings is that the sign-in page can put the reader's own address in, and that nobody
can make a page of ours name an address that we did not write to (docs/decisions/0032).
"""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer

from loket.base.links import absolute
from loket.people.models import User

NAME = "surat"


def link_to(path: str, *, reader: User, at: datetime) -> str:
    """The full address of a page for a mail to `reader`, written at `at` (aware)."""
    return f"{absolute(path)}?{NAME}={_signer(path).sign(f'{reader.pk}.{int(at.timestamp())}')}"


def reader_of(address: str, *, at: datetime) -> User | None:
    """Whom the mail with this local address was written to; None where the signature is missing, too old
    (LOKET_MAIL_LINK_DAYS), of another page, or not ours, and for accounts that have ended.
    """
    try:
        parts = urlsplit(address)
        signed = parse_qs(parts.query).get(NAME, [""])[0]
        key, written = _signer(parts.path).unsign(signed).split(".")
    except (BadSignature, ValueError):
        return None
    if at.timestamp() - int(written) > timedelta(days=settings.MAIL_LINK_DAYS).total_seconds():
        return None
    return User.objects.filter(pk=key, is_active=True).first()  # the key is unique


def _signer(path: str) -> Signer:
    # A point, because it is left alone by mail programs that break addresses at colons.
    return Signer(salt=f"mail:{path}", sep=".")
