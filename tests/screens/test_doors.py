"""Everybody knocks at every address of the program; tests/screens/doors.py says who is let in."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from loket.base.middleware import PLAIN_METHODS
from loket.consultations.actions import phrasing, staffing
from loket.consultations.models import Attachment, Consultation, Message
from loket.feedback.actions import surveys
from loket.feedback.links import rating_token
from loket.feedback.models import Rating
from loket.library.actions import wording
from loket.library.importing import uploads
from loket.people import devices, optional, staff
from loket.people.choices import OptionalMail
from loket.people.models import Device, Role
from loket.privacy import breaches, requests
from loket.privacy.models import Breach, DataRequest
from loket.visits.actions import calling
from loket.visits.actions.ending import end_day
from tests.cast import MORNING, a_complaint, a_survey, an_office, an_officer, sari_at_counter, take
from tests.consultations.conversation import ask, budi, reply
from tests.consultations.filing import a_file, a_file_in
from tests.consultations.publishing import published_article
from tests.screens.doors import DOORS, PEOPLE, takes
from tests.screens.knocking import METHODS, OF_A_LOOK, Knocker
from tests.screens.shelf import fill_shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_morning(settings, tmp_path):
    settings.LIBRARY_INDEX = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "files"
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def building(the_morning):
    return Building()


SURVEY_ARGUMENTS = {
    "pk": lambda survey: survey.pk,
    "token": lambda survey: survey.token,
    "element": lambda survey: "time",
}


@cache
def routes() -> dict[str, list[str]]:
    """All addresses by name, with what each asks for; one without a name cannot hide."""
    return dict(_routes(get_resolver().url_patterns, []))


def _routes(patterns, above: list[str]) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        asked = [*above, *pattern.pattern.converters]
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, asked)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            yield pattern.name, asked


class Building:
    """An office with something behind every door, and everybody who may knock."""

    def __init__(self) -> None:
        province = an_office("3500")
        self.office = an_office(parent=province)
        self.elsewhere = an_office("9471")
        self.people = {
            "sari": an_officer(self.office),
            "rina": an_officer(self.office, "Rina", Role.SUPERVISOR),
            "adi": an_officer(self.office, "Adi", Role.ADMINISTRATOR),
            "dewi": an_officer(province, "Dewi", Role.READER),
            "ayu": an_officer(province, "Ayu", Role.AUDITOR),
            "yosef": an_officer(self.elsewhere, "Yosef", Role.ADMINISTRATOR),
            "budi": budi(),
            "siti": budi("siti@surel.example", "Siti"),
        }
        self.tokens = {name: self._paired(name) for name in ("kiosk", "board", "tablet")}
        self.left_over = self._left_over()
        self.served, self.waiting = self._served(), take(self.office)
        self.item = fill_shelf(self.office)["usaha"]
        self.thread = ask(self.office, MORNING)
        self.reply = phrasing.save_reply(
            office=self.office, title="Salam", text="x", by="staff:1", at=MORNING
        )
        self.file = a_file_in(self.thread, by=self.people["sari"])
        self.sent = a_file(self.people["budi"], self.office)
        self.unsent = a_file(self.people["budi"], self.office, name="belum.csv")
        reply(ask(self.office, MORNING, key="file"), MORNING, attachments=[self.sent.token])
        self.article = published_article(self.thread, author=self.people["sari"], second=self.people["rina"])
        self.complaint = a_complaint(self.office)
        self.survey = a_survey(self.office)
        surveys.make_report(period=self.survey, by="staff:1", at=MORNING)

    def _paired(self, name: str) -> str:
        kind = {"tablet": Device.Kind.RATING}.get(name, name)
        added = devices.add_device(
            office=self.office, kind=kind, name=name, by="staff:1", at=MORNING, settings={"counter": 1}
        )
        return devices.pair(office=self.office, kind=kind, code=added.pairing_code, at=MORNING)[1]

    def _left_over(self):
        """A number of yesterday that nobody called."""
        ticket = take(self.office, at=MORNING - timedelta(days=1))
        end_day(office=self.office, before=MORNING.date(), at=MORNING)
        return ticket

    def _served(self):
        session = sari_at_counter(self.office)
        take(self.office)
        calling.call_next(session=session, at=MORNING)
        calling.start(session=session, at=MORNING)
        return calling.finish(session=session, at=MORNING)

    def address(self, name: str) -> str:
        """The address of a route, leading to something that exists where anything can."""
        return reverse(name, kwargs={each: self._argument(name, each) for each in routes()[name]})

    def _argument(self, name: str, argument: str):
        if name == "invitation":
            return self._invitation().token
        if name.startswith("voice-") and argument == "pk" and "recording" not in name:
            return Rating.objects.get_or_create(
                office=self.office,
                ticket=self.served,
                defaults={"score": 5, "channel": "phone", "at": MORNING},
            )[0].pk
        if name.startswith("register") and argument in ("pk", "token"):
            return self.complaint.pk if argument == "pk" else self.complaint.files.get().token
        if name.startswith("survey") and argument in SURVEY_ARGUMENTS:
            return SURVEY_ARGUMENTS[argument](self.survey)
        if name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
            return self._rinas_key().pk
        known = {
            "office_code": self.office.code,
            "office": self.office.code,
            "item": self.item.pk,
            "kind": "kiosk",
            "number": 1,
            "year": 2026,
            "period": "2026-01",
            "form": "csv",
            "digest": "0" * 64,
            "filetype": "json",
            "token": self._token(name),
            "file": self.file.token,
        }
        if argument == "pk" and name.startswith("data-request"):
            return self._data_request().pk
        things = {
            "breach": lambda: self._breach().pk,
            "breach-told": lambda: self._breach().pk,
            "desk-excuse": lambda: self.thread.turns.get().pk,
            "desk-absence-end": lambda: self._absence().pk,
            "desk-reply": lambda: self.reply.pk,
            "desk-reply-end": lambda: self.reply.pk,
            "today-correct": lambda: self.left_over.pk,
            "synonym-ends": lambda: self._synonym().pk,
            "item-publication": lambda: self.item.pk,
            "service": lambda: self.office.services.get().pk,
            "staff-person": lambda: self.people["sari"].pk,
            "staff-specialities": lambda: self.people["sari"].pk,
            "staff-withdrawal": lambda: self.people["sari"].pk,
            "staff-invitation-end": lambda: self._invitation().pk,
            "device": lambda: Device.objects.get(kind="board").pk,
            "device-code": lambda: Device.objects.get(kind="board").pk,
            "device-revocation": lambda: Device.objects.get(kind="board").pk,
        }
        return known[argument] if argument in known else things.get(name, lambda: self.served.pk)()

    def _synonym(self):
        return wording.set_synonym(
            office=self.office, term="sawah", means=["lahan"], both_ways=False, by="staff:1", at=MORNING
        )

    def _token(self, name: str) -> str:
        if name == "items-preview":
            return uploads.keep(office=self.office, content=b"kunci,jenis,judul\na,tabel,A\n")
        if name == "optional-mail":
            address = optional.stop_address(OptionalMail.REPORT, self.people["rina"])
            return address.rstrip("/").rpartition("/")[2]
        if name.startswith("attachment"):
            return (self.sent if name == "attachment" else self.unsent).token
        if name.startswith("rating"):
            return rating_token(self.served)
        if name == "article" or (name.startswith("desk-article") and name != "desk-article-begin"):
            return self.article.token
        return (
            self.thread.token if name.startswith(("desk-", "article", "consultation")) else self.waiting.token
        )

    def _absence(self):
        day = MORNING.date()
        return staffing.be_absent(
            officer=self.people["sari"], office=self.office, first=day, last=day, by="staff:1", at=MORNING
        )

    def _invitation(self):
        return staff.invite(
            office=self.office, email="b@kantor.example", name="", role=Role.OFFICER, by="loket", at=MORNING
        )

    def _data_request(self) -> DataRequest:
        return DataRequest.objects.filter(office=self.office).first() or requests.receive(
            office=self.office, kind="erase", email="b@surel.example", proof="counter", wish="",
            language="id", by="staff:1", at=MORNING,
        )  # fmt: skip

    def _breach(self) -> Breach:
        return breaches.note(
            office=self.office, found_at=MORNING, data="x", happened="x", measures="x", affected=[], people=0,
            by="staff:1", at=MORNING,
        )  # fmt: skip

    def _rinas_key(self) -> Authenticator:
        return Authenticator.objects.create(
            user=self.people["rina"], type=Authenticator.Type.WEBAUTHN, data={"name": "Kantor"}
        )

    def visitor(self, name: str) -> Client:
        client = Client()
        if name in self.people:
            client.force_login(self.people[name])
        elif name in self.tokens:
            cookie = "rating" if name == "tablet" else name
            client.cookies[f"loket_{cookie}"] = self.tokens[name]
        return client


def test_every_address_has_its_line():
    assert set(routes()) == set(DOORS)


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_finds_what_is_theirs_and_nothing_else(building, who):
    """Every address by every method. A look changes nothing, nor does who is not let in.

    Who is let in is decided by the same code on whatever database; what lies behind a door asks each database
    in its own words, whoever has come in.
    """
    everything = connection.vendor == "sqlite"
    methods = METHODS if everything else PLAIN_METHODS
    doors = [name for name in DOORS if everything or who == first_inside(name)]
    knocker, form = Knocker(building.visitor(who)), f"ticket={building.waiting.pk}"
    said, changed = {}, {}

    for name in doors:
        address = building.address(name)
        for method in methods:
            said[name, method], changes = knocker.knock(method, address, form)
            changed[name, method] = [each for each in changes if OF_A_LOOK not in each]

    assert len(said) == len(doors) * len(methods)
    assert {knock: word for knock, word in said.items() if word not in expected(who, *knock)} == {}
    pressed = {knock for knock in said if knock[1] == "POST" and DOORS[knock[0]][who] == "in"}
    assert {knock: changes for knock, changes in changed.items() if changes and knock not in pressed} == {}


def first_inside(name: str) -> str | None:
    return next((who for who in PEOPLE if DOORS[name][who] == "in"), None)


def expected(who: str, name: str, method: str) -> set[str]:
    """What the table says; a door may also ask first how it is knocked at, and only then who is there."""
    if (name, method) == ("account_logout", "POST"):
        return {"sign in"}  # where everybody is led who has signed out
    if method in takes(name):
        return {DOORS[name][who]}
    return {"no"} if DOORS[name][who] == "in" or method not in PLAIN_METHODS else {"no", DOORS[name][who]}


def test_things_of_one_office_are_not_found_at_another(building):
    sari_at_counter(building.elsewhere, name="Yosef")
    knocker, form = Knocker(building.visitor("yosef")), f"ticket={building.waiting.pk}"
    things = [
        name for name, asked in routes().items() if {"pk", "token"} & set(asked) and "office_code" in asked
    ]

    answers = {
        (name, method): knocker.knock(method, building.address(name).replace("/3574/", "/9471/"), form)[0]
        for name in things
        for method in takes(name)
    }

    # A tablet's page is no thing of an administrator: it leads him to pairing. Whoever has not opened a
    # complaint with its code and secret is led to where they are asked for, at every office.
    elsewhere = {"rating-tablet-thanks": "pair", "complaint-file": "in"}
    assert answers == {knock: elsewhere.get(knock[0], "nothing") for knock in answers}


def test_nothing_of_one_office_is_read_at_another(building):
    """A canary in everything Budi and Sari wrote: no page that Yosef, Siti or Dewi can open sings it."""
    ask(building.office, MORNING, text="Belum dijawab")
    sings = "rahasia KENARI"
    Consultation.objects.update(subject=sings, question=sings, search_words=sings)
    Message.objects.update(text=sings)
    Attachment.objects.update(name=f"{sings}.csv")
    ask(building.elsewhere, MORNING, by=budi("siti@surel.example", "Siti"), text="Yang lain")

    names = [name for name in DOORS if name.startswith(TELLING)]
    pages = {("yosef", name): building.address(name).replace("/3574/", "/9471/") for name in names}
    pages |= {("siti", name): building.address(name) for name in names}
    assert "KENARI" in read(building.visitor("sari"), building.address("desk-consultations"))
    singing = {key for key, address in pages.items() if "KENARI" in read(building.visitor(key[0]), address)}
    assert singing == set()


# Doors behind which conversations are shown, searched, counted or handed out.
TELLING = ("desk-cons", "desk-art", "desk-super", "desk-tools", "desk-phrases", "desk-file", "desk-library",
           "article", "consultation", "search", "library-item", "today", "manage")  # fmt: skip


def read(client: Client, address: str) -> str:
    """What the page says to somebody who searches for the word as well."""
    pages = [client.get(address), client.get(address, {"kata": "rahasia"})]
    return "".join(
        b"".join(page.streaming_content if page.streaming else [page.content]).decode("utf-8", "replace")
        for page in pages
        if page.status_code == 200
    )
