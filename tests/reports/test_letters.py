import pytest

from loket.jobs import reporting
from loket.outbox.models import Mail
from loket.people.models import Role
from tests.cast import MORNING, an_office, an_officer, take

pytestmark = pytest.mark.django_db
FIRST = MORNING.replace(month=2, day=1)


def an_office_that_asks(**settings):
    office = an_office(settings={"report_mail": "monthly"} | settings)
    an_officer(office, "Rina", Role.SUPERVISOR)
    an_officer(office, "Sari")
    take(office)
    return office


def test_the_month_goes_to_those_who_lead_the_office_once():
    office = an_office_that_asks()

    for _ in range(2):
        for due in reporting.due(FIRST):
            reporting.send(due, FIRST)

    mail = Mail.objects.get(kind="report.month")
    assert mail.to == "rina@kantor.example"
    assert mail.subject == "Laporan BPS Kota Probolinggo, Januari 2026"
    assert "/3574/kelola/laporan/2026-01/" in mail.text
    assert "- Kunjungan dilayani: 0" in mail.text
    assert office.code == mail.office


def test_nobody_is_written_to_who_did_not_ask():
    office = an_office()
    an_officer(office, "Rina", Role.SUPERVISOR)

    assert reporting.due(FIRST) == []


def test_an_office_that_begins_in_the_middle_of_a_month_waits_for_the_next():
    an_office_that_asks()

    assert reporting.due(FIRST.replace(day=11)) == []
    assert len(reporting.due(FIRST.replace(day=10))) == 1


def test_a_supervisor_who_comes_in_the_first_days_gets_the_month_too():
    office = an_office_that_asks()
    reporting.send(office, FIRST)

    an_officer(office, "Dewi", Role.SUPERVISOR)
    for due in reporting.due(FIRST):
        reporting.send(due, FIRST)

    assert list(Mail.objects.filter(kind="report.month").order_by("pk").values_list("to", flat=True)) == [
        "rina@kantor.example",
        "dewi@kantor.example",
    ]
