"""What people are told about their requests, in their language, through the outbox."""

from datetime import datetime
from urllib.parse import urlencode

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.base.links import absolute
from loket.offices.explaining import until
from loket.outbox import actions as outbox
from loket.privacy.models import DataRequest

SALT = "privacy.export"
# As long as the office may take to answer.
LINK_LIVES = 72 * 3600


def received(asked: DataRequest, *, at: datetime) -> None:
    """It was received, and until when it is answered."""
    with override(asked.language):
        text = _(
            "Your request about your data has been received: %(kind)s.\n\n"
            "The office answers it at the latest on %(due)s, within three times 24 hours."
        )
        _put(asked, "data_request.received", text, to=asked.email, at=at)


def ended(asked: DataRequest, *, to: str, at: datetime) -> None:
    """What was done, or why it could not be; after an access request with the way to the data."""
    with override(asked.language):
        text = _("Your request about your data has been answered: %(kind)s, %(state)s.")
        if asked.answer:
            text += "\n\n%(answer)s"
        if asked.kind == DataRequest.Kind.ACCESS and asked.state == DataRequest.State.DONE:
            text += "\n\n" + _("Your data, for the next three days:") + "\n%(link)s"
        erased = asked.kind == DataRequest.Kind.ERASE and asked.state == DataRequest.State.DONE
        _put(asked, outbox.LAST_WORD if erased else "data_request.ended", text, to=to, at=at)


def _put(asked: DataRequest, kind: str, text: str, *, to: str, at: datetime) -> None:
    if not to:
        return
    office = asked.office
    facts = {
        "kind": asked.get_kind_display(),
        "state": asked.get_state_display(),
        "due": until(office, asked.due_at),
        "answer": asked.answer,
        "link": export_link(asked),
    }
    outbox.put(
        key=f"{kind}:{asked.pk}",
        office=office.code,
        kind=kind,
        to=to,
        subject=_("Your request about your data"),
        text=(text % facts) + f"\n\n{office.name}\n{office.address}",
        at=at,
    )


def export_link(asked: DataRequest) -> str:
    """The way to the person's data: signed, good for three days, worth nothing to whom it was not sent."""
    token = signing.dumps(asked.pk, salt=SALT)
    return absolute(f"/{asked.office.code}/privasi/data/?{urlencode({'kunci': token})}")


def asked_by(token: str) -> int | None:
    """The request that a link was made for; None when it was changed or is too old."""
    try:
        return signing.loads(token, salt=SALT, max_age=LINK_LIVES)
    except signing.BadSignature:
        return None
