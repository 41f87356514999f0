from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from loket.library.importing.workbooks import LARGEST
from loket.screens.fields import Line


class SynonymForm(forms.Form):
    """Words people say, and the words the library writes."""

    term = Line(
        label=_("What people say"),
        max_length=80,
        help_text=_("One word or a few, as they are typed into the search."),
        error_messages={"required": _("Write the words that people type.")},
    )
    means = Line(
        label=_("What the library calls it"),
        max_length=400,
        help_text=_("Several are separated by commas; the first is the nearest."),
        error_messages={"required": _("Write at least one word that the library uses.")},
    )
    both_ways = forms.BooleanField(label=_("Also the other way round"), required=False)

    def clean_means(self) -> list[str]:
        words = [word.strip() for word in self.cleaned_data["means"].split(",") if word.strip()]
        if not words:
            raise forms.ValidationError(self.fields["means"].error_messages["required"])
        return words


class ListForm(forms.Form):
    """An office's own list."""

    list = forms.FileField(
        label=_("CSV or workbook (.xlsx)"),
        help_text=_("Columns kunci, jenis and judul are needed; the first row names them. At most 5 MB."),
        error_messages={"required": _("Choose the file with your list.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_list(self) -> UploadedFile:
        sent = self.cleaned_data["list"]
        if sent.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than 5 MB. Send the list in several parts."))
        return sent
