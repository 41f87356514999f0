"""Text into words, the same way for what is searched and for what is asked."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
# Longer than any word; what people paste is not always one.
LONGEST = 40


def words_of(text: str) -> list[str]:
    """Lower-case words in their order, accents taken off; hyphens and all other signs part words."""
    if text.isascii():
        return [word[:LONGEST] for word in _WORD.findall(text.lower())]
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word[:LONGEST] for word in _WORD.findall(plain)]
