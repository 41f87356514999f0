"""What was asked for leaves as files for the survey of data needs; nobody is named in them."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from loket.consultations.models import Consultation, DataItem
from loket.people.models import Role
from tests.cast import MORNING, an_office, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def rina():
    office = an_office()
    for days, what in ((0, "=Inflasi"), (400, "Lama")):
        asked = Consultation.objects.create(
            office=office, door="hall", question="Rahasia?", created_at=MORNING - timedelta(days=days)
        )
        DataItem.objects.create(
            consultation=asked, position=1, what=what, area="Kota Probolinggo", year_from=2020, year_to=2025,
            level="regency", period="yearly", found="not_found",
        )  # fmt: skip
    client = Client()
    client.force_login(an_officer(office, "Rina", Role.SUPERVISOR))
    return client


def text_of(client, address: str) -> str:
    return b"".join(client.get(address).streaming_content).decode("utf-8-sig")


def test_this_year_leaves_as_csv_without_names_and_formulas(rina):
    [head, row] = text_of(rina, "/3574/kelola/rincian-data/skd.csv").splitlines()

    assert head == '"day","door","kind","what","area","year_from","year_to","level","period","found"'
    assert row == (
        '"2026-01-14","hall","unknown","\'=Inflasi","Kota Probolinggo","2020","2025",'
        '"regency","yearly","not_found"'
    )


def test_other_days_are_chosen_in_the_address(rina):
    older = "first=2024-12-01&last=2024-12-31"

    assert "Lama" in text_of(rina, f"/3574/kelola/rincian-data/skd.csv?{older}")
    assert "1 rincian data" in rina.get(f"/3574/kelola/rincian-data/?{older}").content.decode()


def test_the_workbook_carries_its_codebook(rina):
    book = load_workbook(io.BytesIO(rina.get("/3574/kelola/rincian-data/skd.xlsx").content))

    assert [sheet.title for sheet in book] == ["skd", "codebook"]
    assert book["skd"]["D2"].value == "=Inflasi"
    assert book["skd"]["D2"].data_type == "s"
    assert "not_found = tidak ada" in str([cell.value for cell in book["codebook"]["D"]])


@pytest.mark.parametrize("days", ["first=2026-02-01&last=2026-01-01", "first=x"])
def test_wrong_days_are_said_and_no_file_is_made(rina, days):
    assert rina.get(f"/3574/kelola/rincian-data/?{days}").status_code == 422
    assert rina.get(f"/3574/kelola/rincian-data/skd.csv?{days}").status_code == 302
