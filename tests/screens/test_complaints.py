"""Complaints through the door: written without a name, followed, objected to; the register of the staff."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loket.consultations.models import Consultation
from loket.feedback.models import Complaint, ComplaintFile
from loket.feedback.secrets import secret_for
from loket.people.models import Role
from tests.cast import MORNING, a_complaint, an_office, an_officer

pytestmark = pytest.mark.django_db
WRITTEN = {"subject": "Antre lama", "text": "Dua jam menunggu.", "key": "one"}
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def the_morning():
    cache.clear()
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def office():
    return an_office(email="pst@kantor.example", phone="0812-3456-7890")


def staff(office, role=Role.SUPERVISOR, name="Rina") -> Client:
    client = Client()
    client.force_login(an_officer(office, name, role))
    return client


def written(client, **more):
    return client.post("/3574/pengaduan/tulis/", WRITTEN | more)


def opened(complaint, key) -> Client:
    """A browser that has opened the complaint with code and secret."""
    client = Client()
    client.post("/3574/pengaduan/lacak/", {"code": complaint.code, "secret": secret_for(key)})
    return client


def test_every_way_is_a_link_where_a_device_can_follow_it(office, client):
    page = client.get("/3574/pengaduan/").content.decode()

    for link in (
        "mailto:pst@kantor.example",
        "https://wa.me/6281234567890",
        "sms:+6281234567890",
        "lapor.go.id",
    ):
        assert link in page


def test_a_desk_telephone_is_only_called(client):
    an_office(phone="(0335) 421234")

    page = client.get("/3574/pengaduan/").content.decode()

    assert "tel:+62335421234" in page
    assert "wa.me" not in page


def test_without_a_name_it_is_taken_and_the_receipt_is_shown_for_a_quarter_of_an_hour(
    office, client, the_morning
):
    sent = written(client, files=[SimpleUploadedFile("foto.pdf", PDF)])
    page = client.get(sent.url).content.decode()

    complaint = Complaint.objects.get()
    assert (complaint.name, complaint.email, complaint.files.count()) == ("", "", 1)
    secret = secret_for("one")
    assert f"{secret[:5]}-{secret[5:]}" in page
    assert Client().get(sent.url).url == "/3574/pengaduan/lacak/"
    the_morning.shift(timedelta(minutes=16))
    assert client.get(sent.url).url == "/3574/pengaduan/lacak/"


def test_leaving_takes_the_receipt_from_a_shared_computer(office, client):
    sent = written(client)

    client.post("/3574/pengaduan/saya/akhir/")

    assert client.get(sent.url).status_code == 302


def test_a_double_press_is_one_complaint(office, client):
    for _ in range(2):
        written(client)

    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    "more",
    [
        {"subject": " "},
        {"text": "x" * 5001},
        {"happened_on": "2026-02-01"},
        {"email": "budi"},
        {"files": [SimpleUploadedFile("a.exe", b"MZ")]},
        {"files": [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(4)]},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(office, client, more):
    page = written(client, **more)

    assert (page.status_code, Complaint.objects.count(), ComplaintFile.objects.count()) == (422, 0, 0)
    assert "Dua jam menunggu" in page.content.decode() or "text" in more


def test_too_many_complaints_from_one_network_are_asked_to_wait(office):
    for number in range(20):
        written(Client(), key=f"k{number}")

    page = written(Client(), key="one-more")

    assert "Terlalu banyak pengaduan" in page.content.decode()
    assert Complaint.objects.count() == 20


def test_followed_answered_and_objected_to_without_a_name(office):
    rina = staff(office)
    complaint = a_complaint(office, key="mine")
    budi = opened(complaint, "mine")
    assert "Antre terlalu lama" in budi.get("/3574/pengaduan/saya/").content.decode()

    press(rina, complaint, "verify", handler=rina.session["_auth_user_id"])
    press(rina, complaint, "note", text="Hanya untuk kita")
    press(rina, complaint, "ask", text="Pada jam berapa?")
    budi.post("/3574/pengaduan/saya/pesan/", {"text": "Jam sembilan", "key": "reply"})
    press(rina, complaint, "start")
    press(rina, complaint, "resolve", text="Kami menambah loket")
    page = budi.get("/3574/pengaduan/saya/").content.decode()
    budi.post("/3574/pengaduan/saya/keberatan/", {"text": "Belum cukup", "key": "objection"})

    assert "Kami menambah loket" in page
    assert "Hanya untuk kita" not in page
    complaint.refresh_from_db()
    assert complaint.state == "objection"
    assert [each.kind for each in complaint.messages.order_by("pk")] == [
        "note", "question", "reply", "decision", "objection",
    ]  # fmt: skip


def test_an_objection_to_nothing_keeps_its_words_and_says_so(office):
    complaint = a_complaint(office, key="mine")
    budi = opened(complaint, "mine")

    for words in ("", "Belum cukup"):
        page = budi.post("/3574/pengaduan/saya/keberatan/", {"text": words, "key": ""})

        assert page.status_code == 409
        assert "tidak ada keputusan yang dapat dibantah" in page.content.decode()
        assert words in page.content.decode()
    complaint.refresh_from_db()
    assert complaint.state == "received"


def press(client, complaint, step, **values):
    complaint.refresh_from_db()
    address = f"/3574/kelola/pengaduan/{complaint.pk}/langkah/"
    return client.post(address, {"step": step, "version": complaint.version} | values, follow=True)


def test_wrong_codes_and_too_many_tries_get_the_same_answer(office):
    complaint = a_complaint(office, key="mine")
    right = {"code": complaint.code, "secret": secret_for("mine")}
    wrong = [{"code": "ABCD", "secret": "EFGH"}, {"code": complaint.code, "secret": "EFGH"}]

    pages = [Client().post("/3574/pengaduan/lacak/", wrong[number % 2]) for number in range(10)]
    limited = Client().post("/3574/pengaduan/lacak/", right)

    answers = {page.status_code for page in [*pages, limited]}
    said = {"tidak cocok" in page.content.decode() for page in [*pages, limited]}
    assert (answers, said) == ({422}, {True})


def test_who_complained_takes_back_the_own_files_and_no_others(office, client):
    own = opened(a_complaint(office, key="one"), "one")
    [mine] = ComplaintFile.objects.all()
    other = a_complaint(office, key="two").files.get()
    address = f"/3574/pengaduan/saya/berkas/{mine.token}/"

    given = own.get(address)

    assert address in own.get("/3574/pengaduan/saya/").content.decode()
    assert (given.content, given["Cache-Control"]) == (PDF, "private, no-store")
    assert given["Content-Disposition"].startswith("attachment")
    assert own.get(f"/3574/pengaduan/saya/berkas/{other.token}/").status_code == 404
    assert client.get(address).url == "/3574/pengaduan/lacak/"
    ComplaintFile.objects.update(state="pending")
    assert own.get(address).status_code == 404


def test_the_thread_closes_by_itself_after_half_an_hour(office, the_morning):
    budi = opened(a_complaint(office, key="mine"), "mine")
    the_morning.shift(timedelta(minutes=31))

    assert budi.get("/3574/pengaduan/saya/").url == "/3574/pengaduan/lacak/"


def test_a_complaint_of_one_office_does_not_open_at_another(office):
    an_office("9471")
    complaint = a_complaint(office, key="mine")

    page = Client().post("/9471/pengaduan/lacak/", {"code": complaint.code, "secret": secret_for("mine")})

    assert page.status_code == 422


# ----- the register


def test_sari_enters_a_paper_with_its_day_and_a_scan(office):
    sari = staff(office, Role.OFFICER, "Sari")

    page = sari.post(
        "/3574/kelola/pengaduan/baru/",
        WRITTEN | {"door": "box", "received_on": "2026-01-05", "files": [SimpleUploadedFile("a.pdf", PDF)]},
    ).content.decode()

    complaint = Complaint.objects.get()
    assert (complaint.door, complaint.received_at.date().isoformat(), complaint.files.count()) == (
        "box", "2026-01-04", 1,  # midnight in Probolinggo is the evening before in Greenwich
    )  # fmt: skip
    assert complaint.code[:4] in page
    assert sari.get(f"/3574/kelola/pengaduan/{complaint.pk}/").status_code == 404


def test_a_day_to_come_cannot_be_entered(office):
    sari = staff(office, Role.OFFICER, "Sari")

    page = sari.post("/3574/kelola/pengaduan/baru/", WRITTEN | {"door": "box", "received_on": "2026-01-15"})

    assert (page.status_code, Complaint.objects.count()) == (422, 0)


def test_nothing_is_complained_about_before_it_happened(office):
    days = {"received_on": "2026-01-05", "happened_on": "2026-01-06", "door": "box"}

    page = staff(office, Role.OFFICER, "Sari").post("/3574/kelola/pengaduan/baru/", WRITTEN | days)

    assert (page.status_code, Complaint.objects.count()) == (422, 0)
    assert "tidak mungkin setelah pengaduan diterima" in page.content.decode()


@pytest.mark.parametrize("year", ["0001", "9999"])
@pytest.mark.parametrize("field", ["received_on", "happened_on"])
def test_a_slip_of_the_pen_in_the_year_is_seen(office, field, year):
    days = {"received_on": "2026-01-05", "happened_on": "2026-01-05", field: f"{year}-01-01"}

    page = staff(office, Role.OFFICER, "Sari").post(
        "/3574/kelola/pengaduan/baru/", WRITTEN | {"door": "box"} | days
    )

    assert (page.status_code, Complaint.objects.count()) == (422, 0)
    assert "Periksa tahunnya" in page.content.decode()


def test_the_register_begins_with_the_nearest_deadline(office, django_assert_max_num_queries):
    rina = staff(office)
    for number in range(6):
        a_complaint(office, at=MORNING - timedelta(days=30) if number == 5 else MORNING)

    with django_assert_max_num_queries(16):
        page = rina.get("/3574/kelola/pengaduan/").content.decode()

    assert page.index("P-2025-0001") < page.index("P-2026-0001")
    assert "terlambat:" in page


def test_the_step_of_an_old_page_is_told_and_changes_nothing(office):
    rina = staff(office)
    complaint = a_complaint(office)
    press(rina, complaint, "note", text="Baca dulu")

    page = press(rina, complaint, "verify", version=1, handler=rina.session["_auth_user_id"])

    complaint.refresh_from_db()
    assert complaint.state == "received"
    assert "dilanjutkan orang lain" in page.content.decode()


@pytest.mark.parametrize(
    ("step", "values"),
    [
        ("answer", {}),
        ("verify", {"handler": "999"}),
        ("duplicate", {"original": "P-2026-9"}),
        ("duplicate", {"original": "x"}),
        ("forward", {"to": "Dinas"}),
        ("resolve", {"text": "Selesai"}),
        ("king", {}),
    ],
)
def test_a_step_that_cannot_be_is_said_in_words(office, step, values):
    rina = staff(office)
    complaint = a_complaint(office)

    page = press(rina, complaint, step, **values)

    complaint.refresh_from_db()
    assert (complaint.state, complaint.messages.count()) == ("received", 0)
    assert 'class="notice notice--' in page.content.decode()


def test_who_is_complained_about_finds_nothing(office):
    rina = staff(office, Role.SUPERVISOR, "Rina Handayani")
    adi = staff(office, Role.ADMINISTRATOR, "Adi")
    complaint = a_complaint(office)
    assert rina.get(f"/3574/kelola/pengaduan/{complaint.pk}/").status_code == 200
    people = [membership.user_id for membership in office.memberships.filter(role="supervisor")]

    press(adi, complaint, "about", people=people)

    assert rina.get(f"/3574/kelola/pengaduan/{complaint.pk}/").status_code == 404
    file = complaint.files.get()
    assert rina.get(f"/3574/kelola/pengaduan/{complaint.pk}/berkas/{file.token}/").status_code == 404
    assert complaint.label not in rina.get("/3574/kelola/pengaduan/").content.decode()


def test_a_file_leaves_as_a_download_only(office):
    complaint = a_complaint(office)
    token = complaint.files.get().token

    answer = staff(office).get(f"/3574/kelola/pengaduan/{complaint.pk}/berkas/{token}/")

    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_adi_names_the_confidential_readers(office):
    adi = staff(office, Role.ADMINISTRATOR, "Adi")
    sari = an_officer(office, "Sari")

    adi.post("/3574/kelola/pengaduan/pembaca/", {"readers": [sari.pk]})

    assert [each.user for each in office.confidential_readers.all()] == [sari]


def test_a_consultation_marked_as_a_complaint_is_taken_into_the_register_once(office):
    thread = Consultation.objects.create(
        office=office, door="hall", question="Kenapa lama sekali?", created_at=MORNING, complaint_at=MORNING
    )
    rina = staff(office)
    address = f"/3574/kelola/pengaduan/baru/?konsultasi={thread.token}"
    assert "Kenapa lama sekali?" in rina.get(address).content.decode()

    rina.post(address, WRITTEN | {"door": "counter", "received_on": "2026-01-14"})

    complaint = Complaint.objects.get()
    assert (complaint.door, complaint.consultation) == ("consultation", thread)
    assert rina.get(address).url == f"/3574/kelola/pengaduan/{complaint.pk}/"


def test_a_consultation_that_is_no_complaint_is_not_taken(office):
    thread = Consultation.objects.create(office=office, door="hall", question="?", created_at=MORNING)

    assert staff(office).get(f"/3574/kelola/pengaduan/baru/?konsultasi={thread.token}").status_code == 404
