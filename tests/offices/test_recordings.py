"""The office's own words: what is taken, what is refused, what is left on the disk."""

import io
import math
import wave
from array import array

import pytest

from loket.base import events
from loket.offices.models import Recording
from loket.offices.recordings import (
    NotASound,
    UnknownClip,
    drop_recording,
    keep_recording,
    own_sounds,
    path_of,
)
from tests.cast import MORNING, an_office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def a_word(seconds=0.5, pitch=440, *, rate=22_050, channels=1, loudness=9_000) -> bytes:
    """A WAV file, as the page in Manage sends it."""
    length = int(seconds * rate)
    tone = array("h", (int(loudness * math.sin(2 * math.pi * pitch * n / rate)) for n in range(length)))
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(tone.tobytes() * channels)
    return made.getvalue()


def keep(office, clip="id/3", sound=None):
    return keep_recording(office=office, clip=clip, sound=sound or a_word(), by="staff:1", at=MORNING)


def test_a_recording_takes_the_place_of_the_shipped_clip():
    office = an_office()

    recording = keep(office)

    assert own_sounds(office) == {"id/3": recording.digest}
    assert recording.milliseconds == 500
    assert path_of(recording.digest).read_bytes() == a_word()
    assert list(events.verify()) == []


def test_recording_a_word_again_replaces_it_and_leaves_no_file_behind():
    office = an_office()
    first = keep(office)

    second = keep(office, sound=a_word(pitch=330))

    assert own_sounds(office) == {"id/3": second.digest}
    assert not path_of(first.digest).exists()


def test_a_sound_that_another_word_uses_stays():
    office = an_office()
    first = keep(office, "id/3")
    keep(office, "id/4")

    drop_recording(office=office, clip="id/4", by="staff:1", at=MORNING)

    assert path_of(first.digest).exists()
    assert own_sounds(office) == {"id/3": first.digest}


def test_dropping_goes_back_to_the_shipped_clip():
    office = an_office()
    recording = keep(office)

    drop_recording(office=office, clip="id/3", by="staff:1", at=MORNING)
    drop_recording(office=office, clip="id/3", by="staff:1", at=MORNING)

    assert Recording.objects.count() == 0
    assert not path_of(recording.digest).exists()


def test_each_office_speaks_for_itself():
    here, there = an_office(), an_office("9471")

    keep(here)

    assert own_sounds(there) == {}


def test_only_the_samples_are_kept():
    office = an_office()
    with_more = a_word() + b"LIST" + (20).to_bytes(4, "little") + b"<script>alert(1)</sc"

    recording = keep(office, sound=with_more)

    assert path_of(recording.digest).read_bytes() == a_word()


@pytest.mark.parametrize("clip", ["id/1000", "fr/3", "chime", "", "id/../../secret", "id"])
def test_a_word_the_board_never_says_is_refused(clip):
    with pytest.raises(UnknownClip):
        keep(an_office(), clip)


@pytest.mark.parametrize(
    ("sound", "why"),
    [
        (b"x", "format"),
        (b"OggS" + bytes(100), "format"),
        (a_word()[:30], "format"),
        (a_word()[:12] + b"LIST\xff\xff\xff\x7f" + a_word()[12:], "format"),
        (a_word(channels=2), "format"),
        (a_word(rate=96_000), "format"),
        (a_word(seconds=0.05), "length"),
        (a_word(seconds=6.5), "length"),
        (a_word(loudness=100), "silent"),
    ],
    ids=["letter", "ogg", "cut-off", "long-chunk", "stereo", "96-kHz", "too-short", "too-long", "silent"],
)
def test_what_is_no_word_is_refused(sound, why):
    office = an_office()

    with pytest.raises(NotASound) as refusal:
        keep(office, sound=sound)

    assert refusal.value.why == why
    assert own_sounds(office) == {}
