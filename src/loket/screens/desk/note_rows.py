"""The rows of a note as a page shows them. An empty one is the same on every page, so it is made once."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language


class Rows:
    """Rows of one kind: `name` is that of their keys and their template, `empty` what a new one holds."""

    def __init__(self, name: str, form: type[forms.Form], empty: Mapping[str, Any]):
        self.name, self.form, self.empty = name, form, empty
        self._made_empty = lru_cache(maxsize=200)(self._make_empty)

    def shown(self, rows: Iterable[forms.Form]) -> SafeString:
        """All of them, the first has the number 1."""
        made = (self._shown(row, number) for number, row in enumerate(rows, 1))
        return mark_safe("".join(made))  # noqa: S308 - our own template

    def blank(self) -> SafeString:
        """What a script copies for a new row."""
        return self._made_empty("new", get_language())

    def _shown(self, row: forms.Form, number: int) -> SafeString:
        if not row.is_bound and row.initial == self.empty:
            return self._made_empty(number, get_language())
        return self._make(row, number)

    def _make_empty(self, number: int | str, _language: str | None) -> SafeString:
        return self._make(self.form(initial=self.empty, auto_id=f"{self.name}-{number}-%s"), number)

    def _make(self, row: forms.Form, number: int | str) -> SafeString:
        return render_to_string(f"desk/{self.name}_row.html", {"row": row, "n": number})
