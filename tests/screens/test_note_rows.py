"""The rows of a note: the empty ones are made once, and say what they would say if they were not."""

from django.template.loader import render_to_string
from django.utils.translation import override

from loket.screens.desk.note_form import EMPTY_ITEM, ItemForm, NoteForm


def shown(form, number):
    return render_to_string("desk/item_row.html", {"row": form, "n": number})


def test_an_empty_row_is_its_template_in_the_language_of_the_page():
    for language in ("id", "en", "id"):
        with override(language):
            form = ItemForm(initial=EMPTY_ITEM, auto_id="item-1-%s")
            assert NoteForm({}).item_rows() == shown(form, 1)
            assert NoteForm({}).blank_item() == shown(
                ItemForm(initial=EMPTY_ITEM, auto_id="item-new-%s"), "new"
            )


def test_what_was_written_into_one_row_is_in_no_other():
    with override("id"):
        written = NoteForm({"items": [{"what": "Inflasi <2025>", "level": "regency"}]})
        rows = written.item_rows()

        assert 'value="Inflasi &lt;2025&gt;"' in rows
        assert '<option value="regency" selected>' in rows
        assert rows.endswith(shown(ItemForm(initial=EMPTY_ITEM, auto_id="item-2-%s"), 2))
        assert "Inflasi" not in NoteForm({}).item_rows()


def test_a_row_that_was_refused_tells_why():
    with override("id"):
        checked = NoteForm({"items": [EMPTY_ITEM | {"years": "kemarin"}]}, checked=True)
        checked.is_valid()

        assert 'aria-invalid="true"' in checked.item_rows()
