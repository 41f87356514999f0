"""Indonesian stems: the dictionary stemmer, with the words of statistics and trades protected from it."""

from functools import cache
from importlib import resources
from threading import Lock
from typing import Any

_lock = Lock()


def stem(word: str) -> str:
    """The stem of one lower-case word; "perikanan" is "ikan". Words with digits stay as they are."""
    known = _cache.get(word)
    if known is None:
        known = _cache[word] = _stem(word)
    return known


def is_word(word: str) -> bool:
    """Whether the dictionary has it as a word of its own: "mudik" is no misspelt "musik"."""
    return len(word) > 3 and word.isascii() and _stemmer().dictionary.contains(word)


_cache: dict[str, str] = {}


def _stem(word: str) -> str:
    if len(_cache) > 200_000:
        _cache.clear()
    if len(word) <= 3 or not word.isalpha() or not word.isascii():
        return word
    kept = _protected().get(word)
    return kept if kept is not None else _stemmer().stem(word)


@cache
def _stemmer() -> Any:
    with _lock:
        # Imported when first needed: it brings a dictionary of thirty thousand words.
        from Sastrawi.Stemmer.CachedStemmer import CachedStemmer
        from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

        stemmer = StemmerFactory().create_stemmer()
        # Its own cache would keep every word a second time.
        return stemmer.delegatedStemmer if isinstance(stemmer, CachedStemmer) else stemmer


@cache
def _protected() -> dict[str, str]:
    """Words that the stemmer gets wrong or throws together, with the stem they have here."""
    kept = {}
    for line in resources.files(__package__).joinpath("stems.txt").read_text("utf-8").splitlines():
        names = line.partition("#")[0].split(":")
        for word in names[-1].split():
            kept[word] = names[0].strip() if len(names) > 1 else word
    return kept
