from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from loket.rules.speaking import WORDS

LARGEST = 600_000  # bytes: six seconds at 48 kHz


def clips() -> list[tuple[str, str]]:
    return [
        (f"{language}/{word}", f"{language.upper()}: {text}")
        for language, words in WORDS.items()
        for word, text in words.items()
    ]


class RecordingForm(forms.Form):
    clip = forms.ChoiceField(label=_("Word"), choices=clips)
    sound = forms.FileField(
        label=_("WAV file"),
        help_text=_("One channel, 16 bit, at most six seconds."),
        error_messages={"required": _("Choose a WAV file with the spoken word.")},
        widget=forms.FileInput(attrs={"accept": "audio/wav,.wav"}),
    )

    def clean_sound(self) -> UploadedFile:
        sound = self.cleaned_data["sound"]
        if sound.size > LARGEST:
            raise forms.ValidationError(_("This file is too large for one word. Record at most six seconds."))
        return sound


class EndForm(forms.Form):
    clip = forms.ChoiceField(choices=clips)
