"""Exports opened by programs that are not ours: Python's csv, openpyxl, pypdf and LibreOffice."""

import csv
import io
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum

import pytest
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from pypdf import PdfReader

from loket.base.exports import csvfile, pdf, sheets, workbook
from loket.base.exports.columns import Column, Table, codebook
from tests.cast import WIB


class Level(IntEnum):
    HIGH = 3


NOON = datetime(2026, 1, 14, 5, 0, tzinfo=UTC)
COLUMNS = [
    Column("what", "Data yang diminta", meaning="Kata pengguna layanan"),
    Column("count", "Banyaknya", "whole"),
    Column("service", "Lama layanan", "minutes"),
    Column("day", "Tanggal", "day"),
    Column("at", "Waktu", "time"),
    Column("found", "Ditemukan", codes={"yes": "ya", "no": "tidak"}),
]
ATTACKS = [
    "=1+1",
    "=HYPERLINK(\"http://jahat.example\",\"klik\")",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "+62-812-345",
]  # fmt: skip
HARMLESS = ["+6281234567890", "+62 812 3456 7890", "-5", "-5,25", "Inflasi = harga naik", "a-b", "'kutipan'"]


def rows(*texts):
    return [(text, -5, timedelta(minutes=12, seconds=30), date(2026, 1, 14), NOON, "yes") for text in texts]


def as_csv(*texts) -> bytes:
    return b"".join(csvfile.write(Table("rows", COLUMNS, rows(*texts))))


def as_workbook(*texts):
    buffer = io.BytesIO()
    workbook.write(buffer, [Table("Baris", COLUMNS, rows(*texts))], title="Kunjungan", zone=WIB)
    buffer.seek(0)
    return load_workbook(buffer).active


@pytest.mark.parametrize("text", ATTACKS)
def test_a_formula_in_a_text_is_marked_as_text_in_csv(text):
    assert csvfile.guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_telephone_and_signed_numbers_stay_as_they_are_in_csv(text):
    assert csvfile.guarded(text) == text


def test_csv_has_its_mark_names_for_programs_and_plain_numbers():
    content = as_csv("Inflasi; 2025")

    assert content.startswith(b"\xef\xbb\xbf")
    heads, row = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert heads == ["what", "count", "service", "day", "at", "found"]
    assert row == ["Inflasi; 2025", "-5", "12.5", "2026-01-14", "2026-01-14T05:00:00+00:00", "yes"]


def test_csv_comes_in_parts_and_loses_no_row():
    parts = list(csvfile.write(Table("rows", COLUMNS, iter(rows(*["x"] * 1200)))))

    assert len(parts) == 3
    assert len(b"".join(parts).splitlines()) == 1201


@pytest.mark.parametrize("text", [*ATTACKS, *HARMLESS])
def test_no_cell_of_a_workbook_is_a_formula_and_every_text_is_whole(text):
    sheet = as_workbook(text)

    assert sheet["A2"].data_type == "s"
    # XML itself turns a carriage return into a line feed.
    assert sheet["A2"].value.replace("_x000D_", "\r") == text


def test_cells_of_a_workbook_have_types_and_the_offices_clock():
    sheet = as_workbook("Inflasi")

    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert sheet["B2"].value == -5
    assert sheet["C2"].value == 12.5
    assert sheet["D2"].value == datetime(2026, 1, 14)
    assert sheet["E2"].value == datetime(2026, 1, 14, 12, 0)


@pytest.mark.parametrize(
    ("day", "read"),
    [
        (date(1900, 3, 1), datetime(1900, 3, 1)),
        (date(1900, 2, 28), "1900-02-28"),
        (date(1900, 1, 1), "1900-01-01"),
        (date(1851, 7, 4), "1851-07-04"),
    ],
)
def test_a_day_that_spreadsheets_count_wrongly_is_written_as_words(day, read):
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=WIB)
    buffer = io.BytesIO()
    columns = [Column("day", "Tanggal", "day"), Column("at", "Waktu", "time")]

    workbook.write(buffer, [Table("Baris", columns, [(day, noon)])], title="x", zone=WIB)

    sheet = load_workbook(buffer).active
    as_time = f"{read} 12:00:00" if isinstance(read, str) else read.replace(hour=12)
    assert [cell.value for cell in sheet[2]] == [read, as_time]


def test_the_header_stays_and_has_filters():
    sheet = as_workbook("Inflasi", "IPM")

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"


def test_a_name_that_no_sheet_may_have_is_made_one():
    buffer = io.BytesIO()
    table = Table("Kunjungan: per bulan [2026/2027] dan lain-lain", COLUMNS, [])

    workbook.write(buffer, [table], title="x", zone=WIB)

    assert load_workbook(buffer).sheetnames == ["Kunjungan  per bulan  2026 2027"]


def cells_of(*values, kind="text"):
    """What a reader finds in a row of these values."""
    buffer = io.BytesIO()
    columns = [Column(f"c{place}", f"Kolom {place}", kind) for place in range(len(values))]
    workbook.write(buffer, [Table("Baris", columns, [values])], title="x", zone=WIB)
    return list(load_workbook(buffer).active[2])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("  dua spasi  ", "  dua spasi  "),
        ("baris\nbaru", "baris\nbaru"),
        ('<b>&amp;</b> "x"', '<b>&amp;</b> "x"'),
        ("bel\x07", "bel_x0007_"),
        # Else a spreadsheet would show an A.
        ("_x0041_", "_x005F_x0041_"),
        ("\ud800", "\N{REPLACEMENT CHARACTER}"),
        ("x" * 40_000, "x" * 32_767),
        # The format counts in halves of such letters.
        ("😀" * 20_000, "😀" * 16_383),
    ],
)
def test_every_text_makes_a_sheet_that_opens(text, read):
    (cell,) = cells_of(text)

    assert cell.value in (read, text)


def test_odd_letters_in_names_make_no_file_that_does_not_open():
    buffer = io.BytesIO()
    table = Table("Kerja\x07 [a/b]", [Column("what", "Apa")], [("x",)])
    workbook.write(buffer, [table], title="November\x00 \ud800", zone=WIB)

    found = load_workbook(buffer)

    assert found.sheetnames == ["Kerja   a b "]
    assert found.properties.title == "November   "


def test_relatives_of_numbers_and_texts_are_written_as_those():
    cells = cells_of(True, Level.HIGH, _("no name"), 0.1, float("nan"), None, "", kind="number")

    assert [cell.value for cell in cells] == [1, 3, str(_("no name")), 0.1, None, None, None]
    assert cells[3].number_format == "#,##0.00"


def test_the_twenty_seventh_column_has_two_letters():
    cells = cells_of(*range(30))

    assert [cell.coordinate for cell in cells[25:28]] == ["Z2", "AA2", "AB2"]
    assert [cell.value for cell in cells] == [*range(30)]


def test_two_sheets_of_one_name_get_two():
    buffer = io.BytesIO()
    tables = [Table("Kunjungan", COLUMNS, []), Table("kunjungan", COLUMNS, [])]

    workbook.write(buffer, tables, title="x", zone=WIB)

    assert load_workbook(buffer).sheetnames == ["Kunjungan", "kunjungan 2"]


def test_the_same_rows_make_the_same_file():
    first, second = io.BytesIO(), io.BytesIO()
    for buffer in (first, second):
        workbook.write(buffer, [Table("Baris", COLUMNS, rows("Inflasi"))], title="x", zone=WIB)

    assert first.getvalue() == second.getvalue()


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)

    workbook.write(io.BytesIO(), [Table("Baris", COLUMNS, rows(*"abc"))], title="x", zone=WIB)
    with pytest.raises(workbook.TooManyRows):
        workbook.write(io.BytesIO(), [Table("Baris", COLUMNS, rows(*"abcd"))], title="x", zone=WIB)


def test_the_codebook_tells_what_each_column_means():
    book = codebook(COLUMNS, key="kolom", title="judul", meaning="arti", codes="isi")

    assert [column.title for column in book.columns] == ["kolom", "judul", "arti", "isi"]
    first, *_others, last = book.rows
    assert first == ("what", "Data yang diminta", "Kata pengguna layanan", "")
    assert last[-1] == "yes = ya; no = tidak"


def a_pdf(**changes) -> PdfReader:
    data = {
        "office": "BPS Kota Probolinggo",
        "unit": "Pelayanan Statistik Terpadu",
        "foot": "Loket",
        "says": "Dua baris",
        "heads": ["Data", "Tahun"],
        "rows": [["Inflasi", "2025"], ["=1+1", "+62"]],
    }
    made = pdf.make("table", data | changes, title="Permintaan data", language="id", at=NOON)
    return PdfReader(io.BytesIO(made))


def test_a_pdf_is_tagged_and_says_its_language_and_title():
    reader = a_pdf()

    root = reader.trailer["/Root"]
    assert root["/Lang"] == "id"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == "Permintaan data"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_a_pdf_uses_our_own_font_and_carries_it():
    fonts = a_pdf().pages[0]["/Resources"]["/Font"].values()

    assert {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts} == {
        "PlusJakartaSans-Regular",
        "PlusJakartaSans-Bold",
    }


def test_what_people_wrote_is_never_taken_for_markup():
    page = a_pdf(says='#read("frame.typ") *tebal* $x$ <b>').pages[0].extract_text()

    assert '#read("frame.typ") *tebal* $x$ <b>' in page


def opened_by_libreoffice(folder, name: str, content: bytes) -> list[list[str]]:
    """What LibreOffice shows, as CSV of its own."""
    office = shutil.which("soffice")
    assert office, "LibreOffice Calc is needed: python3 start.py test installs it"
    (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    if name.endswith(".csv"):
        command += ["--infilter=CSV:44,34,76,1,,0,true"]
    subprocess.run([*command, "--outdir", folder / "out", folder / name], check=True, capture_output=True)
    (shown,) = (folder / "out").iterdir()
    return list(csv.reader(io.StringIO(shown.read_text("utf-8-sig"), newline="")))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_evaluates_nothing_and_keeps_telephone_numbers(tmp_path, kind):
    texts = [text for text in [*ATTACKS, *HARMLESS] if text.isprintable()]
    if kind == "csv":
        content = as_csv(*texts)
    else:
        buffer = io.BytesIO()
        workbook.write(buffer, [Table("Baris", COLUMNS, rows(*texts))], title="x", zone=WIB)
        content = buffer.getvalue()

    _heads, *shown = opened_by_libreoffice(tmp_path, f"baris.{kind}", content)

    wanted = texts if kind == "xlsx" else [csvfile.guarded(text) for text in texts]
    assert [row[0] for row in shown] == wanted
    assert {row[1] for row in shown} == {"-5"}
