"""What the address of the inbox asks for: each name and value from a list, everything else is refused."""

import re
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from loket.base.text import one_line
from loket.consultations.inbox import Box, Place, Sought
from loket.consultations.models import Kind

BOXES = {
    "": Box.OFFICE,
    "saya": Box.MINE,
    "tanpa-petugas": Box.UNASSIGNED,
    "pemeriksaan": Box.PROPOSED,
    "pengguna": Box.VISITOR,
    "ditutup": Box.CLOSED,
}
WORDS = {box: word for word, box in BOXES.items()}
NAMES = {"kotak", "jenis", "kata", "petugas", "sesudah"}
LONGEST = 100
_PLACE = re.compile(r"(\d{1,17})-(\d{1,18})")
_KEY = re.compile(r"\d{1,9}")


def sought_in(asked: QueryDict) -> Sought:
    """Refuses BadRequest for a name, a value or a repetition that the inbox does not know."""
    if set(asked) - NAMES or any(len(values) > 1 for _name, values in asked.lists()):
        raise BadRequest(_("The inbox has no such filter."))
    return Sought(
        box=_box(asked.get("kotak", "")),
        kind=_kind(asked.get("jenis", "")),
        words=one_line(asked.get("kata", ""))[:LONGEST],
        assignee=_assignee(asked.get("petugas", "")),
        after=_place(asked.get("sesudah", "")),
    )


def address_of(sought: Sought) -> str:
    """The same wish as the end of an address: "?kotak=saya", or "" for the first page of all."""
    place = sought.after
    asked = {
        "kotak": WORDS[sought.box],
        "jenis": sought.kind,
        "kata": sought.words,
        "petugas": "" if sought.assignee is None else str(sought.assignee),
        "sesudah": f"{place.microseconds}-{place.pk}" if place else "",
    }
    spelled = urlencode({name: value for name, value in asked.items() if value})
    return f"?{spelled}" if spelled else ""


def box_in(word: str) -> Box:
    """The box a thread was opened from; the whole inbox where the word is none of ours."""
    return BOXES.get(word, Box.OFFICE)


def _box(word: str) -> Box:
    if word not in BOXES:
        raise BadRequest(_("The inbox has no such filter."))
    return BOXES[word]


def _kind(word: str) -> str:
    if word and word not in Kind.values:
        raise BadRequest(_("The inbox has no such filter."))
    return word


def _assignee(word: str) -> int | None:
    if not word:
        return None
    if not _KEY.fullmatch(word):
        raise BadRequest(_("The inbox has no such filter."))
    return int(word)


def _place(word: str) -> Place | None:
    if not word:
        return None
    read = _PLACE.fullmatch(word)
    if not read or not word.isascii():
        raise BadRequest(_("The inbox has no such page."))
    return Place(int(read[1]), int(read[2]))
