"""Renders the board's clips into src/loket/static/sounds. For maintainers; the program never runs it.

    python tools/make_sounds.py [--only id/3 chime]

Needs the programs espeak-ng and sox. docs/decisions/0018-voice.md says why and how it was checked.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
sys.path.insert(0, str(SOURCE))

from loket.rules.speaking import CHIME, WORDS  # noqa: E402 - the path comes first

SOUNDS = SOURCE / "loket" / "static" / "sounds"
VOICES = {"id": "id", "en": "en-gb"}
SPEED, LETTER_SPEED = "150", "105"  # words a minute; a letter's name is short, so it is said slowly
# Where espeak-ng's spelling rules miss the standard pronunciation (KBBI), its phonemes are given.
PHONEMES = {
    "id": {
        "antrean": "[[antr'ean]]",
        "belas": "[[b@l'as]]",
        "empat": "[[@mp'at]]",
        "enam": "[[@n'am]]",
        "loket": "[[l'okEt]]",
        "sebelas": "[[s@b@l'as]]",
    },
    "en": {"A": "[['eI]]"},
}
LOUDNESS = -19.0  # dB RMS of the spoken part, so that no word is louder than its neighbour
PEAK = -1.5  # dB full scale; leaves room for the codec
QUALITY = "1"  # Vorbis, about 45 kbit/s for one channel at 22 kHz
TRIM = "silence 1 0.01 0.4% reverse silence 1 0.01 0.4% reverse"
EDGES = "fade q 0.004 0 0.012"


def run(*words: str) -> str:
    """Run one program to its end; what it says on standard error is what we read (sox stats)."""
    return subprocess.run(words, check=True, capture_output=True, text=True).stderr  # noqa: S603 - our own words


def level(path: Path, name: str) -> float:
    """A figure of `sox stats` in dB, for example "RMS lev dB"."""
    said = run("sox", str(path), "-n", "stats")
    found = re.search(rf"^{re.escape(name)}\s+(-?[\d.]+)", said, re.MULTILINE)
    if found is None:
        raise SystemExit(f"{path.name}: nothing to hear.")
    return float(found[1])


def speak(name: str, text: str, raw: Path) -> None:
    language, word = name.split("/")
    said = " ".join(PHONEMES[language].get(part, part) for part in text.split())
    speed = LETTER_SPEED if len(word) == 1 and word.isalpha() else SPEED
    # The comma keeps the voice up, as within a sentence: clips follow each other.
    run("espeak-ng", "-v", VOICES[language], "-s", speed, "-w", str(raw), f"{said},")


def ring(raw: Path) -> None:
    """Two falling bell tones, each a sine with its octave and twelfth, quieter as they go up."""
    parts = []
    for note, pitch in enumerate((659.26, 523.25)):
        for octave, (times, volume) in enumerate(((1, 0.6), (2, 0.22), (3, 0.08))):
            part = raw.with_name(f"tone-{note}-{octave}.wav")
            tone = f"synth 2 sine {pitch * times} vol {volume} fade l 0.006 2 1.95 pad {note * 0.42}"
            run("sox", "-R", "-n", "-r", "22050", "-c", "1", "-b", "16", str(part), *tone.split())
            parts.append(str(part))
    run("sox", "-R", "-m", *parts, str(raw))


def finish(raw: Path, target: Path) -> None:
    """Trim, set the loudness, soften the edges, and store as Ogg Vorbis without any tag."""
    clean, target_wav = raw.with_name("clean.wav"), raw.with_name("even.wav")
    run("sox", "-R", str(raw), "-r", "22050", "-c", "1", str(clean), "highpass", "110", *TRIM.split())
    gain = min(LOUDNESS - level(clean, "RMS lev dB"), PEAK - level(clean, "Pk lev dB"))
    run("sox", "-R", str(clean), str(target_wav), "gain", f"{gain:.2f}", *EDGES.split())
    target.parent.mkdir(parents=True, exist_ok=True)
    run("sox", "-R", str(target_wav), "-C", QUALITY, "--comment", "", str(target))


def clips() -> Iterator[tuple[str, str]]:
    """Every clip with the words it speaks; the chime has none."""
    yield CHIME, ""
    for language, words in WORDS.items():
        yield from ((f"{language}/{word}", text) for word, text in words.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", default=[], metavar="CLIP")
    only = parser.parse_args().only
    for program in ("espeak-ng", "sox"):
        if shutil.which(program) is None:
            raise SystemExit(f"{program} is missing: apt install {program}")
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.wav"
        for name, text in clips():
            if only and name not in only:
                continue
            if text:
                speak(name, text, raw)
            else:
                ring(raw)
            finish(raw, SOUNDS / f"{name}.ogg")


if __name__ == "__main__":
    main()
