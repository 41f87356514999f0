"""The questions of a satisfaction survey as a form; on phones, on the tablet, and for paper."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.feedback.actions.surveys import LONGEST_SUGGESTION, Answers, Respondent
from loket.feedback.elements import ELEMENTS, KEYS, question_words
from loket.feedback.models import Period
from loket.feedback.results import GROUPS
from loket.screens.fields import Line
from loket.screens.once import Once

GROUP_LABELS = {
    "sex": _("Sex"),
    "age_band": _("Age"),
    "education": _("Education"),
    "occupation": _("Occupation"),
}


class SurveyForm(Once):
    """Nine questions with four answers each; what is left out counts as not answered."""

    def __init__(self, *args, period: Period, **options):
        super().__init__(*args, **options)
        self.period = period
        for place, entry in enumerate(period.questions, start=1):
            self.fields[entry["key"]] = self._question(place, entry)
        for name, choices in GROUPS.items():
            self.fields[name] = forms.ChoiceField(
                label=GROUP_LABELS[name],
                required=False,
                choices=[("", _("I would rather not say")), *choices.choices],
            )
        self.fields["suggestion"] = Line(
            label=_("What should become better?"),
            help_text=_("Please do not write names or numbers of persons."),
            rows=3,
            required=False,
            max_length=LONGEST_SUGGESTION,
        )

    def _question(self, place: int, entry: dict[str, str]) -> forms.Field:
        words = ELEMENTS[entry["key"]].answer_words
        return forms.TypedChoiceField(
            label=f"{place}. {question_words(entry)}",
            choices=[(value, word) for value, word in enumerate(words, start=1)],
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )

    def clean(self):
        if not any(self.cleaned_data.get(key) for key in KEYS):
            raise forms.ValidationError(_("Answer at least one question."))
        return self.cleaned_data

    def questions(self) -> Iterator[forms.BoundField]:
        return (self[key] for key in self.period.keys)

    def groups(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in GROUPS)

    def answers(self) -> Answers:
        values = self.cleaned_data
        return Answers(
            by_key={key: values[key] for key in KEYS if values.get(key)},
            respondent=Respondent(**{name: values[name] for name in GROUPS}),
            suggestion=values["suggestion"],
        )
