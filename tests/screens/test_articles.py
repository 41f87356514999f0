"""Through the door: an article is written, checked, agreed to, published, and read by strangers."""

import pytest
import time_machine
from django.test import Client

from loket.consultations.actions import moving
from loket.library.articles.models import Article, ArticleVersion
from loket.people.models import Role, User
from tests.cast import MORNING, an_officer
from tests.consultations.conversation import answer, ask, budi, fresh, probolinggo, sari
from tests.consultations.publishing import published_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def thread():
    return ask(probolinggo(), MORNING, text="Saya Budi. Berapa inflasi?")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def client(thread):
    return signed_in(sari(thread.office))


@pytest.fixture
def rina(thread):
    return signed_in(an_officer(thread.office, "Rina", Role.SUPERVISOR))


WORDS = {
    "title": "Inflasi 2025",
    "question": "Berapa inflasi?",
    "answer": "**2,41** persen.",
    "valid_until": "",
}


def desk(thread, end="") -> str:
    return f"/3574/petugas/konsultasi/artikel/{Article.objects.get(source=thread.token).token}/{end}"


def test_from_the_answer_to_the_article_that_a_stranger_reads(thread, client, rina):
    answer(thread, MORNING, text="Halo Budi, 2,41 persen. Telepon 081234567890.")
    client.post(f"/3574/petugas/konsultasi/{thread.token}/artikel/")
    page = client.get(desk(thread)).content.decode()
    assert "<mark>Budi</mark>" in page
    assert "<mark>081234567890</mark>" in page
    refused = client.post(desk(thread, "pemeriksaan/"), follow=True)
    assert "Masih ada bagian yang mungkin menyebut seseorang" in refused.content.decode()

    client.post(desk(thread), WORDS | {"revision": 1})
    client.post(desk(thread, "pemeriksaan/"))
    early = rina.post(desk(thread, "penerbitan/"), follow=True)
    assert "Penanya belum setuju" in early.content.decode()
    client.post(desk(thread, "persetujuan/"))
    asked = signed_in(budi())
    assert "Bolehkah jawaban ini kami terbitkan?" in asked.get(consent(thread)).content.decode()
    asked.post(consent(thread), {"agreed": "yes"})
    rina.post(desk(thread, "penerbitan/"))

    article = Article.objects.get()
    public = Client().get(f"/3574/artikel/{article.token}/").content.decode()
    assert "<strong>2,41</strong> persen." in public
    assert "Budi" not in public


def consent(thread) -> str:
    return f"/3574/konsultasi/{thread.token}/artikel/"


def test_the_consent_is_for_the_asker_alone(thread, client):
    answer(thread, MORNING)
    client.post(f"/3574/petugas/konsultasi/{thread.token}/artikel/")
    assert signed_in(budi()).get(consent(thread)).status_code == 404  # nobody has asked yet
    client.post(desk(thread, "persetujuan/"))

    assert Client().get(consent(thread)).url.startswith("/akun/masuk/")
    assert signed_in(budi("siti@surel.example", "Siti")).get(consent(thread)).status_code == 404
    assert client.post(consent(thread), {"agreed": "yes"}).status_code == 404
    assert Article.objects.get().consent == "asked"


def test_a_look_changes_nothing(thread, client):
    answer(thread, MORNING)
    client.post(f"/3574/petugas/konsultasi/{thread.token}/artikel/")
    client.post(desk(thread, "persetujuan/"))

    signed_in(budi()).get(consent(thread) + "?agreed=yes")

    assert Article.objects.get().consent == "asked"


def test_a_draft_is_nobodys_business(thread, client):
    answer(thread, MORNING)
    client.post(f"/3574/petugas/konsultasi/{thread.token}/artikel/")

    assert Client().get(f"/3574/artikel/{Article.objects.get().token}/").status_code == 404


def test_words_saved_meanwhile_are_not_overwritten(thread, client, rina):
    answer(thread, MORNING)
    client.post(f"/3574/petugas/konsultasi/{thread.token}/artikel/")
    rina.post(desk(thread), WORDS | {"revision": 1})

    refused = client.post(desk(thread), WORDS | {"answer": "Kata Sari.", "revision": 1})

    assert refused.status_code == 409
    assert "Kata Sari." in refused.content.decode()
    assert ArticleVersion.objects.get().answer == WORDS["answer"]


def test_a_script_in_an_article_is_text(thread, client):
    article = published_article(
        thread, author=sari(thread.office), second=an_officer(thread.office, "Rina", Role.SUPERVISOR)
    )
    ArticleVersion.objects.update(answer="<script>alert(1)</script> [x](javascript:alert(1))")

    page = client.get(f"/3574/artikel/{article.token}/").content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_an_article_of_one_office_is_not_found_at_another(thread, client):
    article = published_article(
        thread, author=sari(thread.office), second=an_officer(thread.office, "Rina", Role.SUPERVISOR)
    )
    elsewhere = probolinggo(code="3513")

    assert Client().get(f"/3513/artikel/{article.token}/").status_code == 404
    tono = signed_in(an_officer(elsewhere, "Tono"))
    assert tono.get(f"/3513/petugas/konsultasi/artikel/{article.token}/").status_code == 404
    assert article.token not in tono.get("/3513/petugas/konsultasi/artikel/").content.decode()


def moved_to_malang(thread) -> Client:
    malang = probolinggo(code="3573")
    malang.name = "BPS Kota Malang"
    malang.save()
    moving.move(consultation=fresh(thread), to=malang, by=sari(thread.office), at=MORNING)
    return signed_in(an_officer(malang, "Wati"))


def test_the_draft_and_the_letter_follow_a_conversation_to_its_new_office(thread, client):
    answer(thread, MORNING)
    client.post(f"/3574/petugas/konsultasi/{thread.token}/artikel/")
    client.post(desk(thread, "persetujuan/"))
    letter, begun = consent(thread), desk(thread)

    wati = moved_to_malang(thread)

    assert client.get(begun).status_code == 404
    assert "Inflasi" not in client.get("/3574/petugas/konsultasi/artikel/").content.decode()
    assert "Inflasi" in wati.get("/3573/petugas/konsultasi/artikel/").content.decode()
    assert wati.get(begun.replace("/3574/", "/3573/")).status_code == 200
    there = letter.replace("/3574/", "/3573/")
    assert signed_in(budi()).get(letter).url == there
    assert signed_in(budi()).get(there).status_code == 200


def test_who_takes_over_a_published_answer_is_led_to_it(thread, client, rina):
    article = published_article(thread, author=sari(thread.office), second=User.objects.get(name="Rina"))

    wati = moved_to_malang(thread)

    led = wati.post(f"/3573/petugas/konsultasi/{thread.token}/artikel/", follow=True)
    assert led.redirect_chain == [(f"/3574/artikel/{article.token}/", 302)]
    page = client.get(desk(thread)).content.decode()
    assert "percakapannya kini ada di BPS Kota Malang" in page
    assert f"/petugas/konsultasi/{thread.token}/" not in page

    client.post(desk(thread, "penarikan/"), {"reason": "salah"})
    back = wati.post(f"/3573/petugas/konsultasi/{thread.token}/artikel/", follow=True)
    assert "BPS Kota Probolinggo telah membuat artikel dari pertanyaan ini." in back.content.decode()
