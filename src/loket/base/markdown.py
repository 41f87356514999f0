"""Markdown of officers as HTML that may be shown: answers and articles.

Raw HTML is text and pictures are left out: a page of ours asks no other server for anything (D21).
What is made is cleaned a second time against a list, so that a fault in one of the two is not enough.
"""

from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

SCHEMES = {"http", "https", "mailto"}
# The page has its own first and second headings.
HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6"}
TAGS = {
    "p", "br", "hr", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}


def to_html(text: str) -> SafeString:
    """`text` as paragraphs, lists, tables and links; links are not followed by search engines."""
    made = nh3.clean(
        _writer().render(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )
    return mark_safe(made)  # noqa: S308 - cleaned just above


@cache
def _writer() -> MarkdownIt:
    writer = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    writer.disable("image")
    writer.validateLink = lambda address: address.partition(":")[0].strip().lower() in SCHEMES
    writer.core.ruler.push("headings", _lower_headings)
    return writer


def _lower_headings(state) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = HEADINGS.get(token.tag, token.tag)
