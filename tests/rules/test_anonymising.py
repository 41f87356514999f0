import pytest

from loket.rules.anonymising import Trace, hints, undealt

BUDI = ["Budi Santoso"]


@pytest.mark.parametrize(
    ("text", "trace", "found"),
    [
        ("Kirim ke budi.s+pst@surel.example ya", Trace.EMAIL, "budi.s+pst@surel.example"),
        ("Tulis ke budi@surel.example. Terima kasih", Trace.EMAIL, "budi@surel.example"),
        ("budi (at) surel (dot) example", Trace.EMAIL, "budi (at) surel (dot) example"),
        ("budi at surel titik example", Trace.EMAIL, "budi at surel titik example"),
        ("budi＠surel．example", Trace.EMAIL, "budi＠surel．example"),
        ("WA 0812-3456-7890", Trace.PHONE, "0812-3456-7890"),
        ("WA +62 812 3456 7890.", Trace.PHONE, "+62 812 3456 7890"),
        ("telepon (0335) 421234", Trace.PHONE, "(0335) 421234"),
        ("０８１２３４５６７８９０", Trace.PHONE, "０８１２３４５６７８９０"),
        ("NIK 3574010101900001", Trace.NUMBER, "3574010101900001"),
        ("NIK 3574 0101 0190 0001", Trace.NUMBER, "3574 0101 0190 0001"),
        ("NIP 19900101 201501 1 001", Trace.NUMBER, "19900101 201501 1 001"),
        ("NPWP 01.234.567.8-901.000", Trace.NUMBER, "01.234.567.8-901.000"),
        ("٣٥٧٤٠١٠١٠١٩٠٠٠٠١", Trace.NUMBER, "٣٥٧٤٠١٠١٠١٩٠٠٠٠١"),
        ("Yth. BUDI SANTOSO,", Trace.NAME, "BUDI SANTOSO"),
        ("kata santoso", Trace.NAME, "santoso"),
        ("Budi, terima kasih", Trace.NAME, "Budi"),
        ("Dari: Dinas Pertanian", Trace.QUOTE, "Dari: Dinas Pertanian"),
        ("Pada Sen, 12 Jan 2026 ia menulis:", Trace.QUOTE, "Pada Sen, 12 Jan 2026 ia menulis:"),
        ("IG @budi_batik", Trace.HANDLE, "@budi_batik"),
    ],
)
def test_what_may_name_somebody_is_marked(text, trace, found):
    marked = hints(text, names=BUDI)

    assert [(hint.trace, hint.found) for hint in marked if hint.trace is trace] == [(trace, found)]
    assert all(text[hint.start : hint.end] == hint.found for hint in marked)


@pytest.mark.parametrize(
    "text",
    [
        "Inflasi 2020-2024 adalah 1,57 persen.",
        "Penduduk 1.234.567 jiwa (2024), 2.345.678 jiwa (2025)",
        "KBLI 47721 dan 13133, tabel 3574.035/BU/24",
        "Nilai ekspor 12.345.678.901 rupiah",
        "Budidaya ikan, kebudian",
        "",
    ],
)
def test_figures_of_statistics_are_left_alone(text):
    assert hints(text, names=BUDI) == []


def test_each_place_is_marked_once_in_order():
    text = "Budi Santoso (budi@surel.example), 081234567890, budi"

    assert [hint.trace for hint in hints(text, names=[*BUDI, "Budi"])] == [
        Trace.NAME, Trace.EMAIL, Trace.PHONE, Trace.NAME,
    ]  # fmt: skip


def test_what_was_confirmed_is_dealt_with_and_the_rest_is_not():
    text = "Telepon kantor (0335) 421 234. Budi: 081234567890."

    left = undealt(text, names=BUDI, kept=["(0335)  421 234"])

    assert [hint.found for hint in left] == ["Budi", "081234567890"]


def test_short_parts_of_a_name_are_no_name():
    assert hints("di kota A. Probolinggo", names=["A. Di"]) == []


@pytest.mark.parametrize(
    "text", ["a@" * 50_000, "0" * 100_000, "1 " * 50_000, "a.b" * 30_000, "at " * 50_000]
)
def test_hostile_lengths_end(text):
    assert isinstance(hints(text, names=BUDI), list)
