"""Beside a question in whole sentences: what its words say, and nothing else."""

import pytest

from loket.library import searching, suggesting
from loket.library.actions.storing import Entry
from tests.cast import an_office
from tests.library.shelf import a_library, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    office = an_office()
    a_library()
    put(
        Entry(
            key="umur", kind="table", title="Penduduk Kota Probolinggo Menurut Umur dan Jenis Kelamin",
            area="Kota Probolinggo",
        ),
        Entry(key="harapan", kind="variable", title="Umur Harapan Hidup Saat Lahir Menurut Jenis Kelamin"),
        source="more",
    )  # fmt: skip
    return office


def suggested(office, words):
    return [hit.key for hit in suggesting.fitting(searching.search(office=office, words=words), words)]


def test_a_long_question_is_led_to_the_title_that_it_says(office):
    words = (
        "Selamat pagi, saya mahasiswa semester akhir dan membutuhkan jumlah penduduk menurut umur dan jenis"
        " kelamin di Kota Probolinggo untuk bab dua skripsi saya, apakah tersedia di kantor ini?"
    )
    assert not searching.search(office=office, words=words).confident

    assert suggested(office, words) == ["umur"]


@pytest.mark.parametrize(
    "words",
    [
        "petugasnya kemarin tidak ramah dan saya menunggu lama sekali di ruang tunggu",
        "tolong carikan resep makanan penduduk pulau di Samudra Pasifik untuk lebaran nanti",
        "apakah pada hari Sabtu di Kota Probolinggo kantor ini buka seperti biasa",
    ],
)
def test_a_sentence_that_says_no_title_gets_nothing(office, words):
    assert suggested(office, words) == []


def test_a_sure_answer_comes_with_all_that_is_beside_it(office):
    assert suggested(office, "warung makan")[0] == "56102"
