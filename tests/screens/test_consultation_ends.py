"""After the answer: the rating, and a copy to keep."""

import io

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from loket.base import pace
from loket.consultations.actions import closing, marking, merging
from loket.feedback.models import Rating
from tests.cast import an_officer
from tests.consultations.conversation import answer, ask, budi, fresh, note, probolinggo, sari
from tests.rules.calendars import wib

pytestmark = pytest.mark.django_db
TUESDAY = wib("2026-01-13T11:00")


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(TUESDAY, tick=False) as clock:
        cache.clear()
        pace.counts.begin()
        yield clock


@pytest.fixture
def office():
    return probolinggo()


@pytest.fixture
def answered(office):
    asked = ask(office, wib("2026-01-13T09:00"), text="Inflasi *2025*? #set text(red) $x$")
    answer(asked, wib("2026-01-13T10:00"), text="2,41 persen.")
    note(asked, wib("2026-01-13T10:30"), text="CANARY-NOTE")
    return fresh(asked)


@pytest.fixture
def his(client, answered):
    client.force_login(budi())
    return client


def siti() -> Client:
    client = Client()
    client.force_login(budi("siti@surel.example", "Siti"))
    return client


def path(consultation, part=""):
    return f"/3574/konsultasi/{consultation.token}/{part}"


def test_after_the_closing_one_tap_rates_it(his, answered):
    before = his.get(path(answered)).content.decode()
    his.post(path(answered, "selesai/"))
    asked = his.get(path(answered)).content.decode()
    his.post(path(answered, "penilaian/"), {"score": "5", "comment": "Jelas."})
    thanked = his.get(path(answered)).content.decode()

    assert "Bagaimana konsultasi ini?" not in before
    assert "Bagaimana konsultasi ini?" in asked
    assert "Bagaimana konsultasi ini?" not in thanked
    rating = Rating.objects.get()
    assert (rating.score, rating.comment, rating.closing) == (5, "Jelas.", 1)


@pytest.mark.parametrize("score", ["", "6", "0", "x"])
def test_only_the_five_answers_are_answers(his, answered, score):
    closing.close_solved(consultation=answered, at=TUESDAY)

    his.post(path(answered, "penilaian/"), {"score": score})

    assert not Rating.objects.exists()


def test_a_second_different_tap_changes_nothing(his, answered):
    closing.close_solved(consultation=answered, at=TUESDAY)
    his.post(path(answered, "penilaian/"), {"score": "4"})

    said = his.post(path(answered, "penilaian/"), {"score": "1"}, follow=True)

    assert Rating.objects.get().score == 4
    assert "Penilaian hanya berlaku sekali" in said.content.decode()


def test_nobody_rates_the_office_they_work_at(client, office):
    sari = an_officer(office, email="budi@surel.example")
    asked = ask(office, TUESDAY, by=budi())
    answer(asked, TUESDAY, by=an_officer(office, "Rina"))
    closing.close_solved(consultation=fresh(asked), at=TUESDAY)
    client.force_login(sari)

    client.post(path(asked, "penilaian/"), {"score": "5"})

    assert not Rating.objects.exists()


def test_nobody_else_rates_or_copies_it(his, answered):
    closing.close_solved(consultation=answered, at=TUESDAY)

    assert siti().post(path(answered, "penilaian/"), {"score": "1"}).status_code == 404
    assert siti().get(path(answered, "pdf/")).status_code == 404
    assert Client().get(path(answered, "pdf/")).status_code == 302
    assert not Rating.objects.exists()


def test_the_copy_is_a_tagged_pdf_of_what_was_said_and_of_nothing_else(his, answered):
    """S13: what was written is text in it, never a command."""
    got = his.get(path(answered, "pdf/"))
    reader = PdfReader(io.BytesIO(got.content))
    text = " ".join(page.extract_text() for page in reader.pages)

    assert got.headers["Content-Disposition"] == 'attachment; filename="K-2026-00001.pdf"'
    assert "#set text(red) $x$" in text
    assert "2,41 persen." in text
    assert "Budi" in text
    assert "Anda" not in text
    assert "CANARY-NOTE" not in text
    assert reader.trailer["/Root"]["/Lang"] == "id"


def test_the_copy_says_which_data_was_wanted_and_whether_it_was_there(his, answered):
    wanted = {"what": "Inflasi #red", "area": "Kota Probolinggo", "year_from": 2020, "year_to": 2025}
    answered.items.create(position=1, **wanted, found="found")
    answered.items.create(position=2, what="IPM", year_from=2025, year_to=2025)

    text = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(his.get(path(answered, "pdf/")).content)).pages
    )

    assert "Inflasi #red, Kota Probolinggo, 2020–2025: ada, sesuai" in text
    assert "IPM, 2025" in text


def test_copies_are_not_made_without_end(his, answered):
    answers = [his.get(path(answered, "pdf/")) for _ in range(8)]

    assert [answer.status_code for answer in answers] == [200] * 6 + [429] * 2
    refused = answers[-1].content.decode()
    assert f"coba kembali {answers[-1].headers['Retry-After']} detik lagi" in refused
    assert f'href="{path(answered)}"' in refused


def test_whoever_opens_a_merged_one_is_led_to_where_it_goes_on(his, office):
    one, other = (ask(office, wib("2026-01-13T10:50"), text=text) for text in ("Inflasi?", "Tahunan?"))
    merging.merge(consultation=fresh(one), into=fresh(other), by=sari(office), at=TUESDAY)

    page = his.get(path(one)).content.decode()

    assert f'href="{path(other)}"' in page
    assert "Percakapan dilanjutkan di sini" in page


def test_whose_question_was_set_aside_reads_no_hard_word_and_how_to_go_on(his, office):
    asked = ask(office, wib("2026-01-13T10:50"), text="Inflasi?")
    marking.mark_spam(consultation=fresh(asked), by=sari(office), at=TUESDAY)

    page = his.get(path(asked)).content.decode()

    assert "tidak menangani pesan ini sebagai pertanyaan" in page
    assert 'href="/3574/konsultasi/tanya/"' in page
    assert "spam" not in page.lower()
