"""One row of what the library has for a question, and what is said about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.base.links import absolute
from loket.library import editions
from loket.library.hits import Hit
from loket.library.models import Kind
from loket.offices.models import Office
from loket.screens.addresses import to_item

# What a note keeps of material that was given.
NAME_SIGNS, ADDRESS_SIGNS = 200, 300


class Fact(NamedTuple):
    """A few words with their picture, and their style."""

    icon: str
    words: str
    css: str = ""


@dataclass(frozen=True)
class Row:
    """One hit with its place in the whole list, from 1."""

    hit: Hit
    rank: int
    address: str
    # Whether the edition of its code is the newest one.
    is_current: bool

    @property
    def is_code(self) -> bool:
        return bool(self.hit.code) and self.hit.kind == Kind.CLASSIFICATION

    @property
    def named(self) -> str:
        """As a note or an answer names it: its code and edition with its title."""
        parts = (self.hit.version, self.hit.code, self.hit.title)
        return " ".join(part for part in parts if part)[:NAME_SIGNS]

    @property
    def given_address(self) -> str:
        """Where somebody who is given it finds it: at its source, else on its page here."""
        source = self.hit.address
        return source if source and len(source) <= ADDRESS_SIGNS else absolute(self.address)

    @property
    def facts(self) -> Iterator[Fact]:
        """Edition of its code, area, years, and where it lies."""
        hit = self.hit
        if hit.version:
            yield _edition(hit.version, self.is_current, get_language())
        if hit.area:
            yield Fact("map-pin", hit.area)
        if hit.years:
            first, last = hit.years
            yield Fact("calendar", f"{first}" if first == last else f"{first}–{last}")
        if host := self.host:
            yield Fact("globe", host)

    @property
    def host(self) -> str:
        """Where it lies, as people know it: www.bps.go.id."""
        return _host(self.hit.address) if self.hit.address else ""


def row_of(hit: Hit, office: Office, rank: int) -> Row:
    return Row(hit, rank, to_item(office.code, hit.item_id), editions.is_current(hit.version))


@lru_cache(maxsize=2048)
def _host(address: str) -> str:
    return urlsplit(address).hostname or ""


@cache
def _edition(version: str, is_current: bool, _language: str | None) -> Fact:
    if is_current:
        return Fact("circle-check", _("%(version)s, in force") % {"version": version}, "badge badge--good")
    return Fact("clock", _("%(version)s, replaced") % {"version": version}, "badge")
