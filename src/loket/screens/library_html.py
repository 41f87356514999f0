"""Rows of a result as HTML: twenty of them are put together here in a tenth of a template's time."""

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape

from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from loket.library.marking import Segment
from loket.screens.library import Tab
from loket.screens.library_rows import Fact, Row


@cache
def icon(name: str, extra: str = "") -> SafeString:
    """A picture from the sprite; always beside a word, so hidden from readers."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f"icon {extra}".strip(),
        staticfiles_storage.url("icons/sprite.svg"),
        name,
    )


def marked(segments: Iterable[Segment]) -> SafeString:
    """A text with the words that were looked for marked."""
    parts = (f"<mark>{escape(text)}</mark>" if found else escape(text) for text, found in segments)
    return mark_safe("".join(parts))  # noqa: S308 - every piece of text is escaped


def facts(row: Row) -> SafeString:
    """What is said below a row, each fact with its picture."""
    return mark_safe("".join(map(_fact, row.facts)))  # noqa: S308 - words are escaped, the rest is our own


def _fact(fact: Fact) -> str:
    css = f' class="{fact.css}"' if fact.css else ""
    return f"<span{css}>{icon(fact.icon)} {escape(fact.words)}</span>"


def hits(rows: Iterable[Row]) -> SafeString:
    """Rows of the search page: what is it, where, which years."""
    return mark_safe("".join(map(_hit, rows)))  # noqa: S308 - every piece of text is escaped


def _hit(row: Row) -> str:
    hit = row.hit
    css, code = "", ""
    if row.is_code:
        css, code = " hit--code", f'<p class="hit__code num">{escape(hit.code)}</p>'
    return (
        f'<article class="hit{css}">{code}<div class="hit__in">'
        f'<h3 class="hit__title"><a href="{row.address}" data-hit="{hit.item_id}" data-rank="{row.rank}">'
        f'{marked(hit.title_marked)}</a></h3>{"".join(_more(row))}</div></article>\n'
    )  # fmt: skip


def _more(row: Row) -> Iterator[str]:
    if row.hit.summary_marked:
        yield f'<p class="hit__text">{marked(row.hit.summary_marked)}</p>'
    yield f'<p class="hit__meta">{facts(row)}</p>'
    if row.hit.why:
        why = escape(_("Found by another word: %(words)s") % {"words": row.hit.why})
        yield f'<p class="hit__why">{icon("info")} {why}</p>'


def offers(rows: Iterable[Row]) -> SafeString:
    """Options of the list below the field."""
    return mark_safe("".join(map(_offer, rows)))  # noqa: S308 - every piece of text is escaped


def _offer(row: Row) -> str:
    hit = row.hit
    code = f'<span class="offer__code num">{escape(hit.code)}</span> ' if row.is_code else ""
    return (
        f'<a class="offer__row" role="option" aria-selected="false" tabindex="-1" id="offer-{row.rank}"'
        f' href="{row.address}" data-rank="{row.rank}" data-item="{hit.item_id}">{code}'
        f'<span class="offer__title">{marked(hit.title_marked)}</span></a>\n'
    )


def tabs(found: Iterable[Tab]) -> SafeString:
    """One for each kind that was found, with how many there are."""
    return mark_safe("".join(map(_tab, found)))  # noqa: S308 - every piece of text is escaped


def _tab(tab: Tab) -> str:
    here = ' aria-current="page"' if tab.current else ""
    return (
        f'<a href="{escape(tab.address)}"{here}>{escape(str(tab.title))}'
        f' <span class="tabs__n">{tab.count}</span></a>'
    )


def choices(texts: Iterable[str], chosen: str) -> SafeString:
    """Choices that are called what they are, the chosen one marked."""
    items = (f"<option{' selected' if text == chosen else ''}>{escape(text)}</option>" for text in texts)
    return mark_safe("".join(items))  # noqa: S308 - all is escaped
