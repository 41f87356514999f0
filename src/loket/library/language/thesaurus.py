"""What people say and what is written: synonyms, abbreviations, English for Indonesian.

`a | b, c` in a file of words: who says a also means b or c. `a = b` holds both ways.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from loket.library.language.stems import stem
from loket.library.language.tokens import words_of

Stems = tuple[str, ...]
LONGEST_TERM = 4


@dataclass
class Thesaurus:
    """Alternatives by term, both as stems; and all single words of terms as people write them."""

    entries: dict[Stems, list[Stems]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    def add(self, term: str, means: Iterable[str], *, both_ways: bool = False) -> None:
        alternatives = [each.strip() for each in means if each.strip()]
        self._add(term, alternatives)
        if both_ways:
            for each in alternatives:
                self._add(each, [term, *(other for other in alternatives if other != each)])

    def _add(self, term: str, alternatives: list[str]) -> None:
        found = self.entries.setdefault(stems_of(term), [])
        for each in alternatives:
            stems = stems_of(each)
            if stems and stems not in found:
                found.append(stems)
        self.words.update(word for word in words_of(term) if len(word) > 3)

    def replace(self, term: str, means: Iterable[str], *, both_ways: bool) -> None:
        """What somebody edited wins over what came with the program."""
        self.entries.pop(stems_of(term), None)
        self.add(term, means, both_ways=both_ways)

    def copy(self) -> "Thesaurus":
        return Thesaurus({term: list(found) for term, found in self.entries.items()}, set(self.words))


def stems_of(text: str) -> Stems:
    return tuple(stem(word) for word in words_of(text))


@cache
def shipped() -> Thesaurus:
    """The words that come with the program."""
    thesaurus = Thesaurus()
    for term, means, both_ways in shipped_lines():
        thesaurus.add(term, means, both_ways=both_ways)
    return thesaurus


def shipped_lines() -> Iterator[tuple[str, list[str], bool]]:
    """Term, what it means, and whether it holds both ways."""
    folder = resources.files("loket.library").joinpath("words")
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".txt"):
            for line in file.read_text("utf-8").splitlines():
                yield from _line(line.partition("#")[0].strip())


def _line(line: str) -> Iterator[tuple[str, list[str], bool]]:
    if "|" in line:
        terms, _, means = line.partition("|")
        for term in terms.split(","):
            yield term.strip(), means.split(","), False
    elif "=" in line:
        first, *others = (each.strip() for each in line.split("="))
        yield first, others, True
