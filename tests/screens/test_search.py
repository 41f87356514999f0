"""The search page and the pages of items, as visitors open them."""

import re

import pytest
from django.core.cache import caches
from django.test import Client

from loket.base import pace
from loket.library.actions.storing import withdraw
from loket.library.index import reading, store
from loket.library.models import SearchLog
from tests.cast import MORNING, an_office, an_officer
from tests.screens.shelf import fill_shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    settings.LIBRARY_INDEX = tmp_path / "index"
    caches["memory"].clear()
    pace.counts.begin()


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def shelf(office):
    return fill_shelf(office)


@pytest.fixture
def visitor():
    client = Client()
    client.cookies["loket_language"] = "en"
    return client


def page(visitor, words="", **filters):
    answer = visitor.get("/3574/cari/", {"kata": words} | filters)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(shown):
    found = re.findall(r'hit__title"><a[^>]*>(.*?)</a>', shown, re.DOTALL)
    return [re.sub("<[^>]+>", "", each).strip() for each in found]


def test_before_the_first_word_there_are_examples(visitor, office):
    shown = page(visitor)

    assert "What data are you looking for?" in shown
    assert "kata=inflation%202025" in shown


def test_results_are_grouped_by_kind_with_counts_and_marks(visitor, shelf):
    shown = page(visitor, "batik")

    assert "<mark>batik</mark>" in shown
    assert re.findall(r'id="group-(\w+)"', shown).count("classification") == 1
    assert {"group-table", "group-publication"} <= set(re.findall(r'id="(group-\w+)"', shown))
    assert 'Publications <span class="tabs__n">1</span>' in shown


def test_a_code_carries_its_edition(visitor, shelf):
    shown = page(visitor, "13134")

    assert "KBLI 2025, in force" in shown
    assert "KBLI 2020, replaced" in shown


def test_the_kind_the_years_and_the_edition_narrow_down(visitor, shelf):
    assert titles(page(visitor, "batik", jenis="table")) == ["Usaha industri batik"]
    assert set(titles(page(visitor, "industri batik", versi="KBLI 2025"))) == {
        "Industri Batik",
        "Industri kain",
    }
    assert 'value="2021"' in page(visitor, "batik", dari="2023", sampai="2021")


def test_filters_stay_when_the_kind_changes(visitor, shelf):
    shown = page(visitor, "batik", wilayah="Kota Probolinggo")

    assert "?kata=batik&amp;jenis=table&amp;wilayah=Kota+Probolinggo" in shown


def test_other_words_are_offered_for_a_typing_error(visitor, shelf):
    shown = page(visitor, "batlk")

    assert "Did you mean" in shown
    assert "?kata=batik" in shown


def test_the_last_row_asks_an_officer_with_the_same_words(visitor, shelf):
    shown = page(visitor, "harga sapi & kambing")

    assert "/3574/konsultasi/tanya/?kata=harga+sapi+%26+kambing" in shown


NONSENSE = [
    " ",
    "yang dan di",
    "batik " * 1700,
    '"batik" AND (',
    "batik* OR title:*~^\\",
    "\0batik\0",
    "\u202ebatik\u202c",
    "𝕓𝕒𝕥𝕚𝕜 \U0001f9f5",
    "%s%n{}{{ kata }}",
    "<script>alert(1)</script>",
    "\ud800batik".encode("utf-8", "replace").decode(),
]


@pytest.mark.parametrize("words", NONSENSE)
def test_any_words_get_an_answer(visitor, shelf, words):
    shown = page(visitor, words)

    assert "<script>alert" not in shown
    assert visitor.get("/3574/cari/saran/", {"kata": words}).status_code == 200


@pytest.mark.parametrize(
    "filters",
    [
        {"halaman": "-1"},
        {"halaman": "9" * 20},
        {"halaman": "²"},
        {"jenis": "table__pk"},
        {"dari": "x", "sampai": "99999"},
        {"wilayah": "\0"},
    ],
)
def test_a_filter_that_cannot_be_is_left_out(visitor, shelf, filters):
    assert titles(page(visitor, "batik", **filters))


@pytest.mark.parametrize("filters", [{"halaman": "40"}, {"versi": "KBLI 1\0" * 50}, {"wilayah": "Mars"}])
def test_beyond_what_is_there_nothing_is_found(visitor, shelf, filters):
    assert "Nothing was found" in page(visitor, "batik", **filters)


def test_an_empty_library_says_so_and_leads_to_an_officer(visitor, office):
    shown = page(visitor, "batik")

    assert "Nothing was found" in shown
    assert "/3574/konsultasi/tanya/?kata=batik" in shown


def test_while_typing_a_few_are_offered_and_asking_comes_last(visitor, shelf):
    shown = visitor.get("/3574/cari/saran/", {"kata": "bat"}).content.decode()

    options = re.findall(r'role="option"[^>]*id="([\w-]+)"', shown)
    assert 2 <= len(options) <= 9
    assert options[-1] == "offer-ask"


def test_looking_at_a_result_writes_nothing(visitor, shelf, django_assert_max_num_queries):
    page(visitor, "batik")

    with django_assert_max_num_queries(12):
        page(visitor, "batik")
    assert SearchLog.objects.count() == 0


def test_what_was_looked_at_is_counted_once_and_without_a_person(visitor, shelf):
    signed = re.search(r'data-searched="([^"]+)"', page(visitor, "Batik tulis"))[1]
    said = {"searched": signed}

    for _ in range(2):
        assert visitor.post("/3574/cari/catatan/", said).status_code == 204
    visitor.post("/3574/cari/catatan/", said | {"item": shelf["usaha"].pk, "rank": "2"})

    log = SearchLog.objects.get()
    assert (log.words, log.place, log.item, log.rank) == ("batik tulis", "portal", shelf["usaha"], 2)


@pytest.mark.parametrize("signed", ["", "x", "a:b:c", "\0"])
def test_what_we_did_not_sign_is_not_counted(visitor, shelf, signed):
    assert visitor.post("/3574/cari/catatan/", {"searched": signed}).status_code == 400
    assert SearchLog.objects.count() == 0


def test_an_opened_row_that_is_gone_changes_nothing(visitor, shelf):
    signed = re.search(r'data-searched="([^"]+)"', page(visitor, "batik"))[1]

    for item in ("999999", "-1", "x", "9" * 30):
        said = {"searched": signed, "item": item, "rank": "1"}
        assert visitor.post("/3574/cari/catatan/", said).status_code == 204

    assert SearchLog.objects.get().item is None


def item_page(visitor, item):
    return visitor.get(f"/3574/bahan/{item.pk}/")


def test_a_code_lies_between_the_groups_above_and_the_codes_below(visitor, shelf):
    shown = item_page(visitor, shelf["13"]).content.decode()

    assert shown.index("Industri pengolahan") < shown.index("<h1>Industri tekstil</h1>")
    assert "Codes in this group" in shown
    assert f"/3574/bahan/{shelf['13134'].pk}/" in shown


def test_the_same_code_of_another_edition_comes_with_a_caution_when_its_title_changed(visitor, shelf):
    same = item_page(visitor, shelf["13134"]).content.decode()
    other = item_page(visitor, shelf["13"]).content.decode()

    assert "same title" in same
    assert "it may mean something else" in other


def test_an_item_leads_to_its_source_and_can_be_cited(visitor, shelf):
    shown = item_page(visitor, shelf["angka"]).content.decode()

    assert 'href="https://kota.statistik.example/angka"' in shown
    assert "<cite>Kota Probolinggo Dalam Angka 2025</cite>, 2024" in shown


def test_a_question_about_an_item_begins_with_its_name(visitor, shelf):
    assert "tanya/?kata=KBLI+2020+13134+Industri+batik" in item_page(visitor, shelf["13134"]).content.decode()


def test_drafts_and_withdrawn_items_are_not_found(visitor, shelf):
    withdraw(source="test", keys=["angka"], by="staff:1", at=MORNING)

    assert item_page(visitor, shelf["konsep"]).status_code == 404
    assert item_page(visitor, shelf["angka"]).status_code == 404
    assert visitor.get(f"/3574/bahan/{10**30}/").status_code == 404


def test_a_classification_that_names_itself_as_its_group_ends(visitor, shelf):
    item = shelf["13134"]
    type(item).objects.filter(pk=item.pk).update(parent_code="13134")

    assert item_page(visitor, item).status_code == 200


def test_the_front_page_searches_first(visitor, office):
    shown = visitor.get("/3574/").content.decode()

    assert shown.index('action="/3574/cari/"') < shown.index("/3574/buku-tamu/", shown.index("<main"))


def test_an_officer_finds_the_same_beside_the_note(client, office, shelf):
    client.force_login(an_officer(office))

    shown = client.get("/3574/petugas/bahan/", {"kata": "industri batik"}).content.decode()

    assert 'data-title="KBLI 2020 13134 Industri batik"' in shown
    assert f'data-address="http://127.0.0.1:8000/3574/bahan/{shelf["13134"].pk}/"' in shown
    assert 'data-address="https://kota.statistik.example/angka"' in shown


def test_an_address_too_long_for_a_note_is_given_by_its_page(client, office, shelf):
    item = shelf["angka"]
    type(item).objects.filter(pk=item.pk).update(address="https://kota.statistik.example/" + "a" * 300)
    client.force_login(an_officer(office))

    shown = client.get("/3574/petugas/bahan/", {"kata": "dalam angka"}).content.decode()

    assert f'data-address="http://127.0.0.1:8000/3574/bahan/{item.pk}/"' in shown


def test_what_answers_a_question_is_suggested_while_it_is_written(visitor, shelf):
    fits = visitor.get("/3574/cari/usulan/", {"kata": "usaha industri batik"}).content.decode()
    nonsense = visitor.get("/3574/cari/usulan/", {"kata": "apa kabar dunia"}).content.decode()

    assert f'href="/3574/bahan/{shelf["usaha"].pk}/"' in fits
    assert "<a" not in nonsense
    assert "data-searched" not in nonsense


def test_while_the_index_is_made_the_page_says_so_and_nothing_is_counted(visitor, shelf, monkeypatch):
    monkeypatch.setattr(reading, "LONGEST_WAIT", 0.0)
    store.forget()

    with store.writing(wait=True):
        shown = page(visitor, "batik")

    assert "The index is being made" in shown
    assert "Nothing was found" not in shown
    noted = re.search('data-searched="([^"]+)"', shown)[1]
    assert visitor.post("/3574/cari/catatan/", {"searched": noted}).status_code == 204
    assert not SearchLog.objects.exists()
