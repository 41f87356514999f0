"""Pressing twice is pressing once: every address at which the public's voice creates something."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from loket.feedback.actions import complaint_moves
from loket.feedback.links import rating_token
from loket.feedback.models import Complaint
from loket.feedback.secrets import secret_for
from loket.people.models import User
from tests.cast import MORNING, a_complaint
from tests.screens.test_doors import Building, the_morning  # noqa: F401 - the same morning

pytestmark = pytest.mark.django_db

ROOMS = (
    "loket.screens.complaint",
    "loket.screens.rating",
    "loket.screens.survey",
    "loket.screens.manage.complaints",
    "loket.screens.manage.privacy",
    "loket.screens.manage.ratings",
    "loket.screens.manage.surveys",
)
WORDS = {"subject": "Antre", "text": "Dua jam.", "key": "k"}
SURVEY = {"procedure": 4, "key": "k"}
BREACH = {
    "found_at": "2026-01-14T08:00",
    "data": "x",
    "happened": "x",
    "measures": "x",
    "people": 0,
    "key": "k",
}
# Who presses, and what the form holds. The key is the one of the form that was filled in.
CREATES = {
    "complaint-write": ("stranger", WORDS),
    "complaint-reply": ("complainant", {"text": "Jam sembilan.", "key": "k"}),
    "complaint-objection": ("complainant", {"text": "Belum cukup.", "key": "k"}),
    "register-enter": ("rina", WORDS | {"door": "box", "received_on": "2026-01-05"}),
    "register-steps": ("rina", {"step": "note", "text": "Dibaca.", "version": "now"}),
    "survey": ("siti", SURVEY),
    "survey-tablet": ("tablet", SURVEY),
    "survey-paper": ("sari", SURVEY | {"answered_on": "2026-01-10"}),
    "survey-new": (
        "rina", {"title": "II", "first": "2026-07-01", "last": "2026-12-31", "weight": "exact", "key": "k"},
    ),
    "survey-plan": ("rina", {"text": "Loket kedua."}),
    "survey-reports": ("rina", {"key": "k"}),
    "rating": ("stranger", {"score": 5}),
    "rating-tablet": ("tablet", {"score": 5}),
    "breaches": ("rina", BREACH),
    "data-requests": ("rina", {"kind": "correct", "email": "c@surel.example"}),
    "account-wishes": ("budi", {"kind": "erase"}),
}  # fmt: skip
# A press that opens, closes or changes what exists, and names the state it saw or sets one value.
CHANGES = {
    "complaint-follow", "complaint-leave", "register-readers", "survey-change", "survey-wording",
    "survey-mark", "rating-words", "voice-reply", "voice-mark", "data-request-answer",
    "data-request-erasure", "data-request-export", "data-request-address", "breach-told", "data-request",
}  # fmt: skip


def names_of(rooms) -> set[str]:
    return {
        pattern.name
        for pattern in _patterns(get_resolver().url_patterns)
        if pattern.callback.__module__.startswith(rooms)
    }


def _patterns(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def rows() -> dict[str, int]:
    kept = [model for app in ("feedback", "privacy") for model in apps.get_app_config(app).get_models()]
    return {model.__name__: model._base_manager.count() for model in kept if model.__name__ != "Look"}


def who(building: Building, name: str) -> Client:
    if name != "complainant":
        return building.visitor(name)
    client = Client()
    code = Complaint.objects.get(pk=building.complaint.pk).code
    client.post(f"/{building.office.code}/pengaduan/lacak/", {"code": code, "secret": secret_for("mine")})
    return client


def decided(complaint: Complaint, rina: User) -> None:
    complaint_moves.verify(complaint=complaint, category="", handler=rina, by=rina, at=MORNING)
    for move, more in ((complaint_moves.start, {}), (complaint_moves.resolve, {"text": "Selesai."})):
        complaint.refresh_from_db()
        move(complaint=complaint, by=rina, at=MORNING, **more)


def ready(building: Building, name: str) -> dict:
    """What the form holds, with the place prepared for it."""
    given = dict(CREATES[name][1])
    building.complaint.refresh_from_db()
    if name == "complaint-objection":
        decided(building.complaint, building.people["rina"])
    if given.get("version") == "now":
        given["version"] = building.complaint.version
    if name == "rating-tablet":
        given["token"] = rating_token(building.served)
    if name == "account-wishes":
        given["office"] = building.office.pk
    return given


def test_what_is_sent_twice_is_there_once():
    building = Building()
    building.complaint = a_complaint(building.office, key="mine", at=MORNING - timedelta(days=1))
    created, twice = {}, {}

    for name, (person, _) in CREATES.items():
        with transaction.atomic():
            given, client = ready(building, name), who(building, person)
            address, before = building.address(name), rows()
            client.post(address, given)
            once = rows()
            client.post(address, given)
            created[name] = sum(once.values()) - sum(before.values())
            twice[name] = {
                model: count - once[model] for model, count in rows().items() if count != once[model]
            }
            transaction.set_rollback(True)

    assert {name for name, count in created.items() if count < 1} == set()
    assert {name: more for name, more in twice.items() if more} == {}


def test_no_other_address_of_these_rooms_creates_anything():
    building = Building()
    creating = set()

    for name in names_of(ROOMS) - set(CREATES) - CHANGES:
        address = building.address(name)
        for person in ("rina", "tablet"):
            with transaction.atomic():
                before = rows()
                building.visitor(person).post(address, WORDS | SURVEY | BREACH)
                if rows() != before:
                    creating.add((name, person))
                transaction.set_rollback(True)

    assert creating == set()
