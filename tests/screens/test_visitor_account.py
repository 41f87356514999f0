"""A visitor's account: opened with a mailed code, told what they like, ended by themselves."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from loket.consultations.actions import attaching, drafting
from loket.consultations.models import Attachment, Draft
from loket.outbox.models import Mail
from loket.people import accounts
from loket.people.models import Consent, Profile, SignIn, User
from loket.people.queries import has_confirmed_address
from tests.cast import MORNING, an_office, an_officer, take
from tests.consultations.conversation import ask
from tests.screens.test_account import CODE, SIGN_IN, code_from_mail, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "budi@surel.example"
PROFILE = "/akun/profil/"
CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def the_morning():
    with time_machine.travel(MORNING, tick=False) as clock:
        cache.clear()
        yield clock


@pytest.fixture
def budi(client):
    sign_in(client, ADDRESS)
    return User.objects.get(email=ADDRESS)


def test_a_code_is_all_it_takes_to_have_an_account(client):
    answer = sign_in(client, "Budi@Surel.example")
    landed = client.get("/akun/", follow=True)

    assert answer.headers["Location"] == "/akun/"
    assert landed.request["PATH_INFO"] == "/akun/saya/"
    budi = User.objects.get()
    assert (budi.email, budi.joined_at) == (ADDRESS, MORNING)
    assert has_confirmed_address(budi)


def test_an_address_is_not_confirmed_before_its_code_came_back(client):
    client.post(SIGN_IN, {"email": ADDRESS})

    assert not has_confirmed_address(User.objects.get())
    assert client.get("/akun/saya/").status_code == 302
    assert not EmailAddress.objects.exists()


def test_an_account_nobody_opened_is_gone_after_a_day(client):
    client.post(SIGN_IN, {"email": ADDRESS})
    sign_in(Client(), "siti@surel.example")

    early = accounts.forget_unopened(at=MORNING + timedelta(hours=23))
    late = accounts.forget_unopened(at=MORNING + timedelta(hours=25))

    assert (early, late) == (0, 1)
    assert User.objects.get().email == "siti@surel.example"


def test_nobody_fills_a_mailbox_with_codes(the_morning):
    """S3: registering again and again with the victim's address is ten mails an hour, the words fixed."""
    for _ in range(55):
        Client().post(SIGN_IN, {"email": ADDRESS})
        the_morning.shift(60)

    mails = Mail.objects.filter(to=ADDRESS)
    assert mails.count() == 10
    assert len({mail.text.replace(mail.subject.split()[0], "") for mail in mails}) == 1


def test_asking_for_the_code_again_counts_as_well(client):
    client.post(SIGN_IN, {"email": ADDRESS})
    for _ in range(4):
        Client().post(SIGN_IN, {"email": ADDRESS})

    answer = client.post(CODE, {"action": "resend"}, follow=True)

    assert Mail.objects.count() == 5
    assert "Terlalu banyak percobaan" in answer.content.decode()


@pytest.mark.parametrize(("proxies", "mails"), [(0, 20), (1, 25)])
def test_a_network_address_asks_for_twenty_codes_a_minute(settings, proxies, mails):
    """S16: what a stranger writes into X-Forwarded-For counts only behind a trusted proxy."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    for number in range(25):
        written = f"<script>, 10.0.0.{number}"
        Client().post(SIGN_IN, {"email": f"a{number}@surel.example"}, headers={"X-Forwarded-For": written})

    assert Mail.objects.count() == mails


def test_the_session_changes_its_id_at_the_sign_in(client):
    client.post(SIGN_IN, {"email": ADDRESS})
    before = client.session.session_key

    client.post(CODE, {"code": code_from_mail()})

    assert client.session.session_key != before


def test_a_host_that_is_not_ours_gets_no_mail_sent(client):
    """S10: a link or a mail never takes its address from the request."""
    answer = client.post(SIGN_IN, {"email": ADDRESS}, headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert not Mail.objects.exists()


def test_an_account_that_was_ended_is_out_at_the_next_request(client, budi):
    User.objects.filter(pk=budi.pk).update(is_active=False)

    assert client.get("/akun/saya/").headers["Location"].startswith(SIGN_IN)


def test_nothing_is_ticked_beforehand_and_everything_may_stay_empty(client, budi):
    page = client.get(PROFILE).content.decode()
    client.post(PROFILE, {"name": "Budi", "language": "id"})

    assert page.count('type="checkbox"') == 2
    assert page.count(" checked") == 1  # the language
    assert Profile.objects.get(user=budi).phone == ""
    assert not Consent.objects.exists()


def test_each_consent_is_given_and_taken_back_by_itself(client, budi):
    told = {"name": "Budi", "language": "id"}

    client.post(PROFILE, told | {"consent_survey": "on", "consent_article": "on"})
    client.post(PROFILE, told | {"consent_article": "on"})

    assert accounts.agreed(budi) == {"article"}
    assert Consent.objects.get(purpose="survey").withdrawn_at == MORNING
    assert Consent.objects.filter(purpose="article").count() == 1
    assert "ditarik kembali" in client.get("/akun/data/").content.decode()


def test_a_child_gives_no_consent(client, budi):
    told = {"name": "Budi", "language": "id", "age_band": "under_18"}

    client.post(PROFILE, told | {"consent_survey": "on"})

    assert not Consent.objects.exists()


def test_a_name_that_hides_something_is_cleaned_and_a_wrong_number_refused(client, budi):
    """S12: no line break of a name reaches the head of a mail."""
    client.post(PROFILE, {"name": "Budi\r\nBcc: x\u202e", "language": "id"})
    refused = client.post(PROFILE, {"name": "Budi", "language": "id", "phone": "abc"})

    budi.refresh_from_db()
    assert budi.name == "Budi Bcc: x"
    assert refused.status_code == 422


def test_the_chosen_language_is_spoken_from_then_on(client, budi):
    client.post(PROFILE, {"name": "Budi", "language": "en"})

    assert '<html lang="en"' in client.get(PROFILE).content.decode()
    assert User.objects.get().language == "en"


def test_sign_ins_are_seen_and_ended_from_elsewhere(client, budi):
    phone = Client(headers={"User-Agent": CHROME})
    sign_in(phone, ADDRESS)

    page = client.get("/akun/sesi/").content.decode()
    client.post("/akun/sesi/akhir/")

    assert "Chrome, Android" in page
    assert phone.get("/akun/saya/").status_code == 302
    assert client.get("/akun/saya/").status_code == 200
    assert SignIn.objects.count() == 1


def test_nobody_ends_the_sign_in_of_somebody_else(client, budi):
    siti = Client()
    sign_in(siti, "siti@surel.example")
    hers = SignIn.objects.get(user__email="siti@surel.example")

    for value in (str(hers.pk), "x", "1e5", "9" * 30):
        client.post("/akun/sesi/akhir/", {"sign_in": value})

    assert siti.get("/akun/saya/").status_code == 200


def test_hall_visits_under_the_confirmed_address_appear_and_those_of_others_do_not(client):
    take(an_office())

    sign_in(client, ADDRESS)
    sign_in(siti := Client(), "siti@surel.example")

    assert "A-001" in client.get("/akun/saya/").content.decode()
    assert "A-001" not in siti.get("/akun/saya/").content.decode()


def test_visits_stay_hidden_from_an_address_that_was_only_typed(client):
    take(an_office())
    client.force_login(User.objects.create_user(ADDRESS, name="Mallory"))

    assert "A-001" not in client.get("/akun/saya/").content.decode()


def test_an_account_is_ended_by_typing_its_address(client, budi):
    client.post(PROFILE, {"name": "Budi", "language": "id", "phone": "081234567890"})

    wrong = client.post("/akun/penghapusan/", {"email": "siti@surel.example"})
    right = client.post("/akun/penghapusan/", {"email": ADDRESS})

    assert (wrong.status_code, right.headers["Location"]) == (422, "/")
    budi.refresh_from_db()
    assert (budi.name, budi.is_active, budi.erased_at) == ("", False, MORNING)
    assert ADDRESS not in budi.email
    assert not Profile.objects.exists()
    assert not SignIn.objects.exists()
    assert client.get("/akun/saya/").status_code == 302


def test_the_address_of_an_ended_account_can_begin_anew(client, budi):
    client.post("/akun/penghapusan/", {"email": ADDRESS})

    sign_in(client, ADDRESS)

    assert User.objects.filter(email=ADDRESS).exclude(pk=budi.pk).exists()


def test_staff_are_withdrawn_before_they_can_end_the_account(client):
    sari = an_officer(an_office())
    sign_in(client, sari.email)

    answer = client.post("/akun/penghapusan/", {"email": sari.email})

    sari.refresh_from_db()
    assert (answer.status_code, sari.is_active) == (422, True)


def test_signing_in_comes_back_to_the_page_that_asked_for_it(client):
    led = client.get(PROFILE).headers["Location"]
    asked = client.post(led, {"email": ADDRESS, "next": PROFILE}).headers["Location"]
    answer = client.post(asked, {"code": code_from_mail(), "next": PROFILE})

    assert answer.headers["Location"] == PROFILE


def test_ending_the_account_withdraws_what_is_open_and_forgets_what_was_not_sent(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    office = an_office()
    sign_in(client, ADDRESS)
    budi = User.objects.get(email=ADDRESS)
    mine = ask(office, MORNING, by=budi)
    drafting.keep(owner=budi, office=office, content={"text": "Belum selesai"}, at=MORNING)
    attaching.upload(owner=budi, office=office, blocks=[b"a,b"], name="a.csv", at=MORNING)

    client.post("/akun/penghapusan/", {"email": ADDRESS})

    mine.refresh_from_db()
    assert (mine.state, mine.close_reason, mine.question) == (
        "closed", "withdrawn", "Inflasi Kota Probolinggo 2025?",
    )  # fmt: skip
    assert not Draft.objects.exists()
    assert not Attachment.objects.exists()
