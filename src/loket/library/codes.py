"""Codes of classifications, typed as such: the exact one first, and a word about those that are not there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.library.models import Item, Kind

MOST_CODES = 3
MOST_CHILDREN = 12


@dataclass(frozen=True)
class Notice:
    """A code that the asked edition does not have, and the editions that have it."""

    code: str
    version: str
    elsewhere: tuple[str, ...]

    @property
    def text(self) -> str:
        values = {"code": self.code, "version": self.version, "others": ", ".join(self.elsewhere)}
        if self.version and self.elsewhere:
            return _("There is no code %(code)s in %(version)s; it is one of %(others)s.") % values
        if self.version:
            return _("There is no code %(code)s in %(version)s.") % values
        return _("There is no code %(code)s in the classifications kept here.") % values


def look_up(
    codes: Sequence[str], *, version: str | None, kinds: Sequence[str] = ()
) -> tuple[list[Item], Notice | None]:
    """Published items with these codes, newest edition first, then what lies directly below them."""
    if kinds and Kind.CLASSIFICATION not in kinds:
        return [], None
    found: list[Item] = []
    notice = None
    for code in codes[:MOST_CODES]:
        every = list(_published().filter(code=code).order_by("-version", "pk"))
        here = [item for item in every if version in (None, item.version)]
        if here:
            found += here + _children(here)
        else:
            notice = notice or Notice(code, version or "", tuple(item.version for item in every))
    return found, notice


def _children(items: Sequence[Item]) -> list[Item]:
    below = []
    for item in items:
        children = _published().filter(version=item.version, parent_code=item.code)
        below += children.order_by("code", "pk")[:MOST_CHILDREN]
    return below


def _published():
    return Item.objects.filter(kind=Kind.CLASSIFICATION, status=Item.Status.PUBLISHED)
