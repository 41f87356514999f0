"""Refusals that commands tell in English and screens in the reader's language."""

from django.utils.translation import gettext


class Said(Exception):
    """`said` is a text marked with gettext_noop, with named places for `values`."""

    def __init__(self, said: str, **values: object):
        super().__init__(said % values)
        self.said, self.values = said, values


def translated(said: str, values: dict[str, object]) -> str:
    return gettext(said) % values
