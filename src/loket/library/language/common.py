"""Words that say little or nothing about what is looked for."""

from importlib import resources


def _read() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    name = ""
    for line in resources.files(__package__).joinpath("common.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            lists[name] = set()
        elif name:
            lists[name].update(line.split())
    return {name: frozenset(words) for name, words in lists.items()}


_lists = _read()
# Left out of a search altogether.
STOP = _lists["stop"]
# Counted a little: they stand in half of all titles.
WEAK = _lists["weak"]
# Words for what is done with a thing (sold, made, repaired): they decide between codes that share the thing.
FRAMES = _lists["frame"]
# After a number they say that it is a quantity.
UNITS = _lists["unit"]
# Abbreviations of texting and of tables, and the words they stand for.
SHORT = dict(pair.split("=") for pair in _lists["short"])
# What people say to begin or to end, not what they look for.
GREETINGS = _lists["greeting"]
# Said to somebody; asks for a figure or a day; says that something is wanted all the same.
TALK, FIGURE, NAMED = _lists["talk"], _lists["figure"], _lists["named"]
# Beside a lesson, who is taught says little: "bimbel anak sd" is no school.
LESSON, TAUGHT = _lists["lesson"], _lists["taught"]
