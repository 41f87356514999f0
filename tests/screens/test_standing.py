"""Pieces of pages that are made once: they say what the template says, for everybody, whatever is put in."""

import re

import pytest
from django.test import Client
from django.utils import translation

from loket.screens import standing
from loket.screens.templatetags.loket import as_choices, as_items, as_options
from tests.cast import an_office
from tests.screens.shelf import fill_shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office()


def test_words_are_escaped_and_only_stand_in_their_gaps(office):
    shown = standing.filled("library/box.html", office, {"words": '"><script>\0words\0'})

    assert 'value="&quot;&gt;&lt;script&gt;\0words\0"' in shown
    assert "<script>" not in shown


def test_the_sign_of_a_gap_in_an_offices_address_makes_no_gap(office):
    office.address = "Jalan\0Baru\0 7"

    assert "JalanBaru 7" in standing.filled("components/footer.html", office, {})


def test_what_is_kept_of_one_word_is_not_shown_for_another(office):
    first = standing.filled("library/box.html", office, {"words": "padi"})
    second = standing.filled("library/box.html", office, {"words": "jagung"})

    assert first.replace("padi", "jagung") == second


def test_without_a_word_the_template_leaves_out_what_belongs_to_it(office):
    filtered = {"words": "padi", "areas": "", "editions": "", "filtered": True, "kind": "table"}

    narrowed = standing.filled("library/filters.html", office, filtered)
    plain = standing.filled("library/filters.html", office, filtered | {"filtered": False, "kind": ""})

    assert "<details" in narrowed
    assert 'name="jenis" value="table"' in narrowed
    assert " open>" in narrowed
    assert 'name="jenis"' not in plain
    assert " open>" not in plain
    assert 'name="versi"' not in plain


def test_each_language_has_its_own(office):
    with translation.override("en"):
        english = standing.filled("components/footer.html", office, {})

    assert "Service standard" in english
    assert "Service standard" not in standing.filled("components/footer.html", office, {})


def test_a_new_address_of_the_office_is_shown_at_once(office):
    before = Client().get("/3574/jadwal/").content.decode()
    office.address = "Jalan Baru 7 & 8"
    office.save()

    after = Client().get("/3574/jadwal/").content.decode()

    assert "Jalan Baru" not in before
    assert "Jalan Baru 7 &amp; 8" in after


def test_each_reader_gets_an_own_token_and_comes_back_to_the_own_page(office):
    pages = [Client().get("/3574/cari/", {"kata": words}).content.decode() for words in ("padi", "a&b")]

    tokens = {re.search(r'csrfmiddlewaretoken" value="(\w{64})"', page)[1] for page in pages}
    back = [re.search(r'name="next" value="([^"]*)"', page)[1] for page in pages]
    assert len(tokens) == 2
    assert back == ["/3574/cari/?kata=padi", "/3574/cari/?kata=a%26b"]


def test_a_page_of_results_asks_the_database_six_times(
    office, settings, tmp_path, django_assert_max_num_queries
):
    settings.LIBRARY_INDEX = tmp_path / "index"
    fill_shelf(office)
    visitor = Client()
    visitor.get("/3574/cari/", {"kata": "batik"})

    with django_assert_max_num_queries(6):
        visitor.get("/3574/cari/", {"kata": "batik"})


def test_every_choice_of_a_long_list_is_escaped():
    assert as_options([(1, "<b>"), (2, "a & b")]) == (
        '<option value="1">&lt;b&gt;</option><option value="2">a &amp; b</option>'
    )
    assert as_items(["<i>", "b\0c", '"'], "x") == (
        '<li class="x">&lt;i&gt;</li><li class="x">b\0c</li><li class="x">&quot;</li>'
    )
    assert as_items([], "x") == as_options([]) == ""
    assert as_choices([("", "<"), ("a", "kata")], "a") == (
        '<option value="">&lt;</option><option value="a" selected>Kata</option>'
    )
