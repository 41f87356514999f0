"""What somebody types who has a code for the guest book, or what a scanner types for them."""

import re

from loket.offices.models import Office
from loket.visits.models import Ticket

# The picture on a paper ticket and on the kiosk's screen leads to the page of that number.
TICKET = re.compile(r"/antrean/([A-Za-z0-9_.-]{1,200})/?$")


def code_in(typed: str, *, office: Office) -> str:
    """The personal code in `typed`: alone, after the last "=" of an address from a mail, or that of an
    earlier ticket of this office whose address was scanned.
    """
    if scanned := TICKET.search(typed):
        return _code_of_ticket(scanned[1], office) or typed
    return typed.rpartition("=")[2]


def _code_of_ticket(token: str, office: Office) -> str:
    # Whoever holds the ticket can read the code on its page anyway.
    tickets = Ticket.objects.filter(office=office, token=token, visit__visitor__isnull=False)
    return tickets.values_list("visit__visitor__code", flat=True).first() or ""  # the token is unique
