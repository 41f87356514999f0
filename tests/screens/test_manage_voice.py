"""Manage, voice: every word can be heard, recorded and given back; the board speaks what was recorded."""

import json

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from loket.offices.recordings import own_sounds, path_of
from loket.people.devices import add_device, pair
from loket.people.models import Role
from loket.rules.speaking import WORDS
from loket.visits.actions.calling import call_next
from tests.cast import MORNING, an_office, an_officer, sari_at_counter, take
from tests.offices.test_recordings import a_word

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    caches["memory"].clear()


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def rina(client, office):
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    client.force_login(rina)
    return client


def record(client, office, clip="id/1", sound=None):
    content = sound if sound is not None else a_word()
    file = SimpleUploadedFile("word.wav", content, content_type="audio/wav")
    return client.post(reverse("voice-recordings", args=[office.code]), {"clip": clip, "sound": file})


def test_every_word_of_the_board_is_there_to_be_recorded(rina, office):
    shown = rina.get(reverse("voice", args=[office.code])).context["languages"]

    clips = {word.clip for language in shown for group in language.groups for word in group.words}
    assert clips == {f"{language}/{word}" for language in WORDS for word in WORDS[language]}


def test_a_recorded_word_is_what_the_board_plays(rina, client, office, time_machine):
    record(rina, office, "id/1")
    time_machine.move_to(MORNING, tick=False)
    device = add_device(office=office, kind="board", name="Layar 1", by="staff:1", at=MORNING)
    client.cookies["loket_board"] = pair(office=office, kind="board", code=device.pairing_code, at=MORNING)[1]
    take(office)
    call_next(session=sari_at_counter(office), at=MORNING)

    (spoken,) = client.get(reverse("board-snapshot", args=[office.code])).context["snapshot"].spoken

    own = reverse("board-sound", args=[office.code, own_sounds(office)["id/1"]])
    addresses = json.loads(spoken.clips)
    assert [n for n, address in enumerate(addresses) if address == own] == [4, 6]
    answer = client.get(own)
    assert answer.content == a_word()
    assert answer["Content-Type"] == "audio/wav"
    assert "immutable" in answer["Cache-Control"]


def test_a_removed_recording_gives_the_shipped_word_back(rina, office):
    record(rina, office)
    address = reverse("board-sound", args=[office.code, own_sounds(office)["id/1"]])

    rina.post(reverse("voice-recording-ends", args=[office.code]), {"clip": "id/1"})

    assert own_sounds(office) == {}
    assert rina.get(address).status_code == 404


def test_a_sound_whose_file_is_gone_is_not_found(rina, office):
    record(rina, office)
    digest = own_sounds(office)["id/1"]
    path_of(digest).unlink()

    assert rina.get(reverse("board-sound", args=[office.code, digest])).status_code == 404


def test_the_sound_of_another_office_is_not_found(rina, office):
    record(rina, office)
    other = an_office("9471")

    assert rina.get(reverse("board-sound", args=[other.code, own_sounds(office)["id/1"]])).status_code == 404


@pytest.mark.parametrize(
    ("clip", "sound"),
    [("id/1", b""), ("id/1", b"RIFF"), ("id/1", bytes(700_000)), ("id/<script>", a_word()), ("", a_word())],
    ids=["empty", "no sound", "too large", "no such word", "no word"],
)
def test_what_cannot_be_used_is_answered_beside_the_field(rina, office, clip, sound):
    answer = record(rina, office, clip, sound)

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert own_sounds(office) == {}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.READER, Role.AUDITOR])
def test_only_those_who_lead_the_office_change_its_voice(client, office, role):
    client.force_login(an_officer(office, "Sari", role))

    assert record(client, office).status_code == 404
    assert client.get(reverse("voice", args=[office.code])).status_code == 404
    assert own_sounds(office) == {}
