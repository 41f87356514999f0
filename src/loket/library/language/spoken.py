"""Words as people say and text them: "nyetir" is menyetir, "benerin" is benar, "jml" is jumlah."""

from collections.abc import Iterator

from loket.library.language.common import SHORT

# Below this a word is too short to be taken apart.
SHORTEST = 5
# Endings of the spoken language: -in for -kan and -i, -an and -e for nothing in particular.
ENDINGS = ("nya", "in", "an", "ne", "e")


def written_out(word: str) -> str:
    """What a usual abbreviation stands for; the word itself otherwise."""
    return SHORT.get(word, word)


def forms(word: str) -> Iterator[str]:
    """Spellings of the written language that a spoken word may stand for, the likeliest first."""
    if len(word) < SHORTEST - 1 or not word.isascii() or not word.isalpha():
        return
    # English: one shoe, two shoes.
    yield word.removesuffix("s") if word.endswith("s") else f"{word}s"
    if len(word) < SHORTEST:
        return
    # Spoken verbs leave out the me- before the nasal: nanam, njual, ngecat, nggoreng, mbikin.
    if word[0] in "nm":
        yield f"me{word}"
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            shorter = word.removesuffix(ending)
            yield shorter
            if shorter[0] in "nm":
                yield f"me{shorter}"
