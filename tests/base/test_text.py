"""Bad input is made harmless and nothing a person meant is lost."""

import pytest

from loket.base.text import many_lines, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Budi   Santoso ", "Budi Santoso"),
        ("Budi\nSantoso", "Budi Santoso"),
        ("Siti\u202eabc\u202c", "Sitiabc"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("bell\x07 null\x00", "bell null"),
        ("e\u0301", "é"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=1+1", "=1+1"),
        ("👩‍👧 ibu", "👩‍👧 ibu"),
        ("\u200b\u200e", ""),
    ],
)
def test_one_line_keeps_the_words_and_drops_what_is_unseen(typed, kept):
    assert one_line(typed) == kept


def test_many_lines_keeps_paragraphs():
    assert many_lines("inflasi\r\n\r\n\r\n\r\nProbolinggo  2025\r") == "inflasi\n\nProbolinggo 2025"
