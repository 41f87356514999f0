"""The note's form: one question and answer, and as many rows of data and of material as there were.

Rows come as columns of equal names (what, area, …), so that a page without a script and one with it
send the same, and a half-written row is kept like any other.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from loket.consultations.actions import Given, Item, Record
from loket.consultations.models import Consultation, DataItem, Kind
from loket.screens.desk.note_rows import Rows
from loket.screens.fields import Line
from loket.screens.years import YearsLine, first_and_last

MOST_ROWS = 40


class MainForm(forms.Form):
    """What was asked and what was answered."""

    question = Line(
        max_length=4000,
        rows=2,
        error_messages={"required": _("Write in a few words what was asked.")},
    )
    kind = forms.ChoiceField(choices=Kind.choices)
    answer = Line(max_length=20000, rows=3, required=False)
    referral = Line(max_length=300, required=False)


class ItemForm(forms.Form):
    """One data item."""

    what = Line(max_length=200, error_messages={"required": _("Write which data, or empty the row.")})
    area = Line(max_length=120, required=False)
    years = YearsLine(required=False)
    level = forms.ChoiceField(choices=[("", _("Level…")), *DataItem.Level.choices], required=False)
    period = forms.ChoiceField(choices=[("", _("Period…")), *DataItem.Period.choices], required=False)
    found = forms.ChoiceField(choices=DataItem.Found.choices)

    def item(self) -> Item:
        given = self.cleaned_data
        first, last = first_and_last(given["years"])
        return Item(
            what=given["what"],
            found=given["found"],
            area=given["area"],
            year_from=first,
            year_to=last,
            level=given["level"],
            period=given["period"],
        )


class GivenForm(forms.Form):
    """Material that was handed over."""

    title = Line(max_length=200, error_messages={"required": _("Write what was given, or empty the row.")})
    address = Line(max_length=300, required=False)

    def given(self) -> Given:
        return Given(self.cleaned_data["title"], self.cleaned_data["address"])


EMPTY_ITEM = {"what": "", "area": "", "years": "", "level": "", "period": "", "found": DataItem.Found.FOUND}
EMPTY_GIVEN = {"title": "", "address": ""}
ITEM_ROWS = Rows("item", ItemForm, EMPTY_ITEM)
GIVEN_ROWS = Rows("given", GivenForm, EMPTY_GIVEN)


class NoteForm:
    """The whole note, from what was typed (`content` as a draft keeps it)."""

    def __init__(self, content: dict[str, Any], *, checked: bool = False):
        self.checked = checked
        self.main = self._form(MainForm, {key: content.get(key, "") for key in MainForm.base_fields}, "note")
        self.items = self._rows(ITEM_ROWS, content.get("items", []))
        self.given = self._rows(GIVEN_ROWS, content.get("given", []))

    @classmethod
    def typed(cls, post: QueryDict) -> "NoteForm":
        return cls(typed_content(post), checked=True)

    def _form(self, form: type[forms.Form], row: dict[str, Any], prefix: str) -> forms.Form:
        auto_id = f"{prefix}-%s"
        return form(row, auto_id=auto_id) if self.checked else form(initial=row, auto_id=auto_id)

    def _rows(self, kind: Rows, rows: Sequence[dict[str, Any]]) -> list[forms.Form]:
        # One empty row to write into; a page without a script gets the next one by saving the draft.
        shown = rows if self.checked else [*rows, kind.empty]
        return [
            self._form(kind.form, {**kind.empty, **row}, f"{kind.name}-{number}")
            for number, row in enumerate(shown, 1)
        ]

    def item_rows(self) -> SafeString:
        return ITEM_ROWS.shown(self.items)

    def given_rows(self) -> SafeString:
        return GIVEN_ROWS.shown(self.given)

    blank_item, blank_given = ITEM_ROWS.blank, GIVEN_ROWS.blank

    def is_valid(self) -> bool:
        # Every row is asked, so that all that is wrong is told at once.
        answers = [form.is_valid() for form in (self.main, *self.items, *self.given)]
        return all(answers)

    def record(self) -> Record:
        return Record(
            **self.main.cleaned_data,
            items=[row.item() for row in self.items],
            materials=[row.given() for row in self.given],
        )


def typed_content(post: QueryDict) -> dict[str, Any]:
    """What was typed, as it stands; rows nobody wrote into are left out."""
    return {
        **{name: _kept(post.get(name, "")) for name in MainForm.base_fields},
        "items": _typed_rows(post, ItemForm.base_fields, ("what", "area", "years", "level", "period")),
        "given": _typed_rows(post, GivenForm.base_fields, ("title", "address")),
    }


def _typed_rows(post: QueryDict, names: Sequence[str], telling: Sequence[str]) -> list[dict[str, str]]:
    columns = [[_kept(text) for text in post.getlist(name)[:MOST_ROWS]] for name in names]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=False)]
    return [row for row in rows if any(row[name].strip() for name in telling)]


def _kept(text: str) -> str:
    # The one character that PostgreSQL cannot store.
    return text.replace("\x00", "")


def recorded_content(consultation: Consultation) -> dict[str, Any]:
    """A stored note, as its form shows it."""
    return {
        **{name: getattr(consultation, name) for name in MainForm.base_fields},
        "items": [
            {
                "what": item.what,
                "area": item.area,
                "years": _years(item),
                "level": item.level,
                "period": item.period,
                "found": item.found,
            }
            for item in consultation.items.order_by("position")
        ],
        "given": list(consultation.materials.order_by("pk").values("title", "address")),
    }


def _years(item: DataItem) -> str:
    years = [str(year) for year in (item.year_from, item.year_to) if year]
    return "-".join(dict.fromkeys(years))
