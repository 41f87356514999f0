"""Addresses of the clips in an office's voice: its own recordings first, the shipped ones else."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.templatetags.static import static
from django.urls import reverse

from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.offices.recordings import own_sounds
from loket.rules.speaking import CHIME, Reading, announcement


@dataclass(frozen=True)
class Voice:
    """`own` names the office's recordings by clip."""

    office: Office
    own: Mapping[str, str]
    languages: tuple[str, ...]
    reading: Reading

    def says(self, *, label: str, counter: int) -> list[str]:
        """The addresses of one announcement, in each of the office's languages."""
        return [
            self.address(clip)
            for language in self.languages
            for clip in announcement(label=label, counter=counter, language=language, reading=self.reading)
        ]

    def address(self, clip: str) -> str:
        if clip in self.own:
            return reverse("board-sound", args=[self.office.code, self.own[clip]])
        return static(f"sounds/{clip}.ogg")


def voice_of(office: Office) -> Voice:
    limits = limits_from(office.settings)
    reading = Reading(limits.announce_reading)
    return Voice(office, own_sounds(office), limits.announce_languages, reading)


def chime() -> str:
    return static(f"sounds/{CHIME}.ogg")
