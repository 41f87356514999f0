import socket

import pytest

from loket.base import escpos, printer
from loket.base.models import Event
from loket.live import announce
from loket.people import devices
from loket.people.models import Device
from loket.visits.actions.printing import print_ticket
from loket.visits.models import Ticket
from loket.visits.slips import slip
from tests.cast import MORNING, an_office, take
from tests.visits.paperprinter import PaperPrinter

pytestmark = pytest.mark.django_db


def a_kiosk(office, port) -> Device:
    wired = {"printer": {"host": "127.0.0.1", "port": port, "width": 80}}
    return devices.add_device(
        office=office, kind="kiosk", name="Kios", by="staff:1", at=MORNING, settings=wired
    )


def print_it(ticket, kiosk, *, again=False):
    return print_ticket(ticket=ticket, device=kiosk, again=again, at=MORNING)


def said(kiosk):
    return Device.objects.get(pk=kiosk.pk).state.get("printer")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def test_a_slip_carries_the_number_the_place_and_the_way_to_follow_it():
    office = an_office()
    take(office)
    ticket = take(office)

    paper = slip(ticket, width=80, ahead=1, at=MORNING)

    assert b"\x1d!\x44\x1bE\x01A-002\n" in paper
    assert ticket.token.encode() in paper
    assert ticket.visit.visitor.code.encode() in paper
    assert paper.endswith(b"\x1dV\x42\x50")


@pytest.mark.parametrize("width", [80, 58])
def test_no_line_is_longer_than_the_paper(width):
    office = an_office()
    office.name = "Badan Pusat Statistik Kabupaten " + "Panjang" * 12
    ticket = take(office)
    ticket.office = office

    for line in slip(ticket, width=width, ahead=None, at=MORNING).split(b"\n"):
        text = bytes(sign for sign in line if 32 <= sign < 127)
        if b"antrean/" not in text:
            assert len(text) <= escpos.COLUMNS[width] + 4  # commands before the text have letters, too


def test_letters_no_printer_has_fall_back_to_plain_ones():
    assert escpos.plain("Café – Ōsaka 日本") == b"Caf\x65 - Osaka ??"


def test_a_number_is_printed_once_however_often_the_page_asks():
    office = an_office()
    with PaperPrinter() as paper:
        ticket, kiosk = take(office), a_kiosk(office, paper.port)

        for _ in range(3):
            assert print_it(ticket, kiosk) == "ok"

    assert len(paper.slips) == 1
    assert Event.objects.filter(kind="ticket.print").count() == 1


def test_print_again_prints_again():
    office = an_office()
    with PaperPrinter() as paper:
        ticket, kiosk = take(office), a_kiosk(office, paper.port)

        print_it(ticket, kiosk)
        print_it(ticket, kiosk, again=True)

    assert len(paper.slips) == 2


@pytest.mark.parametrize(
    ("trouble", "state"), [({"sheets": 0}, "paper_out"), ({"cover_open": True}, "cover_open")]
)
def test_a_printer_that_cannot_is_told_to_staff_and_the_number_stays(trouble, state):
    office = an_office()
    with PaperPrinter(**trouble) as paper:
        ticket, kiosk = take(office), a_kiosk(office, paper.port)
        before = announce.version(announce.devices(office.code))

        with pytest.raises(printer.PrinterTrouble) as refusal:
            print_it(ticket, kiosk)

    assert (refusal.value.state, said(kiosk)) == (state, state)
    assert announce.version(announce.devices(office.code)) == before + 1
    assert Ticket.objects.get().label == "A-001"


def test_a_printer_that_is_switched_off_is_noticed_and_its_return_as_well():
    office = an_office()
    ticket, kiosk = take(office), a_kiosk(office, free_port())

    with pytest.raises(printer.PrinterTrouble):
        print_it(ticket, kiosk)
    assert said(kiosk) == "unreachable"

    with PaperPrinter() as paper:
        kiosk.settings["printer"]["port"] = paper.port
        print_it(ticket, kiosk, again=True)
    assert said(kiosk) == "ok"


def test_the_last_of_the_roll_is_told_before_it_ends():
    office = an_office()
    with PaperPrinter(low=True) as paper:
        assert print_it(take(office), a_kiosk(office, paper.port)) == "paper_low"


def test_the_last_slip_is_out_and_staff_are_told_that_it_was_the_last():
    office = an_office()
    with PaperPrinter(sheets=1) as paper:
        kiosk = a_kiosk(office, paper.port)
        print_it(take(office), kiosk)

    assert len(paper.slips) == 1
    assert said(kiosk) == "paper_out"


def test_a_printer_that_answers_nothing_is_believed(monkeypatch):
    monkeypatch.setattr(printer, "ANSWER_SECONDS", 0.05)
    office = an_office()
    with PaperPrinter(mute=True) as paper:
        assert print_it(take(office), a_kiosk(office, paper.port)) == "ok"
