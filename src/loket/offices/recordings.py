"""The office's own voice: its recordings of the words that the board speaks (D18)."""

import hashlib
import io
import os
import wave
from array import array
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from loket.base import events
from loket.offices.models import Office, Recording
from loket.rules.speaking import WORDS

SHORTEST, LONGEST = 0.1, 6.0  # seconds
RATES = range(8_000, 48_001)
# Below this the loudest moment of a recording is the room's noise (of 32,767).
SILENT = 300


class UnknownClip(Exception):
    """The board never speaks this clip."""


class NotASound(Exception):
    """The file is no sound the board could play; `why` is "format", "length" or "silent"."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


@transaction.atomic
def keep_recording(*, office: Office, clip: str, sound: bytes, by: str, at: datetime) -> Recording:
    """Play `sound` for the clip from now on: WAV, one channel, 16 bit, 0.1 to 6 seconds.

    Only its samples are stored, under a header of our own, so that nothing else can travel with
    them. Refuses UnknownClip and NotASound.
    """
    _check_clip(clip)
    rate, samples = _samples(sound)
    events.hold(office.code)
    earlier = _forget(office, clip)
    digest = _store(_wav(rate, samples))
    recording = Recording.objects.create(
        office=office,
        clip=clip,
        digest=digest,
        milliseconds=len(samples) * 1000 // (2 * rate),
        recorded_at=at,
        recorded_by=by,
    )
    _record(office, "recording.keep", clip, by, at)
    if earlier != digest:
        transaction.on_commit(lambda: _tidy(earlier))
    return recording


@transaction.atomic
def drop_recording(*, office: Office, clip: str, by: str, at: datetime) -> None:
    """Go back to the shipped clip; without a recording nothing changes. Refuses UnknownClip."""
    _check_clip(clip)
    events.hold(office.code)
    earlier = _forget(office, clip)
    if earlier:
        _record(office, "recording.drop", clip, by, at)
        transaction.on_commit(lambda: _tidy(earlier))


def own_sounds(office: Office) -> Mapping[str, str]:
    """Clips the office speaks itself, with the digest that names the sound."""
    return dict(Recording.objects.filter(office=office).values_list("clip", "digest"))


def path_of(digest: str) -> Path:
    return settings.MEDIA_ROOT / "sounds" / f"{digest}.wav"


def _check_clip(clip: str) -> None:
    language, _, word = clip.partition("/")
    if word not in WORDS.get(language, ()):
        raise UnknownClip(clip)


def _samples(sound: bytes) -> tuple[int, bytes]:
    """Rate and 16-bit samples of a WAV file. Refuses NotASound."""
    try:
        with wave.open(io.BytesIO(sound)) as file:
            shape = (file.getnchannels(), file.getsampwidth())
            rate, samples = file.getframerate(), file.readframes(int(LONGEST * RATES[-1]) + 1)
    except (wave.Error, EOFError, RuntimeError):  # RuntimeError: a chunk says it is longer than the file
        raise NotASound("format") from None
    if shape != (1, 2) or rate not in RATES or len(samples) % 2:
        raise NotASound("format")
    if not SHORTEST <= len(samples) / (2 * rate) <= LONGEST:
        raise NotASound("length")
    if max(map(abs, array("h", samples))) < SILENT:
        raise NotASound("silent")
    return rate, samples


def _wav(rate: int, samples: bytes) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)
    return made.getvalue()


def _store(sound: bytes) -> str:
    """Write the file under the name of its content; a power cut leaves the whole file or none."""
    digest = hashlib.sha256(sound).hexdigest()
    path = path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}.new")
    new.write_bytes(sound)
    new.replace(path)
    return digest


def _forget(office: Office, clip: str) -> str:
    """Remove the clip's row; the digest it had, or nothing."""
    earlier = Recording.objects.filter(office=office, clip=clip)
    digest = earlier.values_list("digest", flat=True).first()  # one by constraint
    earlier.delete()
    return digest or ""


def _tidy(digest: str) -> None:
    if digest and not Recording.objects.filter(digest=digest).exists():
        path_of(digest).unlink(missing_ok=True)


def _record(office: Office, kind: str, clip: str, by: str, at: datetime) -> None:
    events.record(office=office.code, kind=kind, subject=f"clip:{clip}", by=by, at=at)
