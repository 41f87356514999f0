"""A province for its reader Dewi: offices added up and side by side, figures and never a name."""

import io
import json

import pytest
from openpyxl import load_workbook

from loket.offices.models import Office
from loket.people.models import Role
from loket.reports import keeping
from tests.cast import MORNING, an_office, an_officer, take

pytestmark = pytest.mark.django_db
MONTH = "/3500/wilayah/2026-01/"


@pytest.fixture
def province(client, time_machine):
    """A province without doors of its own, with two offices below it and one elsewhere."""
    province = Office.objects.create(code="3500", name="BPS Provinsi Jawa Timur", serves=False)
    for code, visits in (("3574", 2), ("3573", 1)):
        office = an_office(code=code, parent=province)
        for _ in range(visits):
            take(office)
    take(an_office(code="9471"))
    client.force_login(an_officer(province, "Dewi", role=Role.READER))
    time_machine.move_to(MORNING, tick=False)
    return province


def test_the_page_adds_up_and_compares(client, province):
    page = client.get(MONTH).content.decode()

    assert "BPS Provinsi Jawa Timur" in page
    assert "/3574/kelola/laporan/2026-01/" in page
    assert "9471" not in page
    assert "Budi" not in page


def test_the_sum_is_that_of_the_offices_below(client, province):
    document = json.loads(client.get(f"{MONTH}laporan.json").content)

    taken = sum(row["taken"] for row in document["sections"]["hours"]["rows"])
    assert taken == 3
    assert [row["code"] for row in document["sections"]["offices"]["rows"]] == ["3573", "3574"]
    # Budi came to both offices and is one person.
    assert document["figures"]["persons"] == 1


def test_the_workbook_has_the_comparison(client, province):
    book = load_workbook(io.BytesIO(client.get(f"{MONTH}laporan.xlsx").content))

    assert "Kantor" in book.sheetnames


def test_whoever_serves_an_office_does_not_read_the_province(client, province):
    office = Office.objects.get(code="3574")
    client.force_login(an_officer(office, "Rina", role=Role.SUPERVISOR))

    assert client.get(MONTH).status_code == 404


def test_the_first_address_is_the_running_month(client, province):
    assert client.get("/3500/wilayah/").headers["Location"] == MONTH


def test_many_offices_cost_no_more_queries_than_one(client, province, django_assert_max_num_queries):
    for number in range(10):
        take(an_office(code=f"35{number}", parent=province))
    for office in Office.objects.filter(serves=True):
        keeping.bring_up(office=office, at=MORNING)
    client.get(MONTH)

    with django_assert_max_num_queries(12):
        client.get(MONTH)
