"""Links in mails know whom they were written to: they spare typing the address, and open nothing."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client

from loket.outbox.models import Mail
from loket.people.links import link_to, reader_of
from tests.cast import an_officer
from tests.consultations.conversation import answer, ask, budi, probolinggo, sari
from tests.rules.calendars import wib
from tests.screens.test_account import code_from_mail

pytestmark = pytest.mark.django_db
NOW = wib("2026-01-14T10:46")


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def thread():
    return ask(probolinggo(), NOW)


def link_in(mail):
    """The address of the page in a mail, without the host."""
    [found] = re.findall(r"http://[^/]+(/\S+\?surat=\S+)", mail.text)
    return found


def offered(page):
    """The address that the sign-in page has put in."""
    return page.context["form"]["email"].value()


def to_the_sign_in(client, address):
    return client.get(address, follow=True)


def test_a_click_leads_to_the_sign_in_with_the_address_in_place_and_then_to_the_thread(client, thread):
    answer(thread, NOW)
    link = link_in(Mail.objects.get(kind="consultation.answer"))

    page = to_the_sign_in(client, link)
    assert offered(page) == "budi@surel.example"
    then = parse_qs(urlsplit(page.request["QUERY_STRING"]).path)["next"][0]
    client.post("/akun/masuk/", {"email": offered(page), "next": then})
    landed = client.post("/akun/masuk/kode/", {"code": code_from_mail(), "next": then}, follow=True)

    assert landed.status_code == 200
    assert landed.request["PATH_INFO"] == f"/{thread.office.code}/konsultasi/{thread.token}/"
    assert "2,41 persen." in landed.content.decode()


def test_the_link_alone_shows_nothing_and_another_persons_account_finds_nothing(client, thread):
    link = link_in(Mail.objects.get(kind="consultation.received"))
    other = Client()
    other.force_login(budi("siti@surel.example", "Siti"))

    assert "Inflasi" not in to_the_sign_in(client, link).content.decode()
    assert other.get(link).status_code == 404


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda link: link.replace("?surat=", "?surat=9"),
        lambda link: link[:-1] + ("A" if link[-1] != "A" else "B"),
        lambda link: link.split("?")[0],
        lambda link: link.split("?")[0] + "?surat=",
        lambda link: link.split("?")[0] + "?surat=1.2.3",
        lambda link: link.split("?")[0] + "?surat=%00%FF&surat=x",
    ],
)
def test_a_forged_link_names_nobody_and_still_leads_to_the_sign_in(client, thread, spoiled):
    link = spoiled(link_in(Mail.objects.get(kind="consultation.received")))

    page = to_the_sign_in(client, link)

    assert page.status_code == 200
    assert not offered(page)


def test_a_signature_of_one_thread_names_nobody_at_another(client, thread):
    signed = link_in(Mail.objects.get(kind="consultation.received")).split("?")[1]
    other = ask(thread.office, NOW, by=budi("siti@surel.example", "Siti"))

    page = to_the_sign_in(client, f"/{thread.office.code}/konsultasi/{other.token}/?{signed}")

    assert not offered(page)


def test_after_its_days_a_link_leads_to_the_thread_but_names_nobody(client, thread, wednesday, settings):
    link = link_in(Mail.objects.get(kind="consultation.received"))
    wednesday.shift(settings.MAIL_LINK_DAYS * 24 * 3600)
    assert offered(to_the_sign_in(client, link)) == "budi@surel.example"

    wednesday.shift(1)
    assert not offered(to_the_sign_in(client, link))
    client.force_login(thread.asker)
    assert client.get(link).status_code == 200


def test_an_account_that_has_ended_is_named_by_no_link(thread):
    link = link_in(Mail.objects.get(kind="consultation.received"))
    type(thread.asker).objects.filter(pk=thread.asker_id).update(is_active=False)

    assert reader_of(link, at=NOW) is None


def test_an_officers_link_leads_to_the_desk(client, thread):
    rina = an_officer(thread.office, "Rina")
    link = link_to("/3574/petugas/", reader=rina, at=NOW)

    assert offered(to_the_sign_in(client, link.removeprefix("http://127.0.0.1:8000"))) == rina.email


def test_an_address_of_another_site_is_no_link_of_ours():
    person = sari(probolinggo())
    ours = link_to("/3574/petugas/", reader=person, at=NOW).split("?")[1]

    assert reader_of(f"https://evil.example/3574/petugas/?{ours}", at=NOW) == person
    assert reader_of(f"//evil.example[/?{ours}", at=NOW) is None
