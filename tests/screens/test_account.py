import re
from time import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client, override_settings

from loket.base.models import Event
from loket.outbox.models import Mail
from loket.people import staff
from loket.people.models import Role, User
from tests.cast import MORNING, an_office, an_officer

pytestmark = pytest.mark.django_db
SIGN_IN = "/akun/masuk/"
CODE = "/akun/masuk/kode/"


@pytest.fixture(autouse=True)
def the_morning():
    with time_machine.travel(MORNING, tick=False) as clock:
        cache.clear()
        yield clock


@pytest.fixture
def office():
    return an_office()


def code_from_mail() -> str:
    return code_in(Mail.objects.filter(kind="login_code").latest("pk"))


def code_in(mail) -> str:
    return re.search(r"^    (\S+)$", mail.text, re.MULTILINE)[1]


def sign_in(client, email):
    client.post(SIGN_IN, {"email": email})
    return client.post(CODE, {"code": code_from_mail()})


def with_app(user) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def app_code(secret) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return f"{hotp_value(secret, counter):06d}"


def test_an_officer_signs_in_with_a_mailed_code_and_lands_at_the_desk(client, office):
    sari = an_officer(office)

    client.post(SIGN_IN, {"email": "SARI@kantor.example"})
    answer = client.post(CODE, {"code": code_from_mail()})
    landed = client.get(answer.headers["Location"])

    assert landed.headers["Location"] == "/3574/petugas/"
    assert Event.objects.filter(kind="staff.sign_in", by=sari.staff_id).exists()


def test_the_mail_is_indonesian_and_says_nothing_but_the_code(client, office):
    an_officer(office)

    client.post(SIGN_IN, {"email": "sari@kantor.example"})

    mail = Mail.objects.get(kind="login_code")
    assert mail.to == "sari@kantor.example"
    assert "http" not in mail.text
    assert code_from_mail() in mail.subject


def test_an_unknown_address_gets_the_same_answer_and_the_same_mail(office):
    an_officer(office)
    known, unknown = Client(), Client()

    answers = [
        (browser.post(SIGN_IN, {"email": email}), browser.get(CODE))
        for browser, email in [(known, "sari@kantor.example"), (unknown, "siti@kantor.example")]
    ]

    (first, page), (second, other) = answers
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert without_secrets(page, "sari") == without_secrets(other, "siti")
    mails = [mail.text.replace(code_in(mail), "CODE") for mail in Mail.objects.order_by("pk")]
    assert mails == [mails[0]] * 2


def without_secrets(page, name) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode()).replace(name, "NAME")


def test_wrong_codes_end_the_attempt_for_known_and_unknown_alike(office):
    an_officer(office)

    for email in ("sari@kantor.example", "siti@kantor.example"):
        browser = Client()
        browser.post(SIGN_IN, {"email": email})
        states = [browser.post(CODE, {"code": "WRONG"}).status_code for _ in range(3)]
        assert states == [200, 200, 302]
        assert browser.get(CODE).headers["Location"] == SIGN_IN


def test_a_code_is_asked_for_five_times_in_five_minutes_at_most(client, office):
    an_officer(office)

    for _ in range(7):
        answer = Client().post(SIGN_IN, {"email": "sari@kantor.example"})

    assert answer.status_code == 200
    assert Mail.objects.filter(kind="login_code").count() == 5


def test_a_code_ends_after_fifteen_minutes(client, office, the_morning):
    an_officer(office)
    client.post(SIGN_IN, {"email": "sari@kantor.example"})
    code = code_from_mail()

    the_morning.shift(15 * 60 + 1)

    assert client.post(CODE, {"code": code}).headers["Location"] == SIGN_IN


def test_somebody_who_was_withdrawn_is_out_at_the_next_request(client, office):
    adi, sari = an_officer(office, "Adi", Role.ADMINISTRATOR), an_officer(office)
    sign_in(client, sari.email)
    assert client.get("/akun/").headers["Location"] == "/3574/petugas/"

    staff.withdraw(user=sari, office=office, by=adi.staff_id, at=MORNING)

    assert client.get("/akun/").headers["Location"].startswith(SIGN_IN)


def test_an_ended_account_is_like_an_unknown_one(client, office):
    sari = an_officer(office)
    User.objects.filter(pk=sari.pk).update(is_active=False)

    client.post(SIGN_IN, {"email": sari.email})

    assert not Mail.objects.exists()


def test_an_invitation_leads_to_the_first_sign_in(client, office):
    invitation = staff.invite(
        office=office, email="sari@kantor.example", name="Sari", role=Role.OFFICER, by="staff:1", at=MORNING
    )
    page = f"/akun/undangan/{invitation.token}/"

    assert b"BPS Kota Probolinggo" in client.get(page).content
    accepted = client.post(page, {"name": "Sari\u202e Dewi"})
    again = client.get(page)

    assert accepted.headers["Location"] == f"{SIGN_IN}?email=sari@kantor.example"
    assert again.status_code == 404
    assert User.objects.get().name == "Sari Dewi"
    sign_in(client, "sari@kantor.example")
    assert client.get("/akun/").headers["Location"] == "/3574/petugas/"


def test_a_person_of_two_offices_chooses(client, office):
    elsewhere = an_office("9471")
    sari = an_officer(office)
    sari.memberships.create(office=elsewhere, role=Role.AUDITOR, since=MORNING)
    sign_in(client, sari.email)

    page = client.get("/akun/").content.decode()

    assert "/3574/petugas/" in page
    assert "/9471/kelola/" in page


def test_an_app_is_a_second_factor(client, office):
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    secret = with_app(rina)

    first = sign_in(client, rina.email)
    assert first.headers["Location"] == "/akun/masuk/kedua/"
    assert client.get("/akun/").headers["Location"].startswith(SIGN_IN)
    wrong = client.post("/akun/masuk/kedua/", {"code": "000000"})
    right = client.post("/akun/masuk/kedua/", {"code": app_code(secret)})

    assert wrong.status_code == 200
    assert right.headers["Location"] == "/akun/"


@override_settings(REQUIRE_2FA=True)
def test_a_supervisor_without_a_second_factor_is_led_to_it_and_let_in_with_one(client, office):
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    sign_in(client, rina.email)

    led = client.get("/3574/kelola/kalender/2026/")
    with_app(rina)
    let_in = client.get("/3574/kelola/kalender/2026/")

    assert led.headers["Location"] == "/akun/keamanan/"
    assert let_in.status_code == 200


@override_settings(REQUIRE_2FA=True)
def test_a_role_that_asks_for_a_second_factor_keeps_the_last(client, office):
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    secret = with_app(rina)
    sign_in(client, rina.email)
    client.post("/akun/masuk/kedua/", {"code": app_code(secret)})

    client.get("/akun/keamanan/aplikasi/hapus/", follow=True)
    client.post("/akun/keamanan/aplikasi/hapus/")

    assert Authenticator.objects.filter(user=rina).exists()


def prove_again(client):
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time(), "reauthenticated": True}]
    session.save()


@override_settings(REQUIRE_2FA=True)
@pytest.mark.parametrize(("keys", "left"), [(1, 1), (2, 1)])
def test_the_last_passkey_stays_where_the_role_asks_for_it(client, office, keys, left):
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    secret = with_app(rina)
    sign_in(client, rina.email)
    client.post("/akun/masuk/kedua/", {"code": app_code(secret)})
    Authenticator.objects.filter(user=rina).delete()
    passkey = {"user": rina, "type": Authenticator.Type.WEBAUTHN, "data": {"name": "Kantor"}}
    made = [Authenticator.objects.create(**passkey) for _ in range(keys)]
    prove_again(client)

    pages = [client.post(f"/akun/keamanan/kunci/{key.pk}/hapus/", follow=True) for key in made]

    assert Authenticator.objects.filter(user=rina).count() == left
    assert "cara masuk kedua" in pages[-1].content.decode()


@override_settings(REQUIRE_2FA=True)
def test_who_gave_up_the_second_factor_meanwhile_is_asked_for_one_again(client, office):
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    secret = with_app(rina)
    sign_in(client, rina.email)
    client.post("/akun/masuk/kedua/", {"code": app_code(secret)})
    before = client.get("/3574/kelola/kalender/2026/")

    rina.memberships.update(role=Role.OFFICER)
    prove_again(client)
    client.post("/akun/keamanan/aplikasi/hapus/")
    rina.memberships.update(role=Role.SUPERVISOR)

    assert before.status_code == 200
    assert not Authenticator.objects.filter(user=rina, type=Authenticator.Type.TOTP).exists()
    assert client.get("/3574/kelola/kalender/2026/").headers["Location"] == "/akun/keamanan/"


@pytest.mark.parametrize(
    "path", ["/akun/signup/", "/akun/password/reset/", "/akun/email/", "/akun/login/", "/akun/masuk/x/"]
)
def test_doors_that_are_not_used_do_not_exist(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("http://testserver/3574/petugas/loket/1/", "/3574/petugas/loket/1/"),
        ("https://example.org/3574/petugas/", "/akun/"),
        ("", "/akun/"),
    ],
)
def test_who_pressed_after_the_session_ended_comes_back_to_the_page(client, office, page, back):
    """The address of the press itself cannot be looked at."""
    answer = client.post("/3574/petugas/loket/1/panggilan/", headers={"referer": page})

    assert answer.headers["Location"] == f"{SIGN_IN}?next={back}"


@pytest.mark.parametrize("broken", ["http://%5B", "//%5B"])
def test_a_next_page_that_nobody_can_read_is_left_out(client, office, broken):
    assert client.get(f"{SIGN_IN}?next={broken}").status_code == 200


def test_the_next_page_is_never_elsewhere(client, office):
    an_officer(office)
    client.post(f"{SIGN_IN}?next=https://example.org/", {"email": "sari@kantor.example"})

    answer = client.post(f"{CODE}?next=https://example.org/", {"code": code_from_mail()})

    assert answer.headers["Location"] == "/akun/"
