"""Words for kinds in commands, addresses and query files."""

from typing import NamedTuple

from loket.library.models import Kind

EDITIONS = {
    "kbli2020": "KBLI 2020", "kbli2025": "KBLI 2025", "kbji2014": "KBJI 2014", "kbli": "KBLI 2020",
    "kbji": "KBJI 2014",
}  # fmt: skip
# Everything but codes.
DATA = "data"


class Meant(NamedTuple):
    """Kinds, all of them when empty, and an edition of a classification."""

    kinds: tuple[str, ...] = ()
    version: str | None = None


class UnknownKind(Exception):
    """There is no such kind; args: the word, and the words that there are."""

    def __str__(self):
        return f'There is no kind "{self.args[0]}"; there are {", ".join(self.args[1])}.'


def meant_by(word: str) -> Meant:
    """What a word such as "publication", "kbli2020" or "data" means. Refuses UnknownKind."""
    plain = "".join(sign for sign in word.lower() if sign.isalnum())
    if not plain:
        return Meant()
    if plain in EDITIONS:
        return Meant((Kind.CLASSIFICATION,), EDITIONS[plain])
    if plain == DATA:
        return Meant(tuple(kind for kind in Kind.values if kind != Kind.CLASSIFICATION))
    if plain in Kind.values:
        return Meant((plain,))
    raise UnknownKind(word, [*Kind.values, *EDITIONS, DATA])
