"""Whether areas lie in one another as they say: each in a known and wider one, so never in a circle."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from loket.library.models import Area

# The widest first.
WIDTH = {
    Area.Level.PROVINCE.value: 0, Area.Level.REGENCY.value: 1, Area.Level.CITY.value: 1,
    Area.Level.DISTRICT.value: 2, Area.Level.VILLAGE.value: 3,
}  # fmt: skip


class Lying(Protocol):
    """An area with its level and the code of the area it lies in, "" for none."""

    @property
    def code(self) -> str: ...

    @property
    def level(self) -> str: ...

    @property
    def parent_code(self) -> str: ...


def wrong(rows: Sequence[Lying], known: Mapping[str, Lying]) -> dict[str, str]:
    """By code, why an area of the list cannot lie where it says; `known` are those that are here already.

    What lies in a refused area is looked at again as if that row had never been there.
    """
    reasons: dict[str, str] = {}
    while True:
        listed = {row.code: row for row in rows if row.code not in reasons}
        more = _wrong(listed, {**known, **listed})
        if not more:
            return reasons
        reasons |= more


def _wrong(listed: Mapping[str, Lying], final: Mapping[str, Lying]) -> dict[str, str]:
    reasons = {}
    for area in final.values():
        parent = final.get(area.parent_code)
        if area.code in listed:
            if area.parent_code and parent is None:
                reasons[area.code] = (
                    f"the area {area.parent_code} that {area.code} should lie in is not known"
                )
            elif parent and not _is_wider(parent, area):
                reasons[area.code] = f"{_said(area)} cannot lie in {_said(parent)}"
        elif parent and parent.code in listed and not _is_wider(parent, area):
            reasons[parent.code] = f"{_said(area)} lies in it, so {parent.code} cannot be a {parent.level}"
    return reasons


def _is_wider(one: Lying, other: Lying) -> bool:
    return WIDTH[one.level] < WIDTH[other.level]


def _said(area: Lying) -> str:
    return f"{area.code} ({area.level})"
