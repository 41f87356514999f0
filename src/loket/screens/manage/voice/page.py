"""What the page of the board's voice shows: every word, and whose voice speaks it."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.offices.models import Office
from loket.rules.speaking import WORDS
from loket.screens.voice import Voice, chime, voice_of

SAMPLE_LABEL, SAMPLE_COUNTER = "A-012", 3


@dataclass(frozen=True)
class Word:
    """One clip: what to read aloud, where it can be heard, and whether it is the office's own."""

    clip: str
    name: str
    text: str
    address: str
    own: bool


@dataclass(frozen=True)
class Group:
    title: str
    words: list[Word]


@dataclass(frozen=True)
class Language:
    """All words of one language; `spoken` says whether the board uses it now."""

    code: str
    title: str
    spoken: bool
    groups: list[Group]

    @property
    def total(self) -> int:
        return sum(len(group.words) for group in self.groups)

    @property
    def own(self) -> int:
        return sum(word.own for group in self.groups for word in group.words)


def page(office: Office) -> dict[str, object]:
    voice = voice_of(office)
    languages = [_language(voice, code) for code in WORDS]
    return {
        "part": "voice",
        "languages": sorted(languages, key=lambda language: not language.spoken),
        "sample": json.dumps([chime(), *voice.says(label=SAMPLE_LABEL, counter=SAMPLE_COUNTER)]),
        "sample_label": SAMPLE_LABEL,
        "sample_counter": SAMPLE_COUNTER,
    }


def _language(voice: Voice, code: str) -> Language:
    titles = {"id": _("Indonesian"), "en": _("English")}
    words = [_word(voice, code, word, text) for word, text in WORDS[code].items()]
    groups = [
        Group(_("Sentences"), [word for word in words if len(word.name) > 1 and not word.name.isdecimal()]),
        Group(_("Numbers"), [word for word in words if word.name.isdecimal()]),
        Group(_("Letters"), [word for word in words if len(word.name) == 1 and word.name.isalpha()]),
    ]
    return Language(code, titles[code], code in voice.languages, groups)


def _word(voice: Voice, language: str, word: str, text: str) -> Word:
    clip = f"{language}/{word}"
    return Word(clip, word, text, voice.address(clip), clip in voice.own)
