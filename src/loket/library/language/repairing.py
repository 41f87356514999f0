"""The word that was meant, when nobody knows the one that was typed."""

from collections.abc import Callable, Iterable

# Share of signs that have to agree; a shorter word has to agree more.
LEAST_LIKENESS = 0.72
# What a word that people are known to say is worth more than one that merely stands in some text.
SAID = 0.02


def nearest(word: str, *, known: Callable[[str], Iterable[tuple[str, int]]], also: Iterable[str]) -> str:
    """The likeliest of the words that begin alike (with how often they occur), or ""."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    often = dict(known(word[0]))
    said = {each for each in also if each[:1] == word[:1]}
    for each in said:
        often.setdefault(each, 1)
    # In one order, so that of two equally good ones it is always the same.
    near = sorted(each for each in often if abs(len(each) - len(word)) <= 2 and each.isalpha())
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=1 if len(word) < 6 else 2, limit=12)
    best, best_rank = "", 0.0
    for each, distance, _ in found:
        likeness = 1 - distance / max(len(each), len(word))
        if likeness < LEAST_LIKENESS:
            continue
        # One sign fewer wrong is worth more than any frequency; among equals the frequent word wins.
        rank = likeness + min(often[each], 1000) / 20_000 + (SAID if each in said else 0)
        if rank > best_rank:
            best, best_rank = each, rank
    return best
