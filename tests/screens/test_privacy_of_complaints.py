"""Whoever is complained about learns nothing of it by way of the complainant's rights, and erases nothing."""

import json

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client

from loket.feedback.actions.complaints import Contact, Words
from loket.people.models import Role, User
from loket.privacy import erasing, requests
from tests.cast import BUDI, MORNING, a_complaint, an_office, an_officer, take

pytestmark = pytest.mark.django_db
REGISTER = "/3574/kelola/data-pribadi/"
SINGS = "kenari"


@pytest.fixture(autouse=True)
def the_morning(settings, tmp_path):
    settings.HOME = tmp_path
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def office():
    office = an_office()
    take(office)
    return office


@pytest.fixture
def rina(office) -> Client:
    return signed_in(an_officer(office, "Rina Handayani", Role.SUPERVISOR, "rina@kantor.example"))


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def about_rina(office, **more):
    words = Words("Pungli", f"Diminta uang {SINGS}.", about="Rina Handayani")
    return a_complaint(office, words=words, contact=Contact(email=BUDI.email), **more)


def asked_at_the_counter(rina, kind) -> str:
    sent = {"kind": kind, "email": BUDI.email, "wish": ""}
    return rina.post(REGISTER, sent).headers["Location"]


def test_the_copy_in_her_hands_is_without_the_complaint_about_her_and_without_its_secret(office, rina):
    complaint = about_rina(office)

    page = asked_at_the_counter(rina, "access")
    copy = rina.post(f"{page}salinan/", {"json": "1"}).content.decode()

    told = {part["table"] for part in json.loads(copy)["parts"]}
    assert "people.Visitor" in told
    assert told & {"feedback.Complaint", "feedback.ComplaintFile", "outbox.Mail"} == set()
    assert SINGS not in copy
    assert complaint.code not in copy
    assert "feedback.Complaint" not in rina.get(page).content.decode()


def test_who_may_read_the_complaint_has_it_in_the_copy(office, rina):
    about_rina(office)
    adi = signed_in(an_officer(office, "Adi", Role.ADMINISTRATOR))

    page = asked_at_the_counter(adi, "access")

    assert SINGS in copy_of(adi, page)


def copy_of(client, page) -> str:
    return client.post(f"{page}salinan/", {"json": "1"}).content.decode()


def test_an_erasure_asked_for_at_the_counter_leaves_the_complaint_about_her_alone(
    office, rina, django_capture_on_commit_callbacks
):
    complaint, other = about_rina(office), a_complaint(office, contact=Contact(email=BUDI.email))

    page = asked_at_the_counter(rina, "erase")
    with django_capture_on_commit_callbacks(execute=True):
        rina.post(f"{page}penghapusan/")

    complaint.refresh_from_db()
    other.refresh_from_db()
    assert SINGS in complaint.text
    assert (complaint.email, complaint.files.count(), other.text) == (BUDI.email, 1, "")
    # A restored backup is made to forget the same, and no more.
    assert f'"kept": [{complaint.pk}]' in erasing.journal().read_text()


def test_who_has_proved_the_address_has_it_erased_by_whomever(office, rina):
    complaint = about_rina(office)
    budi = User.objects.create_user(BUDI.email, name="Budi")
    EmailAddress.objects.create(user=budi, email=BUDI.email, verified=True, primary=True)
    asked = requests.receive(
        office=office, kind="erase", email=BUDI.email, proof="code", wish="", language="id", by="visitor",
        user=budi, at=MORNING,
    )  # fmt: skip

    assert SINGS not in rina.post(f"{REGISTER}{asked.pk}/salinan/", {"json": "1"}).content.decode()
    rina.post(f"{REGISTER}{asked.pk}/penghapusan/")

    complaint.refresh_from_db()
    assert (complaint.text, complaint.email, complaint.files.count()) == ("", "", 0)
