"""Finding: in everyday words, with typing errors, by code, and nothing for nonsense."""

import shutil

import pytest

from loket.library import searching
from loket.library.actions import storing
from loket.library.actions.storing import Entry
from loket.library.index import retrieving
from loket.library.models import Synonym
from tests.cast import MORNING, an_office
from tests.library.shelf import THINGS, a_code, a_library, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    office = an_office()
    a_library()
    return office


def search(office, words, **more):
    return searching.search(office=office, words=words, **more)


def first(office, words, **more):
    return search(office, words, **more).hits[0].key


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("warung makan", "56102"),
        ("apotek", "47721"),
        ("apotik", "47721"),
        ("bengkel mobil", "45201"),
        ("laundry", "96200"),
        ("IPM", "ipm"),
        ("human development index", "ipm"),
        ("tingkat pengangguran", "tpt"),
        ("menganggur", "tpt"),
        ("anggur", "anggur"),
        ("penganguran", "tpt"),
        ("restorn", "56101"),
        ("indeks pembangunan manusia kota probolinggo", "ipm"),
    ],
)
def test_everyday_words_find(office, words, key):
    assert first(office, words) == key


def test_what_is_not_meant_is_not_found(office):
    assert not [hit for hit in search(office, "penyetruman aki").hits if hit.key == "45201"]


def test_a_code_is_found_exactly_and_what_is_below_it_follows(office):
    found = search(office, "561")

    assert found.hits[0].code == "561"
    assert search(office, "KBLI 47721").hits[0].code == "47721"
    assert [hit.code for hit in search(office, "56").hits] == ["56", "561"]
    assert found.confident


def test_a_code_of_another_edition_is_named(office):
    found = search(office, "47721", version="KBLI 2025")

    assert found.hits == []
    assert found.notice.elsewhere == ("KBLI 2020",)
    assert "KBLI 2020" in found.notice.text


def test_the_edition_may_be_in_the_words(office):
    assert [hit.version for hit in search(office, "obat kbli 2025").hits] == ["KBLI 2025"]


def test_the_year_that_was_asked_for_comes_first(office):
    assert first(office, "penduduk 2019") == "ddp19"
    assert first(office, "penduduk") == "ddp24"


def test_a_repaired_word_is_offered(office):
    assert search(office, "tingkat penganguran").suggestion == "tingkat pengangguran"
    assert search(office, "tingkat pengangguran").suggestion == ""


@pytest.mark.parametrize("words", ["apa kabar", "9001 di Mars", "xqzw vvvk", "halo selamat pagi"])
def test_nonsense_is_answered_without_confidence(office, words):
    assert not search(office, words).confident


@pytest.mark.parametrize(
    ("words", "is_sure"),
    [
        ("warung", True),
        ("waring", False),  # short, and the only word that tells anything
        ("saya lapap", False),  # put for "lapak", which tells what is done, not with what
        ("penganguran", True),  # nothing else can be meant by so long a word
        ("anggur jahat", False),  # one of two is missing
        ("produksi anggur", True),
    ],
)
def test_a_guess_is_not_called_the_answer(office, words, is_sure):
    found = search(office, words)

    assert found.hits
    assert found.confident == is_sure


@pytest.mark.parametrize(
    "words",
    ["", "   ", "yang di dan", "a" * 10_000, "kata " * 3000, '"warung AND (makan', "*:*", "\x00\u202e",
     "😀😀", "ﷺ", "'; DROP TABLE", "title:x", "1" * 300, "1" * 5_000, "%", "\ud83d"],
)  # fmt: skip
def test_any_text_is_answered(office, words):
    assert search(office, words).total >= 0


def test_filters_and_pages(office):
    assert {hit.kind for hit in search(office, "penduduk anggur ipm", kinds=["table"]).hits} == {"table"}
    assert search(office, "penduduk", limit=1, offset=1).hits[0].key == "ddp19"
    assert search(office, "penduduk", limit=-1, offset=-5).hits == []


def test_while_typing_the_last_word_may_be_a_beginning(office):
    assert first(office, "restor", as_you_type=True) == "56101"
    assert first(office, "warung mak", as_you_type=True) == "56102"


def test_the_offices_own_comes_before_the_nations(office):
    other = an_office(code="3573")
    put(Entry(key="own", kind="table", title="Inflasi Bulanan", scope="office", office_id=office.pk))
    put(Entry(key="all", kind="table", title="Inflasi Bulanan"))
    put(Entry(key="theirs", kind="table", title="Inflasi Bulanan", scope="office", office_id=other.pk))

    assert [hit.key for hit in search(office, "inflasi").hits] == ["own", "all", "theirs"]


def test_matched_words_are_marked(office):
    hit = search(office, "warung").hits[0]

    assert [(text, marked) for text, marked in hit.title_marked] == [
        ("Rumah/", False), ("Warung", True), (" Makan", False),
    ]  # fmt: skip


def test_withdrawn_items_leave_at_once(office):
    storing.withdraw(source="shelf", keys=["ipm"], by="loket", at=MORNING)

    assert "ipm" not in [hit.key for hit in search(office, "IPM").hits]


def test_a_new_item_is_found_at_once(office):
    search(office, "inflasi")
    put(Entry(key="new", kind="table", title="Inflasi Tahunan"))

    assert first(office, "inflasi") == "new"


def test_a_deleted_index_is_made_again(office, settings):
    search(office, "ipm")
    shutil.rmtree(settings.LIBRARY_INDEX)

    assert first(office, "ipm") == "ipm"


def test_an_offices_own_synonym_wins(office):
    Synonym.objects.create(office=office, term="kupang", means="restoran", changed_at=MORNING)

    assert first(office, "kupang") == "56101"
    assert search(an_office(code="3573"), "kupang").hits == []


def test_an_empty_library_answers(db):
    assert search(an_office(), "ipm").hits == []


def test_a_search_asks_the_database_little(office, django_assert_max_num_queries):
    search(office, "warung makan")

    with django_assert_max_num_queries(6):
        search(office, "warung makan")


def test_the_kinds_are_counted(office):
    assert search(office, "penduduk").counts == {"publication": 2}
    assert len(THINGS) == 6


def test_what_is_done_with_a_thing_decides_between_codes(office):
    put(a_code("10710", "Industri Payung"), a_code("47242", "Perdagangan Eceran Payung"), source="kbli2020")

    assert first(office, "jual payung") == "47242"
    assert first(office, "bikin payung") == "10710"


def test_terms_may_overlap(office):
    put(
        a_code("47772", "Perdagangan Eceran Gas Elpiji"),
        a_code("01132", "Pertanian Melon"),
        source="kbli2020",
    )

    assert first(office, "jual gas melon") == "47772"


def test_a_code_with_words_is_sure_when_they_agree(office):
    assert search(office, "47721 apotek").confident
    assert not search(office, "47721 di Mars").confident


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("nyervis mobil", "servis mobil"),
        ("benerin mobil", "benar mobil"),
        ("jml pddk 2024", "jumlah penduduk 2024"),
    ],
)
def test_spoken_and_texted_words_find_what_the_written_ones_find(office, spoken, written):
    ours, theirs = (searching.search(office=office, words=words) for words in (spoken, written))

    assert [hit.key for hit in ours.hits[:1]] == [hit.key for hit in theirs.hits[:1]] != []
    assert ours.suggestion == ""


def test_a_repaired_word_is_read_together_with_its_neighbours():
    office = an_office()
    put(a_code("56303", "Rumah Minum/Kafe", "Kelompok ini mencakup kafe."))

    found = searching.search(office=office, words="coffe shop")

    assert found.suggestion == "coffee shop"
    assert [hit.code for hit in found.hits] == ["56303"]


@pytest.mark.parametrize(
    "words",
    [
        "siapa mobil kamu",
        "kenapa mobil rusak",
        "berapa 2 mobil",
        "kapan ke restoran",
        "mobil hari ini",
        "mobli",
    ],
)
def test_what_no_code_can_answer_is_never_sure(office, words):
    found = searching.search(office=office, words=words)

    assert found.hits
    assert not found.confident


@pytest.mark.parametrize(
    "words", ["berapa kode kbli restoran", "reparasi mobil", "berapa pengangguran terbuka"]
)
def test_a_question_for_what_the_library_has_may_be_sure(office, words):
    assert searching.search(office=office, words=words).confident


def test_beside_a_lesson_who_is_taught_says_little():
    office = an_office()
    put(
        a_code("85121", "Pendidikan Dasar Swasta", "Mencakup sekolah dasar untuk anak."),
        a_code("85495", "Pendidikan Bimbingan Belajar Swasta", "Mencakup bimbingan belajar."),
    )

    def first(words):
        return searching.search(office=office, words=words).hits[0].code

    assert first("bimbel anak sd") == "85495"
    assert first("sd swasta") == "85121"


def test_who_leads_others_comes_first_only_when_that_is_said():
    office = an_office()
    put(
        a_code("1346", "Manajer Bank", version="KBJI 2014"),
        a_code("4211", "Petugas Teller Bank", version="KBJI 2014"),
    )

    def first(words):
        return searching.search(office=office, words=words).hits[0].code

    assert first("petugas bank") == "4211"
    assert first("manajer bank") == "1346"


def test_who_sells_abroad_sells_in_bulk():
    office = an_office()
    put(
        a_code("46314", "Perdagangan Besar Kopi"), a_code("47243", "Perdagangan Eceran Kopi"),
        a_code("10761", "Industri Pengolahan Kopi"),
    )  # fmt: skip

    assert searching.search(office=office, words="ekspor kopi").hits[0].code == "46314"


def test_a_term_that_means_selling_asks_for_it():
    office = an_office()
    put(a_code("32201", "Industri Alat Musik Tradisional"), a_code("47597", "Perdagangan Eceran Alat Musik"))

    def first(words):
        return searching.search(office=office, words=words).hits[0].code

    assert first("jual alat musik") == "47597"
    assert first("pabrik alat musik") == "32201"


def test_one_shoe_and_two_shoes_find_the_same():
    office = an_office()
    put(a_code("15201", "Industri Alas Kaki"), a_code("10710", "Industri Roti"))

    for words in ("shoe factory", "shoes factory"):
        found = searching.search(office=office, words=words)
        assert (found.hits[0].code, found.suggestion) == ("15201", "")


def test_a_word_of_the_language_is_not_taken_for_a_misspelt_one():
    office = an_office()
    put(a_code("90022", "Pelaku Seni Musik"), a_code("77100", "Penyewaan Mobil"))

    found = searching.search(office=office, words="sewa mobil mudik")

    assert (found.suggestion, found.hits[0].code) == ("", "77100")
    assert searching.search(office=office, words="seni musyk").suggestion == "seni musik"


def test_a_quantity_is_no_code(office):
    found = searching.search(office=office, words="apotek 24 jam")

    assert (found.notice, found.hits[0].code) == (None, "47721")


def test_shops_come_before_warehouses_and_named_codes_before_others():
    office = an_office()
    put(
        a_code("46412", "Perdagangan Besar Pakaian"), a_code("47711", "Perdagangan Eceran Pakaian"),
        a_code("95299", "Reparasi Perkakas Lainnya"), a_code("95291", "Reparasi Perkakas"),
    )  # fmt: skip

    def codes(words):
        return [hit.code for hit in searching.search(office=office, words=words).hits[:2]]

    assert codes("pakaian") == ["47711", "46412"]
    assert codes("grosir pakaian")[0] == "46412"
    assert codes("reparasi perkakas")[0] == "95291"


def test_common_words_are_looked_for_in_titles_when_they_are_everywhere(office, monkeypatch):
    monkeypatch.setattr(retrieving, "MOST_ENTRIES", 2)

    found = searching.search(office=office, words="mencakup penyediaan makanan")

    assert {"56", "561"} <= {hit.code for hit in found.hits}
