"""Text into words, the same way for what is searched and for what is asked."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
# Written in one word by some editions and in two by others.
_APART = re.compile(r"\b(budi|kaca|olah)[ -](daya|mata|raga)\b", re.I)
# Longer than any word; what people paste is not always one.
LONGEST = 40


def words_of(text: str) -> list[str]:
    """Lower-case words in their order, accents taken off; hyphens and all other signs part words."""
    text = _APART.sub(lambda found: found[1] + found[2], text)
    if text.isascii():
        return [word[:LONGEST] for word in _WORD.findall(text.lower())]
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word[:LONGEST] for word in _WORD.findall(plain)]
