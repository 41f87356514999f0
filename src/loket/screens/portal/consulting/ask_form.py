"""What a question is made of: three short steps, of which only the question itself is a must.

Data items come as columns of equal names (what, area, years), so that a page without a script and one
with it send the same.
"""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from loket.consultations.actions.asking import Question, Wanted
from loket.consultations.actions.saying import LONGEST_TEXT
from loket.consultations.models import Kind
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.screens.fields import Line, NameLine
from loket.screens.years import YearsLine, first_and_last

MOST_ITEMS = 10
# One row to begin with, and some more where somebody looks for them.
SPARE_ITEMS = 3
COLUMNS = ("what", "area", "years")
KINDS = [
    (Kind.DATA, _("Data")),
    (Kind.METADATA, _("Metadata")),
    (Kind.CLASSIFICATION, _("Classification")),
    (Kind.UNKNOWN, _("I don't know yet")),
]


class AskForm(forms.Form):
    text = Line(
        label=_("What would you like to know?"),
        help_text=_("Write in your own words; statistical terms are not needed."),
        max_length=LONGEST_TEXT,
        rows=6,
        error_messages={"required": _("Write in a few words what you would like to know.")},
    )
    subject = Line(
        label=_("A short title"),
        help_text=_("So that you find it again later."),
        max_length=200,
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        initial=Kind.UNKNOWN,
        error_messages={"required": _("Choose what it is about; “I don't know yet” is fine.")},
    )
    purpose = forms.ChoiceField(
        label=_("What do you need it for?"),
        error_messages={"required": _("Choose what you need it for.")},
    )
    kata = Line(max_length=200, required=False)
    # Which search it was (library.logging), to count that it became a question.
    cari = Line(max_length=40, required=False)
    key = forms.CharField(max_length=64, required=False)

    def __init__(self, *args: Any, office: Office, asks_name: bool, **options: Any):
        super().__init__(*args, **options)
        language = "en" if get_language() == "en" else "id"
        purposes = [(entry["code"], entry[language]) for entry in limits_from(office.settings).purposes]
        self.fields["purpose"].choices = [("", _("Choose")), *purposes]
        if asks_name:
            self.fields["name"] = NameLine(
                label=_("Your name"),
                help_text=_("How the officers greet you."),
                max_length=120,
                hints={"autocomplete": "name", "autocapitalize": "words"},
                error_messages={"required": _("Write the name by which the officer may greet you.")},
            )


class ItemForm(forms.Form):
    """One piece of data that is wanted."""

    what = Line(
        label=_("Which data"),
        max_length=200,
        error_messages={"required": _("Write which data, or empty the whole row.")},
    )
    area = Line(label=_("Area"), max_length=120, required=False)
    years = YearsLine(label=_("Years"), required=False)

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        first, last = first_and_last(given["years"])
        return Wanted(what=given["what"], area=given["area"], year_from=first, year_to=last)


class Asking:
    """The whole page's form, from what was typed (`content`, as a draft keeps it)."""

    def __init__(self, content: dict[str, Any], *, office: Office, asks_name: bool, checked: bool = False):
        self.checked = checked
        self.content = content
        main = {name: content.get(name, "") for name in (*AskForm.base_fields, "name")}
        main["kind"] = main["kind"] or Kind.UNKNOWN
        shape = {"office": office, "asks_name": asks_name}
        self.main = AskForm(main, **shape) if checked else AskForm(initial=main, **shape)
        rows = list(content.get("items", []))[:MOST_ITEMS]
        self.items = [self._row(row, number) for number, row in enumerate(rows, 1)]
        self.spare = [self._empty_row(number) for number in range(len(rows) + 1, len(rows) + SPARE_ITEMS + 1)]

    def _row(self, row: dict[str, str], number: int) -> ItemForm:
        cells = {name: row.get(name, "") for name in COLUMNS}
        shape = {"auto_id": f"item-{number}-%s"}
        return ItemForm(cells, **shape) if self.checked else ItemForm(initial=cells, **shape)

    def _empty_row(self, number: int) -> ItemForm:
        return ItemForm(auto_id=f"item-{number}-%s")

    def shown_items(self) -> list[ItemForm]:
        return self.items or self.spare[:1]

    def more_items(self) -> list[ItemForm]:
        return self.spare if self.items else self.spare[1:]

    def is_valid(self) -> bool:
        fine, rows = self.main.is_valid(), [row.is_valid() for row in self.items]
        if not all(rows):
            self.main.add_error(None, _("Look at the data you need once more; a row is not complete."))
            return False
        return fine

    def question(self) -> Question:
        given = self.main.cleaned_data
        return Question(
            subject=given["subject"],
            text=given["text"],
            kind=given["kind"],
            purpose=given["purpose"],
            items=[row.wanted() for row in self.items],
            search_words=given["kata"],
            without_search=not given["kata"],
        )


def typed_content(post: QueryDict) -> dict[str, Any]:
    """What was typed, as a draft keeps it: bounded, and without rows in which nothing stands."""
    columns = [post.getlist(name)[:MOST_ITEMS] for name in COLUMNS]
    rows = [dict(zip(COLUMNS, cells, strict=False)) for cells in zip(*columns, strict=False)]
    content: dict[str, Any] = {
        name: post.get(name, "")[: LONGEST_TEXT + 1]
        for name in ("text", "subject", "kind", "purpose", "kata", "cari", "key", "name")
    }
    content["items"] = [row for row in rows if any(cell.strip() for cell in row.values())]
    content["files"] = post.getlist("files")[:MOST_ITEMS]
    return content
