"""Commands of `loket`. Each module has `register(verbs)` and functions that take the arguments."""


class Refused(Exception):
    """The command cannot be done; the text is one sentence for the person at the terminal."""
