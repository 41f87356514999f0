"""The satisfaction survey through the door: link, invitation, tablet; and Manage."""

import io

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from loket.feedback.actions import surveys
from loket.feedback.elements import KEYS
from loket.feedback.models import FollowUp, Period, Report, Response
from loket.people import devices
from loket.people.models import Device, Role
from tests.cast import MORNING, a_survey, an_office, an_officer, answer_survey

pytestmark = pytest.mark.django_db
ALL = dict.fromkeys(KEYS, "4")
FILLED = ALL | {"key": "one", "suggestion": "", "sex": "female"}


@pytest.fixture(autouse=True)
def the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def period():
    return a_survey(an_office())


def path(period, token="") -> str:
    return f"/3574/survei/{token or period.token}/"


def as_officer(office, role=Role.SUPERVISOR) -> Client:
    client = Client()
    client.force_login(an_officer(office, "Rina", role))
    return client


# ----- on the own phone


def test_nine_questions_are_asked_and_kept(period, client):
    page = client.get(path(period))
    sent = client.post(path(period), FILLED | {"time": "1", "cost": ""})

    assert page.content.count(b'class="ask__question"') == 10
    kept = Response.objects.latest("pk")
    assert (kept.time, kept.cost, kept.sex, kept.channel) == (1, None, "female", "link")
    assert "Terima kasih" in client.get(sent.url).content.decode()


def test_a_browser_answers_an_open_link_once(period, client):
    client.post(path(period), FILLED)

    client.post(path(period), FILLED | {"key": "two"})

    assert Response.objects.count() == 2
    assert "sudah dihitung" in client.get(path(period)).content.decode()


def test_a_double_press_is_one_answer(period):
    for _ in range(2):
        Client().post(path(period), FILLED)

    assert Response.objects.count() == 2


def test_nothing_answered_is_asked_again_with_what_was_written(period, client):
    page = client.post(path(period), {"key": "one", "suggestion": "Kursi kurang"})

    assert page.status_code == 422
    assert "Jawablah paling sedikit satu pertanyaan" in page.content.decode()
    assert "Kursi kurang" in page.content.decode()


@pytest.mark.parametrize("wrong", ["0", "5", "baik", "4.0"])
def test_an_answer_off_the_scale_is_refused(period, client, wrong):
    assert client.post(path(period), FILLED | {"time": wrong}).status_code == 422


def test_a_huge_suggestion_is_refused_in_words(period, client):
    page = client.post(path(period), FILLED | {"suggestion": "x" * 2001})

    assert page.status_code == 422
    assert "2000" in page.content.decode()


def test_staff_do_not_answer_for_their_own_office(period):
    page = as_officer(period.office, Role.OFFICER).post(path(period), FILLED)

    assert page.status_code == 403
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "status", "words"), [("2025-12-31", 409, "belum dimulai"), ("2026-07-01", 410, "berakhir")]
)
def test_outside_its_days_the_survey_says_so(period, client, day, status, words):
    with time_machine.travel(f"{day}T09:00:00+07:00", tick=False):
        page = client.get(path(period))

    assert (page.status_code, words in page.content.decode()) == (status, True)


def test_an_unknown_address_is_nothing(period, client):
    assert client.get("/3574/survei/abc/").status_code == 404


# ----- on the tablet


@pytest.fixture
def tablet(period) -> Client:
    added = devices.add_device(
        office=period.office, kind="rating", name="Tablet", by="staff:1", at=MORNING, settings={"counter": 1}
    )
    _, token = devices.pair(office=period.office, kind="rating", code=added.pairing_code, at=MORNING)
    client = Client()
    client.cookies["loket_rating"] = token
    return client


def test_the_tablet_takes_one_respondent_after_the_other(tablet):
    assert "/3574/survei/tablet/" in tablet.get("/3574/nilai/loket/1/").content.decode()

    for key in ("one", "two"):
        sent = tablet.post("/3574/survei/tablet/", FILLED | {"key": key})
        assert sent.url == "/3574/survei/tablet/terima-kasih/"

    assert Response.objects.filter(channel="tablet").count() == 2
    assert Device.objects.get().kind == "rating"


def test_a_tablet_without_a_survey_rests(tablet):
    Period.objects.update(last="2026-01-02")

    assert tablet.get("/3574/survei/tablet/").url == "/3574/nilai/loket/1/"


# ----- in Manage


def test_rina_opens_a_survey_and_reads_its_results():
    rina = as_officer(an_office())

    sent = rina.post(
        "/3574/kelola/survei/baru/",
        {"title": "Semester I", "first": "2026-01-01", "last": "2026-06-30", "weight": "0.111",
         "population": "983", "key": "k"},
    )  # fmt: skip
    page = rina.get(sent.url).content.decode()

    assert Period.objects.get().weight == "0.111"
    assert "sasaran 276 dari 983" in page
    assert '<dd class="figure__value num">0,111</dd>' in page


def test_days_out_of_order_are_said_at_the_field(period):
    page = as_officer(period.office).post(
        "/3574/kelola/survei/baru/",
        {"title": "X", "first": "2026-02-01", "last": "2026-01-01", "weight": "exact", "key": "k"},
    )

    assert page.status_code == 422
    assert "tidak boleh sebelum hari pertama" in page.content.decode()


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("0001-01-01", "2026-01-01", "antara 2000 dan 2100"),
        ("2026-01-01", "9999-12-31", "antara 2000 dan 2100"),
        ("2026-01-01", "2028-01-05", "paling lama dua tahun"),
    ],
)
@pytest.mark.parametrize("existing", [False, True])
def test_days_out_of_reason_are_said_at_the_field(period, first, last, said, existing):
    address = f"/3574/kelola/survei/{period.pk}/pengaturan/" if existing else "/3574/kelola/survei/baru/"

    page = as_officer(period.office).post(
        address, {"title": "X", "first": first, "last": last, "weight": "exact", "key": "k"}
    )

    assert (page.status_code, Period.objects.count()) == (422, 1)
    assert said in page.content.decode()
    assert Period.objects.get().first == period.first


def test_a_survey_of_two_years_is_opened(period):
    given = {"title": "X", "first": "2026-01-01", "last": "2027-12-31", "weight": "exact", "key": "k"}

    assert as_officer(period.office).post("/3574/kelola/survei/baru/", given).status_code == 302


@pytest.mark.parametrize("due", ["0001-01-01", "9999-12-31", "besok"])
def test_a_plan_ends_on_a_day_of_our_time(period, due):
    given = {"text": "Loket kedua", "due": due}

    page = as_officer(period.office).post(f"/3574/kelola/survei/{period.pk}/rencana/time/", given)

    assert (page.status_code, period.follow_ups.count()) == (422, 0)


def test_other_words_under_a_used_key_are_asked_for_again(period):
    rina = as_officer(period.office)
    given = {"title": "X", "first": "2026-01-01", "last": "2026-12-31", "weight": "exact", "key": "k"}
    rina.post("/3574/kelola/survei/baru/", given)

    page = rina.post("/3574/kelola/survei/baru/", given | {"title": "Y"})

    assert (page.status_code, Period.objects.count()) == (422, 2)
    assert "Kirim sekali lagi" in page.content.decode()


def test_the_page_of_a_survey_asks_few_questions_of_the_database(period, django_assert_max_num_queries):
    for _ in range(15):
        answer_survey(period, sex="male", age_band="18_25")
    rina = as_officer(period.office)

    with django_assert_max_num_queries(20):
        page = rina.get(f"/3574/kelola/survei/{period.pk}/").content.decode()

    assert "100,00" in page
    assert "sangat baik" in page


def test_sari_enters_a_paper_form_of_another_day(period):
    sari = as_officer(period.office, Role.OFFICER)
    address = f"/3574/kelola/survei/{period.pk}/kertas/"

    sari.post(address, FILLED | {"answered_on": "2026-01-05"})
    late = sari.post(address, FILLED | {"answered_on": "2026-01-15", "key": "two"})

    assert str(Response.objects.get(channel="paper").answered_on) == "2026-01-05"
    assert "tidak setelah hari ini" in late.content.decode()


@pytest.mark.parametrize(("role", "offered"), [(Role.OFFICER, True), (Role.READER, False)])
def test_paper_forms_are_offered_to_those_who_copy_them(period, role, offered):
    shown = as_officer(period.office, role).get("/3574/kelola/survei/").content.decode()

    assert (f"/{period.pk}/kertas/" in shown) is offered


def test_the_wording_is_changed_and_the_keys_stay(period, client):
    rina = as_officer(period.office)
    words = {f"{key}_{language}": f"Tanya {key}" for key in KEYS for language in ("id", "en")}

    rina.post(f"/3574/kelola/survei/{period.pk}/pertanyaan/", words | {"last_two": "complaints"})

    period.refresh_from_db()
    assert period.keys[7:] == ["complaints", "facilities"]
    assert "8. Tanya complaints" in client.get(path(period)).content.decode()


def test_a_follow_up_is_written_for_a_weak_element(period):
    rina = as_officer(period.office)

    rina.post(
        f"/3574/kelola/survei/{period.pk}/rencana/time/",
        {"text": "Tambah petugas pagi", "due": "2026-03-01", "responsible": "Kepala unit"},
    )

    assert FollowUp.objects.get().plan == "Tambah petugas pagi"
    assert rina.get(f"/3574/kelola/survei/{period.pk}/rencana/cuaca/").status_code == 404


def test_a_response_is_marked_with_a_reason_only(period):
    rina = as_officer(period.office)
    address = f"/3574/kelola/survei/{period.pk}/jawaban/1/tanda/"

    rina.post(address, {"reason": " "})
    assert Response.objects.get().marked_at is None
    rina.post(address, {"reason": "Dua kali"})

    assert Response.objects.get().mark_reason == "Dua kali"
    assert "Dua kali" in rina.get(f"/3574/kelola/survei/{period.pk}/jawaban/").content.decode()


def test_a_kept_report_is_a_pdf_and_a_workbook(period):
    rina = as_officer(period.office)
    rina.post(f"/3574/kelola/survei/{period.pk}/laporan/", {"key": "k"})
    report = Report.objects.get()

    pdf = rina.get(f"/3574/kelola/survei/{period.pk}/laporan/{report.number}.pdf")
    book = rina.get(f"/3574/kelola/survei/{period.pk}/laporan/{report.number}.xlsx")

    assert pdf.content.startswith(b"%PDF-")
    assert b"/Lang" in pdf.content
    sheets = load_workbook(io.BytesIO(b"".join(book.streaming_content)))
    assert sheets.sheetnames == ["Ringkasan", "Unsur", "Kelompok", "Rencana"]
    summary = dict(row[:2] for row in sheets["Ringkasan"].iter_rows(min_row=2, values_only=True))
    assert (summary["IKM"], summary["Aturan bobot"]) == ("100.00", "exact (1/9)")


def file_of(client: Client, address: str) -> str:
    return b"".join(client.get(address).streaming_content).decode("utf-8-sig")


def test_raw_data_carry_a_codebook_and_no_formula(period):
    answer_survey(period, time=None, suggestion='=HYPERLINK("x")')
    rina = as_officer(period.office)

    raw = file_of(rina, f"/3574/kelola/survei/{period.pk}/data.csv")
    book = file_of(rina, f"/3574/kelola/survei/{period.pk}/buku-kode.csv")

    header, first, second = raw.splitlines()
    assert header.startswith('"number","answered_on","channel","U1","U2","U3"')
    assert '1,"2026-01-14","link",4,4,4,4' in first
    assert 'link",4,4,"",4' in second
    assert "\"'=HYPERLINK" in second
    assert all(name in book for name in ("U9", "Penanganan pengaduan", "4 = Dikelola dengan baik"))


def test_an_invitation_in_a_mail_opens_the_survey_once(period, client):
    from tests.feedback.test_surveys import a_served_visit

    surveys.change_period(period=period, invites=True, by="staff:1", at=MORNING)
    invitation = surveys.invite(ticket=a_served_visit(period.office), at=MORNING)

    client.post(path(period, invitation.token), FILLED)
    again = client.post(path(period, invitation.token), FILLED | {"key": "two"})

    assert Response.objects.filter(channel="invitation").count() == 1
    assert "sudah dihitung" in again.content.decode()
