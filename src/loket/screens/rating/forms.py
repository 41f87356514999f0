from django import forms
from django.utils.translation import gettext_lazy as _

from loket.feedback.actions.rating import LONGEST_COMMENT
from loket.feedback.reasons import PRAISE, SCORES, reasons_for


class TapForm(forms.Form):
    score = forms.TypedChoiceField(coerce=int, choices=list(SCORES.items()))


class WordsForm(forms.Form):
    """What may follow the tap; everything may be left empty."""

    reasons = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    comment = forms.CharField(
        label=_("Anything to add?"),
        help_text=_("Please do not write names or numbers of persons."),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, score: int, **kwargs):
        super().__init__(*args, **kwargs)
        offered = reasons_for(score)
        self.fields["reasons"].choices = list(offered.items())
        self.fields["reasons"].label = (
            _("What was good?") if offered is PRAISE else _("What should become better?")
        )
