"""Pieces of pages that are the same for everybody but for a few words: made once, with gaps for those."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from loket.offices.models import Office

# What a page says of its office wherever it stands; of so many pieces, offices and languages it is kept.
OFFICE_FACTS = ("code", "name", "unit", "address", "email")
MOST_KEPT = 1_000
# Around the name of a gap; a template has no such sign of its own.
EDGE = "\0"


def filled(name: str, office: Office | None, words: dict[str, object]) -> SafeString:
    """The template with the words in its gaps, each escaped unless it says that it is HTML.

    The template may print a word as it is and ask whether there is one; filters and comparisons have to be
    done before. It knows the office's code, name, unit, address and e-mail, and nothing else.
    """
    gaps = tuple((gap, bool(word)) for gap, word in words.items())
    facts = (getattr(office, each).replace(EDGE, "") for each in OFFICE_FACTS) if office else ()
    first, *rest = _made(name, get_language(), gaps, *facts)
    parts = [first]
    for gap, text in zip(rest[::2], rest[1::2], strict=True):
        parts += conditional_escape(words[gap]), text
    return mark_safe("".join(parts))  # noqa: S308 - our own template, and words that were escaped


@lru_cache(maxsize=MOST_KEPT)
def _made(name: str, _language: str | None, gaps: tuple[tuple[str, bool], ...], *facts: str) -> list[str]:
    """The text before the first gap, the name of the gap, the text after it, and so on."""
    office = Office(**dict(zip(OFFICE_FACTS, facts, strict=True))) if facts else None
    words = {gap: mark_safe(f"{EDGE}{gap}{EDGE}") if there else "" for gap, there in gaps}  # noqa: S308
    return render_to_string(name, {"office": office} | words).split(EDGE)
