"""Putting a number on paper. The number is stored long before; paper can fail, numbers cannot."""

from datetime import datetime

from django.db import transaction

from loket.base import events, printer, replay
from loket.people import devices
from loket.people.models import Device
from loket.visits.estimating import line_of
from loket.visits.models import Ticket
from loket.visits.slips import slip


def print_ticket(*, ticket: Ticket, device: Device, again: bool, at: datetime) -> str:
    """Print the ticket at the kiosk's network printer; what printer.send says.

    Without `again` a ticket is printed once, however often the page asks. Refuses
    printer.PrinterTrouble; staff then see at the desk what is wrong with the printer. Holds no
    transaction while the printer works.
    """
    if not again and not _first(ticket, device, at):
        return "ok"
    wanted = device.settings["printer"]
    ahead = line_of(ticket.service, at=at).place(ticket)
    try:
        said = printer.send(
            wanted["host"], wanted["port"], slip(ticket, width=wanted["width"], ahead=ahead, at=at)
        )
    except printer.PrinterTrouble as trouble:
        devices.say_printer(device=device, printer=trouble.state, at=at)
        raise
    devices.say_printer(device=device, printer=said, at=at)
    return said


@transaction.atomic
def _first(ticket: Ticket, device: Device, at: datetime) -> bool:
    """Is this the first wish for this ticket's paper?"""
    events.hold(ticket.office.code)
    wish = {"scope": f"paper:{ticket.office.code}", "key": str(ticket.pk), "content": device.pk}
    if replay.answered(**wish):
        return False
    replay.remember(**wish, answer="printed", at=at)
    events.record(
        office=ticket.office.code,
        kind="ticket.print",
        subject=f"ticket:{ticket.pk}",
        by=device.device_id,
        at=at,
    )
    return True
