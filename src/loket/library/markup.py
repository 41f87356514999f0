"""Texts that come from elsewhere, without their HTML."""

import html
import re
from typing import Any

from loket.base.text import many_lines

# "< 5 kg" is no tag.
_TAG = re.compile(r"</?[a-z!][^>]*>", re.I)
# Around a part of a word or line; all others part words.
_INLINE = re.compile(r"</?(?:a|b|em|font|i|span|strong|sub|sup|u)\b[^>]*>", re.I)
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr)\b[^>]*>", re.I)
_UNREAD = re.compile(r"<\s*(script|style)\b.*?<\s*/\s*\1\s*>", re.I | re.S)
# Lists cut their texts off, also in the middle of a tag; the dots of the cut stay.
_CUT_TAG = re.compile(r"</?[a-z!][^<>]*?(\.{3,}|…)?\s*$", re.I)
MOST_SIGNS = 20_000


def plain(text: Any) -> str:
    """Text of HTML that was escaped once, twice or not at all; never shown as HTML again."""
    if not isinstance(text, str):
        return ""
    for _ in range(3):
        opened = html.unescape(text)
        if opened == text:
            break
        text = opened
    text = _TAG.sub(" ", _BREAK.sub("\n", _INLINE.sub("", _UNREAD.sub(" ", text))))
    return many_lines(_CUT_TAG.sub(r" \1", text))[:MOST_SIGNS]
