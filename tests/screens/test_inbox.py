"""Through the door: what the officers' inbox shows, to whom, and how it is asked."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loket.consultations.actions import checking
from loket.consultations.models import Consultation
from loket.offices.models import Office
from loket.people.models import Role
from loket.rules.consulting import Kind
from tests.cast import an_office, an_officer
from tests.consultations.conversation import answer, ask, budi, fresh, probolinggo, sari
from tests.rules.calendars import wib

pytestmark = pytest.mark.django_db
NOW = wib("2026-01-14T10:46")
INBOX = "/3574/petugas/konsultasi/"


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office():
    return probolinggo()


@pytest.fixture
def client(office):
    signed_in = Client()
    signed_in.force_login(sari(office))
    return signed_in


def subjects(response) -> list[str]:
    return [row.thread.subject for row in response.context["rows"]]


def named(subject, office, at, **more) -> Consultation:
    thread = ask(office, at, **more)
    Consultation.objects.filter(pk=thread.pk).update(subject=subject)
    return fresh(thread)


def test_the_earliest_deadline_stands_first_and_what_is_late_on_top(office, client):
    named("Besok", office, "2026-01-12T09:00")
    named("Lewat", office, "2026-01-07T09:00")
    named("Nanti", office, "2026-01-14T09:00")

    page = client.get("/3574/petugas/konsultasi/")

    assert subjects(page) == ["Lewat", "Besok", "Nanti"]
    assert [row.chip.look for row in page.context["rows"]] == ["late", "good", "good"]
    assert "Lewat 2 hari kerja" in page.content.decode()


def test_each_box_has_its_own(office, client):
    mine = named("Milik Sari", office, "2026-01-12T09:00")
    Consultation.objects.filter(pk=mine.pk).update(assignee=sari(office))
    named("Tanpa petugas", office, "2026-01-12T10:00")
    waiting = named("Menunggu Budi", office, "2026-01-12T11:00")
    answer(waiting, "2026-01-13T09:00")

    boxes = {
        box: subjects(client.get(f"/3574/petugas/konsultasi/?kotak={box}"))
        for box in ("", "saya", "tanpa-petugas", "pengguna", "ditutup")
    }

    assert boxes == {
        "": ["Milik Sari", "Tanpa petugas"],
        "saya": ["Milik Sari"],
        "tanpa-petugas": ["Tanpa petugas"],
        "pengguna": ["Menunggu Budi"],
        "ditutup": [],
    }
    counts = [tab.count for tab in client.get("/3574/petugas/konsultasi/").context["tabs"]]
    assert counts == ["2", "1", "1", "1", ""]


def test_what_lies_in_another_box_is_pointed_at(office, client):
    waiting = named("Menunggu Budi", office, "2026-01-12T11:00")
    answer(waiting, "2026-01-13T09:00")
    mine = named("Milik Sari", office, "2026-01-12T09:00")
    Consultation.objects.filter(pk=mine.pk).update(assignee=sari(office))
    named("KENARI", probolinggo(code="3513"), "2026-01-12T09:00")

    def pointed_at(asked):
        page = client.get(f"{INBOX}?{asked}")
        return [tab.address for tab in page.context["elsewhere"]]

    assert pointed_at(f"kata={waiting.label}") == [f"?kotak=pengguna&kata={waiting.label}"]
    assert subjects(client.get(f"{INBOX}?kotak=pengguna&kata={waiting.label}")) == ["Menunggu Budi"]
    assert pointed_at("kotak=tanpa-petugas&kata=sari") == ["?kata=sari"]
    assert pointed_at("kata=sari") == []  # it is here
    assert pointed_at("kata=KENARI") == []
    assert pointed_at("jenis=metadata&kata=menunggu") == []
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{INBOX}?kata={waiting.label}")
    assert len(asked) <= 10


def test_what_waits_for_a_second_officer_has_a_box_where_the_office_wants_one(office, client):
    assert "Perlu dibaca" not in client.get(INBOX).content.decode()
    Office.objects.filter(pk=office.pk).update(settings={"second_officer": True})
    office.refresh_from_db()
    open_one, named_visitor = (named(word, office, "2026-01-12T09:00") for word in ("Satu", "Dua"))
    answer(named_visitor, "2026-01-12T10:00")
    named("Tiga", office, "2026-01-12T11:00")
    for each in (open_one, named_visitor):
        answer(each, "2026-01-13T09:00", verb=checking.send, kind=Kind.ANSWER)

    page = client.get(f"{INBOX}?kotak=pemeriksaan")

    assert subjects(page) == ["Satu", "Dua"]
    [tab] = [tab for tab in page.context["tabs"] if tab.current]
    assert tab.count == "2"
    assert "Perlu dibaca" in page.content.decode()
    after = client.get(f"{INBOX}{open_one.token}/berikutnya/?kotak=pemeriksaan")
    assert after.headers["Location"] == f"{INBOX}{named_visitor.token}/?kotak=pemeriksaan"


@pytest.mark.parametrize(
    ("words", "found"),
    [("batik", ["Industri batik"]), ("K-2026-00002", ["Inflasi Maret"]), ("2", ["Inflasi Maret"]),
     ("BATIK industri", ["Industri batik"]), ("budi", ["Industri batik", "Inflasi Maret"]), ("nihil", [])],
)  # fmt: skip
def test_it_is_searched_by_number_word_and_name(office, client, words, found):
    named("Industri batik", office, "2026-01-12T09:00")
    named("Inflasi Maret", office, "2026-01-12T10:00")

    page = client.get("/3574/petugas/konsultasi/", {"kata": words})

    assert subjects(page) == found


@pytest.mark.parametrize(
    "wrong",
    [
        "assignee__password__startswith=pbkdf2",
        "kotak=saya&kotak=ditutup",
        "kotak=office__name",
        "jenis=data__in",
        "petugas=1__password",
        "petugas=-1",
        "sesudah=1-1-1",
        "sesudah=%00",
        "sesudah=1%2C1",
        "urut=assignee__email",
        "order_by=-office__settings",
    ],
)
def test_what_the_inbox_does_not_know_is_refused(office, client, wrong):
    assert client.get(f"/3574/petugas/konsultasi/?{wrong}").status_code == 400


@pytest.mark.parametrize(
    "odd", ["", " ", "%", "'; DROP TABLE x; --", "\u202e\x00", "x" * 10_000, "K-", "9" * 30]
)
def test_odd_words_find_nothing_and_break_nothing(office, client, odd):
    named("Inflasi", office, "2026-01-12T09:00")

    assert client.get("/3574/petugas/konsultasi/", {"kata": odd}).status_code == 200


def test_pages_follow_each_other_without_a_gap_or_a_double(office, client):
    for number in range(60):
        named(f"{number:02}", office, wib("2026-01-12T09:00") + timedelta(seconds=number // 7))

    seen, address = [], "?kotak="
    while address:
        page = client.get(f"/3574/petugas/konsultasi/{address}")
        seen += subjects(page)
        address = page.context["next"]

    assert seen == [f"{number:02}" for number in range(60)]


def test_what_is_closed_pages_from_the_newest(office, client):
    for number in range(30):
        thread = named(f"{number:02}", office, wib("2026-01-05T09:00") + timedelta(minutes=number))
        Consultation.objects.filter(pk=thread.pk).update(
            state="closed", close_reason="solved", due_at=None, escalate_at=None, closed_at=NOW
        )

    first = client.get("/3574/petugas/konsultasi/?kotak=ditutup")
    second = client.get(f"/3574/petugas/konsultasi/{first.context['next']}")

    assert subjects(first) + subjects(second) == [f"{number:02}" for number in range(29, -1, -1)]
    assert second.context["next"] is None


@pytest.mark.parametrize("rows", [25, 100])
def test_a_page_asks_the_database_as_much_for_many_as_for_few(office, client, rows):
    for number in range(rows):
        ask(office, wib("2026-01-12T09:00") + timedelta(seconds=number))
    client.get("/3574/petugas/konsultasi/")

    with CaptureQueriesContext(connection) as asked:
        client.get("/3574/petugas/konsultasi/")

    assert len(asked) <= 10, [query["sql"][:90] for query in asked]


def test_nothing_of_another_office_appears(office, client):
    elsewhere = probolinggo(code="3513")
    rahasia = named(
        "KENARI tetangga", elsewhere, "2026-01-12T09:00", by=budi("siti@surel.example", "KENARI Siti")
    )
    named("Milik kita", office, "2026-01-12T09:00")

    for asked in ("", "?kotak=tanpa-petugas", "?kata=KENARI", f"?kata={rahasia.label}", "?kotak=ditutup"):
        page = client.get(f"/3574/petugas/konsultasi/{asked}").content.decode()
        assert "tetangga" not in page
        assert "Siti" not in page
    assert client.get("/3574/petugas/konsultasi/").context["tabs"][0].count == "1"


def test_strangers_find_nothing_there(office):
    elsewhere = an_office("9471")
    for person in (budi(), an_officer(elsewhere, "Yosef"), an_officer(office, "Wati", Role.READER)):
        stranger = Client()
        stranger.force_login(person)
        assert stranger.get("/3574/petugas/konsultasi/").status_code == 404


def test_what_is_made_once_for_all_pages_follows_the_readers_language(client):
    indonesian = client.get("/3574/petugas/konsultasi/").content.decode()
    client.cookies["loket_language"] = "en"

    english = client.get("/3574/petugas/konsultasi/").content.decode()

    assert "Semua tombol" in indonesian
    assert "All keys" not in indonesian
    assert "All keys" in english
    assert "Semua tombol" not in english
