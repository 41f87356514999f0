"""Bad input is made harmless and nothing a person meant is lost."""

import pytest

from loket.base.text import many_lines, one_line, says_something


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
        ("\u061c\u00ad\u3164\u115f\uffa0", ""),
    ],
)
def test_one_line_keeps_the_words_and_drops_what_is_unseen(typed, kept):
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "something"),
    [("Budi", True), ("7", True), ("ꦧꦸꦢꦶ", True), ("", False), ("\u200d\u200c", False), ("… - 😀", False)],
)
def test_words_have_a_letter_or_a_digit_of_some_script(typed, something):
    assert says_something(typed) is something


def test_many_lines_keeps_paragraphs():
    assert many_lines("inflasi\r\n\r\n\r\n\r\nProbolinggo  2025\r") == "inflasi\n\nProbolinggo 2025"
