"""What the board says, and that every clip it can name is in the package."""

import re
from pathlib import Path
from string import ascii_uppercase

import pytest

import loket
from loket.rules.speaking import CHIME, WORDS, Reading, announcement, number_clips

SOUNDS = Path(loket.__file__).parent / "static" / "sounds"
LANGUAGES = sorted(WORDS)
# An Ogg page of one segment, then the Vorbis identification header with one channel.
SINGLE_CHANNEL_VORBIS = re.compile(rb"OggS.{22}\x01.\x01vorbis\x00{4}\x01", re.DOTALL)


def spoken(clips: list[str]) -> str:
    return " ".join(WORDS[language][word] for language, word in (clip.split("/") for clip in clips))


def number_in_words(number: int, language: str) -> str:
    return spoken([f"{language}/{clip}" for clip in number_clips(number, language=language)])


def test_a_call_in_indonesian_reads_the_digits_as_printed():
    said = announcement(label="A-012", counter=3, language="id")

    assert spoken(said) == "nomor antrean a nol satu dua silakan menuju loket tiga"


def test_a_call_in_english_reads_the_digits_as_printed():
    said = announcement(label="B-107", counter=12, language="en")

    assert spoken(said) == "queue number B one zero seven please go to counter twelve"


def test_an_office_may_have_the_number_read_as_a_number():
    said = announcement(label="A-212", counter=1, language="id", reading=Reading.NUMBER)

    assert spoken(said) == "nomor antrean a dua ratus dua belas silakan menuju loket satu"


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (1, "satu", "one"),
        (10, "sepuluh", "ten"),
        (11, "sebelas", "eleven"),
        (12, "dua belas", "twelve"),
        (19, "sembilan belas", "nineteen"),
        (20, "dua puluh", "twenty"),
        (21, "dua puluh satu", "twenty one"),
        (99, "sembilan puluh sembilan", "ninety nine"),
        (100, "seratus", "one hundred"),
        (101, "seratus satu", "one hundred and one"),
        (110, "seratus sepuluh", "one hundred and ten"),
        (200, "dua ratus", "two hundred"),
        (515, "lima ratus lima belas", "five hundred and fifteen"),
        (999, "sembilan ratus sembilan puluh sembilan", "nine hundred and ninety nine"),
    ],
)
def test_number_words(number, indonesian, english):
    assert number_in_words(number, "id") == indonesian
    assert number_in_words(number, "en") == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_numbers_sound_alike(language):
    said = [number_in_words(number, language) for number in range(1000)]

    assert len(set(said)) == 1000


@pytest.mark.parametrize("number", [-1, 1000])
def test_a_number_without_clips_is_refused(number):
    with pytest.raises(ValueError, match="0 to 999"):
        number_clips(number, language="id")


def test_a_ticket_or_counter_beyond_999_is_still_spoken_digit_by_digit():
    said = announcement(label="A-1024", counter=1001, language="id", reading=Reading.NUMBER)

    assert spoken(said) == "nomor antrean a satu nol dua empat silakan menuju loket satu nol nol satu"


@pytest.mark.parametrize("reading", Reading)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clip_a_call_can_name_has_words_and_a_file(language, reading):
    named = {CHIME}
    for number in range(1, 1000):
        letter, counter = ascii_uppercase[number % 26], number % 20 + 1
        named |= set(
            announcement(label=f"{letter}-{number:03}", counter=counter, language=language, reading=reading)
        )

    assert {clip for clip in named if not (SOUNDS / f"{clip}.ogg").is_file()} == set()
    assert {clip.split("/")[1] for clip in named - {CHIME}} <= set(WORDS[language])
    assert set(ascii_uppercase.lower()) <= {clip.split("/")[1] for clip in named - {CHIME}}


def test_the_package_holds_exactly_the_clips_that_have_words():
    shipped = {str(path.relative_to(SOUNDS).with_suffix("")) for path in SOUNDS.rglob("*.ogg")}

    assert shipped == {CHIME} | {f"{language}/{word}" for language in WORDS for word in WORDS[language]}


def test_clips_are_small_single_channel_vorbis():
    paths = sorted(SOUNDS.rglob("*.ogg"))

    assert [path.name for path in paths if not SINGLE_CHANNEL_VORBIS.match(path.read_bytes())] == []
    assert sum(path.stat().st_size for path in paths) < 1_000_000
