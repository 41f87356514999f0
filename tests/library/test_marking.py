"""Which words of a text are marked: those whose stem was looked for, whatever stands around them."""

import re

import pytest

from loket.library import marking
from loket.library.language.stems import stem
from loket.library.language.tokens import words_of

TEXTS = [
    "Penyapuan jalan, menyapu halaman dan sapu lidi",
    "PERIKANAN tangkap - nelayan_ikan ikan2 (ikan); seikan",
    "Café – kafe, warung kopi “susu” dan kopi-kopi",
    "",
    "Industri roti, kue dan sejenisnya yang tidak tahan lama" * 40,
    "ﬁlm İkan ikan Straße",
]
STEMS = [{"sapu"}, {"ikan"}, {"kafe", "kopi"}, {"roti", "kue", "yang"}, {"cafe", "film"}, set(), {"ko"}]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("stems", STEMS, ids=lambda stems: "-".join(sorted(stems)) or "none")
def test_exactly_the_words_with_a_stem_are_marked_and_nothing_is_lost(text, stems):
    segments = marking.mark(text, stems)

    words = re.findall(r"[^\W_]+", text)
    assert "".join(each.text for each in segments) == text
    assert [each.text for each in segments if each.marked] == [
        word for word in words if not stems.isdisjoint(map(stem, words_of(word)))
    ]


def test_a_word_without_end_costs_no_more_than_its_length():
    segments = marking.mark("ikan" * 20_000, {"ikan"})

    assert "".join(each.text for each in segments) == "ikan" * 20_000
