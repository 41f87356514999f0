"""The report of an office, through the door: Rina leads it, Dewi reads above it, Sari serves."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.utils import translation
from openpyxl import load_workbook
from pypdf import PdfReader

from loket.cli import main
from loket.consultations.actions.recording import Item, Record
from loket.people.models import Role
from loket.reports import keeping
from loket.visits.actions import calling, noting
from tests.cast import MORNING, a_survey, an_office, an_officer, answer_survey, sari_at_counter, take

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
MONTH = "/3574/kelola/laporan/2026-01/"


@pytest.fixture
def office(client, time_machine):
    """Two visits on a Wednesday: one served after six minutes at a free counter, one waiting."""
    office = an_office()
    client.force_login(an_officer(office, "Rina", role=Role.SUPERVISOR))
    session = sari_at_counter(office)
    take(office)
    calling.call_next(session=session, at=MORNING + 4 * MINUTE)
    calling.start(session=session, at=MORNING + 6 * MINUTE)
    calling.finish(session=session, at=MORNING + 26 * MINUTE)
    take(office, at=MORNING + 27 * MINUTE)
    time_machine.move_to(MORNING + 30 * MINUTE, tick=False)
    return office


def test_the_first_page_is_the_running_month(client, office):
    assert client.get("/3574/kelola/laporan/").headers["Location"] == MONTH


def test_any_days_can_be_chosen_and_become_an_address(client, office):
    chosen = client.get("/3574/kelola/laporan/", {"from": "2026-01-05", "to": "2026-01-20"})

    assert chosen.headers["Location"] == "/3574/kelola/laporan/2026-01-05..2026-01-20/"


@pytest.mark.parametrize("days", [("2026-01-05", "2026-01-04"), ("kemarin", "2026-01-04"), ("", "")])
def test_days_that_are_no_period_are_asked_again(client, office, days):
    asked = client.get("/3574/kelola/laporan/", dict(zip(("from", "to"), days, strict=True)))

    assert asked.status_code == 422
    assert b"field--error" in asked.content


@pytest.mark.parametrize("address", ["2026-13", "2026-02-30", "1999-01", "2026-01-05..2026-01-04", "x"])
def test_what_is_no_period_is_no_address(client, office, address):
    assert client.get(f"/3574/kelola/laporan/{address}/").status_code == 404


def test_the_page_shows_six_figures_with_their_meaning(client, office):
    page = client.get(MONTH).content.decode()

    assert page.count('class="figure"') == 6
    assert "Janji 10 menit ditepati untuk 1 dari 1 kunjungan." in page
    assert "naik 1 dari 0 pada Desember" in page
    assert page.count("Apa yang dihitung?") > 6


def test_a_reader_sees_figures_and_no_rows(client, office):
    client.force_login(an_officer(office, "Dewi", role=Role.READER))

    page = client.get(MONTH)

    assert page.status_code == 200
    assert b"kunjungan/?apa=" not in page.content
    assert client.get(f"{MONTH}kunjungan/").status_code == 404


def test_the_rows_behind_a_figure_name_nobody(client, office):
    page = client.get(f"{MONTH}kunjungan/", {"apa": "kept"}).content.decode()

    assert "A-001" in page
    for words in ("Konsultasi statistik", "Kios", "Tugas sekolah atau kuliah"):
        assert f"<td>{words}</td>" in page
    assert "A-002" not in page
    assert "Budi" not in page
    assert client.get(f"{MONTH}kunjungan/", {"apa": "names"}).status_code == 404


def test_a_page_costs_at_most_twelve_queries(client, office, django_assert_max_num_queries):
    keeping.bring_up(office=office, at=MORNING)
    take(office, at=MORNING + 28 * MINUTE)
    client.get(MONTH)

    with django_assert_max_num_queries(12):
        client.get(MONTH)


def test_a_month_that_is_over_costs_few_queries(client, office, django_assert_max_num_queries, time_machine):
    at = MORNING.replace(month=2)
    keeping.bring_up(office=office, at=at)
    time_machine.move_to(at, tick=False)
    client.get(MONTH)

    with django_assert_max_num_queries(9):
        client.get(MONTH)


def test_the_pdf_is_tagged_in_indonesian_and_says_what_the_page_says(client, office):
    answer = client.get(f"{MONTH}laporan.pdf")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="laporan-3574-2026-01.pdf"'
    reader = PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/Lang"] == "id"
    assert reader.metadata.title == "Laporan BPS Kota Probolinggo, Januari 2026"
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Janji 10 menit ditepati untuk 1 dari 1 kunjungan." in text
    assert "Mengetahui, Kepala BPS Kota Probolinggo" in text


def test_the_workbook_has_typed_figures_and_a_codebook(client, office):
    book = load_workbook(io.BytesIO(client.get(f"{MONTH}laporan.xlsx").content))

    assert book.sheetnames[0] == "Enam angka"
    assert book.sheetnames[-1] == "Buku kode"
    values = {row[0].value: row[1].value for row in book["Enam angka"].iter_rows(min_row=2)}
    assert values["Kunjungan dilayani"] == 1
    assert values["Waktu tunggu, nilai tengah"] == 4


def test_json_is_for_programs_in_any_language(client, office):
    document = json.loads(client.get(f"{MONTH}laporan.json").content)

    assert document["period"] == "2026-01"
    assert document["figures"]["kept"] == 100
    assert document["sections"]["times"]["rows"][0]["median"] == 4.0
    (day,) = [row for row in document["sections"]["days"]["rows"] if row["day"] == "2026-01-14"]
    assert (day["taken"], day["served"]) == (2, 1)


def test_the_surveys_of_the_period_are_told_with_their_index(client, office):
    survey = a_survey(office)
    for _number in range(8):
        answer_survey(survey)
    [few] = sections(client, MONTH)["surveys"]["rows"]

    answer_survey(survey, time=3)

    [enough] = sections(client, MONTH)["surveys"]["rows"]
    assert (few["respondents"], few["ikm"], few["grade"]) == (9, None, "belum cukup")
    # 89 of 90 answers are a 4, one is a 3.
    assert (enough["code"], enough["respondents"], enough["ikm"], enough["grade"]) == ("3574", 10, 99.72, "A")
    assert "Survei Kepuasan Masyarakat (SKM)" in client.get(MONTH).content.decode()
    assert "surveys" not in sections(client, "/3574/kelola/laporan/2025-12/")


def sections(client, address: str) -> dict:
    return json.loads(client.get(f"{address}laporan.json").content)["sections"]


def test_one_section_comes_as_csv(client, office):
    content = client.get(f"{MONTH}laporan.csv", {"bagian": "hours"}).content.decode("utf-8-sig")

    heads, row = csv.reader(io.StringIO(content))
    assert heads[:2] == ["hour", "taken"]
    assert row[:2] == ["09.00–09.59", "2"]
    assert client.get(f"{MONTH}laporan.csv", {"bagian": "names"}).status_code == 404


def test_all_visits_come_as_csv_and_as_a_workbook(client, office):
    streamed = b"".join(client.get(f"{MONTH}kunjungan.csv"))
    book = load_workbook(io.BytesIO(client.get(f"{MONTH}kunjungan.xlsx").content))

    first, _second = csv.DictReader(io.StringIO(streamed.decode("utf-8-sig")))
    assert (first["number"], first["handover"], first["kept"]) == ("A-001", "6.0", "1")
    assert book.active["B2"].value == "A-001"
    assert client.get(f"{MONTH}kunjungan.pdf").status_code == 404


def test_the_command_gives_the_same_report_unattended(client, office, tmp_path, capfdbinary):
    target = tmp_path / "laporan.json"

    assert main(["report", "month", "3574", "2026-01", "--format", "json", "--output", str(target)]) == 0

    with translation.override("id"):
        assert target.read_bytes() == client.get(f"{MONTH}laporan.json").content


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["9999", "2026-01"], "There is no office 9999."),
        (["3574", "Januari"], "'Januari' is no period: write a month like 2026-11, or a year."),
        (["3574", "2026-01", "--output", "/nowhere/x.pdf"], "/nowhere/x.pdf cannot be written"),
    ],
)
def test_the_command_refuses_in_one_sentence(office, capsys, words, sentence):
    assert main(["report", "month", *words]) == 1

    assert sentence in capsys.readouterr().err


def test_the_command_counts_what_the_worker_would(office, capsys, time_machine):
    time_machine.move_to(MORNING + timedelta(days=1), tick=False)

    assert main(["report", "count"]) == 0

    assert "1 days counted." in capsys.readouterr().err


def test_the_data_most_asked_for_are_told_in_words_to_the_office_alone(client, office):
    items = [Item(what="Inflasi", found="found"), Item(what="inflasi ", found="not_found")]
    ticket = office.tickets.get(number=1)
    noting.note(
        ticket=ticket, record=Record(question="?", kind="data", items=items), by=ticket.officer, at=MORNING
    )

    page = client.get(f"{MONTH}data/").content.decode()

    # One topic, asked for twice, once not there.
    assert page.count('<th scope="row">Inflasi</th>') == 2
    client.force_login(an_officer(office, "Dewi", role=Role.READER))
    assert client.get(f"{MONTH}data/").status_code == 404


def test_the_work_of_officers_is_no_ranking(client, office):
    page = client.get(f"{MONTH}petugas/").content.decode()

    assert "Sari" in page
    assert "Nama disusun menurut abjad." in page
