from django import forms
from django.utils.translation import gettext_lazy as _


class PairForm(forms.Form):
    code = forms.CharField(
        label=_("Code of this device"),
        help_text=_("Six letters and digits, shown under Manage, Devices. It is valid for 15 minutes."),
        max_length=12,
        error_messages={"required": _("Type the code that is shown under Manage, Devices.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
