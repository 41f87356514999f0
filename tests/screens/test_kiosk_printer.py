"""A kiosk whose printer hangs on the network."""

import re

import time_machine

from loket.people.models import Device
from loket.visits.models import Ticket
from tests.cast import ANSWERS, MORNING, an_office
from tests.screens.test_kiosk import page, paired, pytestmark  # noqa: F401 - marks these tests, too
from tests.visits.paperprinter import PaperPrinter

PRINT = "/3574/kios/nomor/cetakan/"


def wired(port):
    return paired(an_office(), printer={"host": "127.0.0.1", "port": port, "width": 58})


@time_machine.travel(MORNING, tick=False)
def test_the_number_is_seen_first_and_the_paper_follows():
    with PaperPrinter() as printer:
        kiosk = wired(printer.port)

        number = kiosk.post("/3574/kios/buku-tamu/", ANSWERS, follow=True)
        slips_before = len(printer.slips)
        printed = kiosk.post(PRINT)

    assert "data-print-order" in page(number)
    assert (slips_before, len(printer.slips)) == (0, 1)
    assert "data-print-order" not in page(printed)
    assert "A-001" in page(printed)
    # Language and letters can be changed after the paper as well.
    assert "A-001" in page(kiosk.get(english_of(printed)))


def english_of(answer) -> str:
    return re.search(r'href="([^"]+)" lang="en"', page(answer))[1]


@time_machine.travel(MORNING, tick=False)
def test_without_paper_the_number_stands_and_print_again_is_offered():
    with PaperPrinter(sheets=0) as printer:
        kiosk = wired(printer.port)
        kiosk.post("/3574/kios/buku-tamu/", ANSWERS)

        failed = kiosk.post(PRINT)
        printer.sheets = 5
        again = kiosk.post(PRINT, {"again": "yes"})

    assert 'name="again"' in page(failed)
    assert "A-001" in page(failed)
    assert Device.objects.get().state["printer"] == "ok"
    assert again.status_code == 200
    assert len(printer.slips) == 1
    assert Ticket.objects.count() == 1


@time_machine.travel(MORNING, tick=False)
def test_nothing_is_printed_for_a_kiosk_that_shows_no_number():
    with PaperPrinter() as printer:
        answer = wired(printer.port).post(PRINT)

    assert answer.headers["Location"] == "/3574/kios/"
    assert printer.slips == []
