"""The address at which one visit can be rated: signed, for this visit only."""

from django.core.signing import BadSignature, Signer

from loket.base.links import absolute
from loket.visits.models import Ticket

# A point, because it is left alone by mail programs that break addresses at colons.
_signer = Signer(salt="rating", sep=".")


class LinkWrong(Exception):
    """The address was not made here, or belongs to another office."""


def rating_link(ticket: Ticket) -> str:
    """The full address for a mail; what is rated there counts as rated by mail."""
    return f"{absolute(rating_path(ticket))}?dari=surel"


def rating_path(ticket: Ticket) -> str:
    """The address for the visitor's own page of the ticket."""
    return f"/{ticket.office.code}/nilai/{rating_token(ticket)}/"


def rating_token(ticket: Ticket) -> str:
    return _signer.sign(str(ticket.pk))


def ticket_of(token: str, *, office_code: str) -> Ticket:
    """The ticket a token speaks of. Refuses LinkWrong."""
    try:
        pk = int(_signer.unsign(token))
        return Ticket.objects.select_related("office", "service", "counter").get(
            pk=pk, office__code=office_code
        )
    except (BadSignature, Ticket.DoesNotExist):
        raise LinkWrong from None
