"""Consultations are found by the words of their subject, question and asker's name."""

import sqlite3
import sys

import pytest
from django.db import connection

from loket.consultations import finding, inbox, words
from loket.consultations.inbox import Box, Sought
from loket.consultations.models import Consultation
from loket.people.models import User
from tests.consultations.conversation import ask, budi, probolinggo, sari

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return probolinggo()


def found(office, sought) -> list[str]:
    page = inbox.page_of(office=office, officer=sari(office), sought=Sought(Box.OFFICE, words=sought))
    return [row.subject for row in page.rows]


def asked(office, subject, question="Di mana?", at="2026-01-12T09:00") -> Consultation:
    thread = ask(office, at)
    thread.subject, thread.question = subject, question
    thread.save()
    return thread


@pytest.mark.parametrize(
    ("sought", "is_found"),
    [
        ("inflasi", True),  # in the subject
        ("PADI", True),  # in the question, whatever the case
        ("infl", True),  # a beginning
        ("flasi", False),  # no end
        ("ke-2", True),  # short words as a whole, whatever stands between
        ("k", False),
        ("inflasi padi", True),  # wherever each of them stands
        ("inflasi jagung", False),
        ("budi inflasi", True),  # one in the name, one in the subject
        ('"inflasi*" OR x', False),  # the databases' own signs mean nothing
        ("')) --", False),
    ],
)
def test_every_word_has_to_stand_somewhere(office, sought, is_found):
    asked(office, "Inflasi bulan ke-2", "Juga harga padi?")

    assert found(office, sought) == (["Inflasi bulan ke-2"] if is_found else [])


@pytest.mark.parametrize(
    ("sought", "is_found"),
    [
        ("K-2026-00001", True),
        ("k-2026-1", True),
        ("K 2026 1", True),
        ("2026/00001", True),
        ("K-00001", True),
        ("00001", True),
        ("1", True),
        ("no. 1", True),
        ("#1", True),
        ("Re: Pertanyaan Anda (K-2026-00001) telah dijawab", True),  # as copied from a mail
        ("K-2025-00001", False),
        ("K-2026-00002", False),
        ("K-2026-000010", False),
    ],
)
def test_a_number_is_found_however_it_is_typed(office, sought, is_found):
    asked(office, "Inflasi")

    assert found(office, sought) == (["Inflasi"] if is_found else [])


@pytest.mark.parametrize(
    ("sought", "is_found"),
    [
        ("budi@surel.example", True),
        (" Budi@Surel.example ", True),
        ("budi@", True),
        ("budi@sur", True),
        ("surel.example", False),  # no end
        ("b%@", False),
        ("bud_@surel.example", False),
        ("siti@surel.example", False),
        ("budi@surel.example inflasi", False),  # an address stands alone
        ("<budi@surel.example>", True),  # or as mails have it
        ("Budi Santoso <Budi@Surel.example>", True),
        ('Dari: "Pak Budi" <budi@surel.example>;', True),
        ("Pak Budi (budi@surel.example)", True),
        ("[mailto:budi@surel.example]", True),
        ("Balas ke mailto:budi@surel.example?subject=Inflasi", True),
        ("budi@surel.example,", True),
        ("budi@surel.example.", True),
        ("Budi Santoso <siti@surel.example>", False),
        ("<>", False),
        ("<@>", False),
    ],
)
def test_an_address_is_found_by_its_beginning(office, sought, is_found):
    asked(office, "Inflasi")

    assert found(office, sought) == (["Inflasi"] if is_found else [])


def test_an_address_finds_nothing_of_another_office(office):
    asked(probolinggo(code="3578"), "Inflasi Surabaya")

    assert found(office, "budi@surel.example") == []


@pytest.mark.parametrize("sought", ["1", "budi@surel.example"])
def test_number_and_address_are_found_where_many_contain_the_words(office, sought, monkeypatch):
    for number in range(4):
        asked(office, f"1 budi surel example {number}", at=f"2026-01-12T09:0{number}")
    first = Consultation.objects.get(number=1)
    Consultation.objects.filter(pk=first.pk).update(subject="Inflasi")
    monkeypatch.setattr(finding, "FEW", 2)

    assert "Inflasi" in found(office, sought)


def test_a_changed_text_is_found_by_its_new_words_alone(office):
    thread = asked(office, "Inflasi")
    Consultation.objects.filter(pk=thread.pk).update(subject="Kemiskinan")

    assert found(office, "inflasi") == []
    assert found(office, "kemiskinan") == ["Kemiskinan"]


def test_a_changed_name_is_found_by_its_new_words_alone(office):
    asked(office, "Inflasi")
    User.objects.filter(pk=budi().pk).update(name="Wayan")

    assert found(office, "budi") == []
    assert found(office, "wayan") == ["Inflasi"]


def test_what_another_office_was_asked_is_not_found(office):
    elsewhere = probolinggo(code="3578")
    asked(elsewhere, "Inflasi Surabaya")

    assert found(office, "inflasi") == []


def test_what_many_contain_is_read_from_the_box_in_its_order(office, monkeypatch):
    for number in range(4):
        asked(office, f"Inflasi {number}", at=f"2026-01-12T09:0{number}")
    asked(office, "Kemiskinan", at="2026-01-12T09:04")
    monkeypatch.setattr(finding, "FEW", 2)

    assert found(office, "inflasi") == ["Inflasi 0", "Inflasi 1", "Inflasi 2", "Inflasi 3"]


def test_a_text_longer_than_any_index_takes_can_be_asked_and_found(office):
    asked(office, "Panjang", f"{'x' * 15_000} inflasi {'kata lain ' * 2_000}")

    assert found(office, "inflasi") == ["Panjang"]


LOST = {
    "sqlite": [f"DROP TRIGGER consultations_words_{name}" for name in ("added", "changed", "removed")],
    "postgresql": ["DROP INDEX consultation_words"],
}


def test_words_are_kept_again_after_a_migration_made_the_table_anew(office):
    with connection.cursor() as cursor:
        for statement in LOST[connection.vendor]:
            cursor.execute(statement)
    asked(office, "Inflasi")
    # PostgreSQL makes no index while the row's references are still to be looked at.
    connection.check_constraints()

    words.keep("default")

    assert found(office, "inflasi") == ["Inflasi"]


def test_any_letter_inside_a_word_can_be_sought():
    """SQLite knows fewer letters than Python, and refuses a word that it takes for two."""
    plain = sqlite3.connect(":memory:")
    plain.execute(
        "CREATE VIRTUAL TABLE kept USING fts5(text, detail=none, tokenize='unicode61 remove_diacritics 0')"
    )
    letters = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isalnum()]

    def is_refused(some: list[str]) -> bool:
        sought = " OR ".join(
            f'"{word}"' for each in some for word in finding.WORD["sqlite"].findall(f"a{each}b")
        )
        try:
            plain.execute("SELECT rowid FROM kept WHERE kept MATCH ?", [sought])
        except sqlite3.OperationalError:
            return True
        return False

    together = [letters[begin : begin + 60] for begin in range(0, len(letters), 60)]
    suspects = [letter for some in together if is_refused(some) for letter in some]
    assert [f"{ord(letter):04X}" for letter in suspects if is_refused([letter])] == []


def test_a_word_with_such_a_letter_is_found(office):
    asked(office, "Aksara a\u19b0b")

    assert found(office, "a\u19b0b") == ["Aksara a\u19b0b"]
