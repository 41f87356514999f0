"""What administrators change about their office, and who else finds these pages."""

from urllib.parse import urlencode

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from loket.base import events
from loket.base.models import Event
from loket.consultations.models import Speciality
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.outbox.models import Mail
from loket.people.access import roles_at
from loket.people.models import Invitation, Membership, Role
from tests.cast import MORNING, an_office, an_officer, take

pytestmark = pytest.mark.django_db
MANAGE = "/3574/kelola/"


@pytest.fixture(autouse=True)
def the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def adi(client, office):
    adi = an_officer(office, "Adi", Role.ADMINISTRATOR)
    client.force_login(adi)
    return adi


def limits(office):
    return limits_from(Office.objects.get(pk=office.pk).settings)


def hall_form(client, **changes):
    """The hall's settings as the page sends them, with some changed."""
    page = client.get(f"{MANAGE}pengaturan/")
    form = page.context["forms"]["hall"]
    now = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()} | changes
    sent = {f"hall-{name}": value for name, value in now.items() if value is not None and value is not False}
    return client.post(f"{MANAGE}pengaturan/", sent | {"part": "hall"})


def invite(client, email="sari@kantor.example", role="officer"):
    return client.post(f"{MANAGE}petugas/", {"email": email, "name": "Sari", "role": role})


def test_somebody_is_invited_and_the_invitation_taken_back(client, adi):
    invite(client)
    invitation = Invitation.objects.get()

    assert "sari@kantor.example" in client.get(f"{MANAGE}petugas/").content.decode()
    client.post(f"{MANAGE}petugas/undangan/{invitation.pk}/akhir/")

    assert "sari@kantor.example valid" not in client.get(f"{MANAGE}petugas/").content.decode()
    assert client.get(f"/akun/undangan/{invitation.token}/").status_code == 404
    assert Mail.objects.filter(kind="staff.invited").count() == 1


def test_a_wrong_address_is_refused_beside_its_field(client, adi):
    answer = invite(client, email="sari@")

    assert answer.status_code == 422
    assert "sari@" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_roles_change_and_end(client, adi, office):
    sari = an_officer(office)

    client.post(f"{MANAGE}petugas/{sari.pk}/", {"roles": ["supervisor", "auditor"]})
    assert roles_at(sari, office) == {Role.SUPERVISOR, Role.AUDITOR}

    client.post(f"{MANAGE}petugas/{sari.pk}/pencabutan/")
    assert roles_at(sari, office) == set()


def test_the_last_administrator_stays_and_is_told_why(client, adi, office):
    page = f"{MANAGE}petugas/{adi.pk}/"

    changed = client.post(page, {"roles": ["officer"]})
    withdrawn = client.post(f"{page}pencabutan/", follow=True)

    assert changed.status_code == 422
    assert b"notice--late" in withdrawn.content
    assert roles_at(adi, office) == {Role.ADMINISTRATOR}


def test_what_an_officer_knows_best_is_set_and_says_who_is_asked_first(client, adi, office):
    sari, page = an_officer(office), f"{MANAGE}petugas/"

    client.post(f"{page}{sari.pk}/keahlian/", {"kinds": ["data", "metadata"]})
    client.post(f"{page}{sari.pk}/keahlian/", {"kinds": ["metadata"]})

    assert list(Speciality.objects.values_list("officer", "kind")) == [(sari.pk, "metadata")]
    shown = client.get(f"{page}{sari.pk}/").context["knows"]
    assert shown.initial == {"kinds": ["metadata"]}
    assert "knows" not in client.get(f"{page}{adi.pk}/").context


def test_a_kind_that_is_none_is_refused_and_a_stranger_is_not_found(client, adi, office):
    sari, yosef = an_officer(office), an_officer(an_office("9471"), "Yosef")

    refused = client.post(f"{MANAGE}petugas/{sari.pk}/keahlian/", {"kinds": ["weather"]}, follow=True)

    assert "Pilih dari jenis yang tersedia" in refused.content.decode()
    assert client.post(f"{MANAGE}petugas/{yosef.pk}/keahlian/", {"kinds": ["data"]}).status_code == 404
    assert not Speciality.objects.exists()


def test_new_questions_are_handed_out_where_the_office_says_so(client, adi, office):
    client.post(f"{MANAGE}pengaturan/", {"part": "consultations", "consultations-assign_on_asking": "on"})

    assert limits(office).assign_on_asking
    assert not limits(office).second_officer


def test_people_of_another_office_are_not_found(client, adi):
    yosef = an_officer(an_office("9471"), "Yosef")

    assert client.get(f"{MANAGE}petugas/{yosef.pk}/").status_code == 404
    assert client.post(f"{MANAGE}petugas/{yosef.pk}/pencabutan/").status_code == 404
    assert Membership.objects.filter(user=yosef).exists()


def test_a_setting_counts_from_now_on_and_says_what_it_was(client, adi, office):
    answer = hall_form(client, handover_minutes=8, announce_languages="id,en")

    assert answer.headers["Location"] == f"{MANAGE}pengaturan/"
    assert limits(office).handover_minutes == 8
    assert limits(office).announce_languages == ("id", "en")
    event = Event.objects.get(kind="office.settings")
    assert (event.data["before"]["handover_minutes"], event.data["after"]["handover_minutes"]) == (10, 8)
    assert set(event.data["after"]) == {"handover_minutes", "announce_languages"}


def test_saving_what_is_already_so_is_no_event(client, adi):
    saved = hall_form(client)

    assert saved.status_code == 302
    assert not Event.objects.filter(kind="office.settings").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("handover_minutes", 0), ("handover_minutes", "x"), ("undo_seconds", 301), ("first", "nothing")],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_changes(client, adi, office, field, value):
    before = limits(office)

    answer = hall_form(client, **{field: value})

    assert answer.status_code == 422
    assert f"id_hall-{field}" in answer.content.decode()
    assert limits(office) == before


def test_the_guest_book_asks_what_the_office_says(client, adi, office):
    names = ("phone", "sex", "age_band", "education", "occupation", "institution", "assistance")
    sent = {f"guest-{name}": "off" for name in names} | {"guest-phone": "required", "part": "guest_book"}

    client.post(f"{MANAGE}pengaturan/", sent)

    assert limits(office).guest_fields["phone"] == "required"
    assert limits(office).guest_fields["sex"] == "off"


def test_a_reworded_purpose_keeps_its_code_and_an_empty_line_leaves(client, adi, office):
    before = limits(office).purposes
    sent = {f"purpose-{language}_{place}": "" for language in ("id", "en") for place in range(10)}
    sent |= {"purpose-id_0": "Tugas kuliah", "purpose-en_0": "Coursework", "part": "purposes"}

    client.post(f"{MANAGE}pengaturan/", sent)

    assert limits(office).purposes == [{"code": before[0]["code"], "id": "Tugas kuliah", "en": "Coursework"}]


@pytest.mark.parametrize("texts", [{}, {"purpose-id_0": "Hanya satu"}])
def test_purposes_are_never_empty_nor_in_one_language_only(client, adi, office, texts):
    before = limits(office).purposes

    answer = client.post(f"{MANAGE}pengaturan/", texts | {"part": "purposes"})

    assert answer.status_code == 422
    assert limits(office).purposes == before


def test_the_log_shows_a_fact_whatever_it_is_called(client, office):
    client.force_login(an_officer(office, "Ayu", Role.AUDITOR))
    with transaction.atomic():
        events.record(
            office=office.code,
            kind="consultation.record",
            subject="consultation:1",
            by="staff:1",
            at=MORNING,
            items=2,
        )

    page = client.get(f"{MANAGE}catatan/")

    assert page.status_code == 200
    assert "items: 2" in page.content.decode()


def test_the_log_reads_and_verifies(client, office):
    ticket = take(office)
    client.force_login(an_officer(office, "Ayu", Role.AUDITOR))

    page = client.get(f"{MANAGE}catatan/").content.decode()
    about = client.get(f"{MANAGE}catatan/?{urlencode({'tentang': f'ticket:{ticket.pk}'})}")
    sound = client.get(f"{MANAGE}catatan/?periksa").content.decode()
    Event.objects.filter(seq=1).update(kind="ticket.gift")
    broken = client.get(f"{MANAGE}catatan/?periksa").content.decode()

    assert "ticket.take" in page
    assert "Budi" not in page
    assert len(about.context["events"]) == 1
    assert "notice--good" in sound
    assert "notice--late" in broken


def test_a_reader_of_the_province_sees_figures_below_and_no_names(client):
    province = an_office("3500")
    office = an_office(parent=province)
    take(office)
    client.force_login(an_officer(province, "Dewi", Role.READER))

    page = client.get(MANAGE).content.decode()
    home = client.get("/akun/").content.decode()

    assert "Budi" not in page + home
    assert "/3574/kelola/" in home
    assert client.get(f"{MANAGE}petugas/").status_code == 404
    assert client.get(f"{MANAGE}hari-ini/").status_code == 404
    assert client.get("/3574/petugas/").status_code == 404


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        (Role.OFFICER, ["surveys", "register"]),
        (Role.AUDITOR, ["privacy", "log"]),
        (Role.READER, ["reports", "surveys"]),
    ],
)
def test_manage_leads_exactly_to_what_a_role_may_open(office, client, role, keys):
    client.force_login(an_officer(office, "Sari", role))

    page = client.get(MANAGE)

    groups = page.context["groups"]
    assert [part.key for group in groups for part in group.parts] == keys
    for group in groups:
        for part in group.parts:
            there = client.get(reverse(part.address, args=[office.code]), follow=True)
            assert (there.status_code, there.context["part"]) == (200, part.key)
