"""Manage, library: what was searched, the words that help, the office's own items and lists."""

import io
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from loket.base import ids
from loket.base.models import Event
from loket.jobs import searching as jobs
from loket.library import logging
from loket.library.articles.models import ArticleVersion
from loket.library.models import Item, Synonym
from loket.people.models import Role
from tests.cast import MORNING, an_office, an_officer
from tests.screens.shelf import fill_shelf

pytestmark = pytest.mark.django_db
LIST = "kunci;jenis;judul;tahun_awal;alamat\nkda26;publikasi;Kota Dalam Angka 2026;2025;https://kota.example/26\n"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.LIBRARY_INDEX = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "files"
    caches["memory"].clear()


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def rina(client, office, time_machine):
    time_machine.move_to(MORNING, tick=False)
    client.force_login(an_officer(office, "Rina", Role.SUPERVISOR))
    client.cookies["loket_language"] = "en"
    return client


def note(office, words, *, results=3, confident=True, at=MORNING, item=None, asked=False, place="portal"):
    token = ids.token()
    seen = {"words": words, "total": results, "confident": confident, "place": place, "token": token}
    logging.log_search(office=office, at=at, **seen)
    if item:
        logging.log_opened(token=token, item_id=item.pk, rank=1)
    if asked:
        logging.log_asked(token=token)


def test_the_figures_of_what_was_searched(rina, office):
    item = fill_shelf(office)["ipm"]
    note(office, "ipm", item=item)
    note(office, "ipm", item=item)
    note(office, "ipm", item=item, asked=True)
    note(office, "harga sapi", results=0, confident=False, asked=True)
    note(office, "kata petugas", place="desk")
    note(office, "lama", at=MORNING - timedelta(days=91))

    figures = rina.get("/3574/kelola/pencarian/").context["figures"]

    assert (figures.searches, figures.without_result, figures.opened, figures.asked) == (4, 1, 3, 2)
    assert (figures.deflected, figures.answered_already) == (50, 50)


def test_before_the_first_search_there_is_nothing_to_divide(rina, office):
    figures = rina.get("/3574/kelola/pencarian/").context["figures"]

    assert (figures.deflected, figures.answered_already) == (None, None)


def test_what_was_searched_in_vain_leads_to_a_synonym(rina, office):
    note(office, "sawah", results=0, confident=False)
    note(office, "sawah", results=0, confident=False)
    note(office, "ladang", results=2, confident=False)
    note(office, "ipm")

    page = rina.get("/3574/kelola/pencarian/")

    assert [each.words for each in page.context["vain"]] == ["sawah", "ladang"]
    assert (page.context["most"][0].words, page.context["most"][0].times) == ("sawah", 2)
    assert '/3574/kelola/sinonim/?kata=sawah"' in page.content.decode()


def test_what_was_searched_in_vain_becomes_an_article_once(rina, office):
    wish = {"words": "harga sapi"}
    led = [rina.post("/3574/kelola/pencarian/artikel/", wish).headers["Location"] for _ in range(2)]

    version = ArticleVersion.objects.get()
    assert (version.title, version.article.state) == ("harga sapi", "draft")
    assert led == [f"/3574/petugas/konsultasi/artikel/{version.article.token}/"] * 2
    assert rina.get(led[0]).status_code == 200


def test_an_article_about_nothing_is_not_begun(rina, office):
    rina.post("/3574/kelola/pencarian/artikel/", {"words": " \0 "})

    assert ArticleVersion.objects.count() == 0


def test_a_synonym_finds_at_once_and_until_it_is_removed(rina, office):
    fill_shelf(office)
    word = {"term": "Pelekat Canting", "means": "batik, tekstil"}

    answer = rina.post("/3574/kelola/sinonim/", word)
    found = rina.get("/3574/cari/", {"kata": "pelekat canting"}).context["found"]
    entry = Synonym.objects.get()
    rina.post(f"/3574/kelola/sinonim/{entry.pk}/akhir/")
    later = rina.get("/3574/cari/", {"kata": "pelekat canting"}).context["found"]

    assert answer.status_code == 302
    assert (entry.term, entry.means) == ("pelekat canting", "batik, tekstil")
    assert "batik" in found.results.hits[0].title.lower()
    assert later.results.hits == []
    assert list(
        Event.objects.filter(kind__startswith="synonym").order_by("seq").values_list("kind", flat=True)
    ) == [
        "synonym.set",
        "synonym.drop",
    ]


def test_a_word_is_replaced_not_doubled(rina, office):
    for means in ("batik", "kain"):
        rina.post("/3574/kelola/sinonim/", {"term": "canting", "means": means})

    assert Synonym.objects.get().means == "kain"


def test_a_word_without_meaning_is_asked_for(rina, office):
    answer = rina.post("/3574/kelola/sinonim/", {"term": "canting", "means": " , "})

    assert answer.status_code == 422
    assert Synonym.objects.count() == 0


def send(rina, content, name="daftar.csv"):
    return rina.post("/3574/kelola/bahan/impor/", {"list": SimpleUploadedFile(name, content)})


def test_a_list_is_shown_before_it_is_taken_over(rina, office):
    shown = rina.get(send(rina, LIST.encode()).headers["Location"])
    before = Item.objects.count()
    again = rina.post(shown.request["PATH_INFO"])

    assert [entry.title for entry in shown.context["preview"].added] == ["Kota Dalam Angka 2026"]
    assert before == 0
    assert again.headers["Location"] == "/3574/kelola/bahan/"
    item = Item.objects.get()
    assert (item.office, item.scope, item.source, item.year_from) == (office, "office", "csv:3574", 2025)
    assert rina.get(shown.request["PATH_INFO"]).status_code == 404


def test_the_preview_tells_what_changes_and_what_stays(rina, office):
    rina.post(send(rina, LIST.encode()).headers["Location"])
    newer = LIST.replace("Kota Dalam", "Kota Probolinggo Dalam") + "baru;tabel;Luas sawah;2024;\n"

    shown = rina.get(send(rina, newer.encode()).headers["Location"]).context["preview"]
    same = rina.get(send(rina, LIST.encode()).headers["Location"]).context["preview"]

    assert [entry.title for entry in shown.added] == ["Luas sawah"]
    assert shown.changed[0].fields == [
        ("title", "Kota Dalam Angka 2026", "Kota Probolinggo Dalam Angka 2026")
    ]
    assert (same.unchanged, same.added, same.changed) == (1, [], [])


def test_a_workbook_is_a_list_as_well(rina, office):
    book, content = Workbook(), io.BytesIO()
    for row in (["kunci", "jenis", "judul", "tahun"], [7, "tabel", "Luas sawah", 2024.0]):
        book.active.append(row)
    book.save(content)

    rina.post(send(rina, content.getvalue(), "daftar.xlsx").headers["Location"])

    assert Item.objects.values_list("key", "title", "year_from").get() == ("7", "Luas sawah", 2024)


WRONG_ROWS = [
    ("a;kelinci;Judul;;", "the kind kelinci is not one of"),
    ("a;tabel;;;", "a key and a title are needed"),
    ("a;tabel;Judul;MMXX;", "MMXX is not a year"),
    ("a;tabel;Judul;;javascript:alert(1)", "the address has to begin with"),
    ("a;artikel;Judul;;", "answered questions become articles at the desk"),
]


@pytest.mark.parametrize(("row", "reason"), WRONG_ROWS)
def test_a_row_that_is_wrong_is_refused_with_its_reason(rina, office, row, reason):
    shown = rina.get(send(rina, f"{LIST}{row}\n".encode()).headers["Location"])

    (refused,) = shown.context["refused"]
    assert reason in refused[1]
    assert len(shown.context["preview"].added) == 1


def test_a_list_cannot_hold_what_belongs_to_others(rina, office):
    an_office("9471")
    rows = "kunci,jenis,judul,cakupan,unit\na,tabel,A,nasional,\nb,tabel,B,,9471\nc,tabel,C,,\n"

    preview = rina.get(send(rina, rows.encode()).headers["Location"]).context["preview"]

    assert [entry.title for entry in preview.added] == ["C"]
    assert len(preview.refused) == 2


WRONG_FILES = [
    b"",
    b"\xff\xfe\x00x",
    b"a,b\n1,2\n",
    b"PK\x03\x04 no zip at all",
    b'kunci,jenis,judul\n"' + b"x" * 200_000,
    b"kunci\0,jenis\n",
]


@pytest.mark.parametrize("content", WRONG_FILES)
def test_a_file_that_is_no_list_is_refused_with_a_reason(rina, office, content):
    answer = send(rina, content)

    assert answer.status_code == 422
    assert re.search("Nothing was taken over: .+|The submitted file is empty", answer.content.decode())


def test_a_list_nobody_said_yes_to_goes_after_a_day(rina, office, time_machine):
    address = send(rina, LIST.encode()).headers["Location"]
    later = MORNING + timedelta(days=20_000)

    assert jobs.uploads_due(MORNING) == []
    for path in jobs.uploads_due(later):
        jobs.forget_upload(path, later)
    time_machine.move_to(MORNING, tick=False)

    assert rina.get(address).status_code == 404


def test_own_items_are_withdrawn_and_published_again(rina, office):
    shelf = fill_shelf(office)
    address = f"/3574/bahan/{shelf['angka'].pk}/"

    rina.post(f"/3574/kelola/bahan/{shelf['angka'].pk}/terbitan/", {"do": "withdraw"})
    gone = rina.get(address).status_code
    rina.post(f"/3574/kelola/bahan/{shelf['angka'].pk}/terbitan/", {"do": "publish"})

    assert (gone, rina.get(address).status_code) == (404, 200)


def test_national_items_are_not_an_offices_to_withdraw(rina, office):
    shelf = fill_shelf(office)

    assert rina.post(f"/3574/kelola/bahan/{shelf['ipm'].pk}/terbitan/", {"do": "withdraw"}).status_code == 404
    assert "Indeks Pembangunan" not in rina.get("/3574/kelola/bahan/").content.decode()
