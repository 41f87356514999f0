from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.feedback.elements import ELEMENTS
from loket.feedback.models import Period
from loket.offices.models import Office
from loket.screens.fields import Day, Line, NameLine, of_our_time
from loket.screens.once import Once
from loket.screens.survey_form import SurveyForm

WEIGHTS = [
    ("exact", _("1/9, exactly: all answers 4 give 100.00")),
    ("0.111", _("0.111, as many reports print it: all answers 4 give 99.90")),
    ("0.11", _("0.11, as older reports print it: all answers 4 give 99.00")),
]
LAST_TWO = [
    ("facilities", _("U8 facilities, U9 complaints")),
    ("complaints", _("U8 complaints, U9 facilities")),
]


def day(label, **options) -> forms.DateField:
    return forms.DateField(label=label, widget=Day, validators=[of_our_time], **options)


class PeriodForm(forms.Form):
    """What a survey is about and when it takes answers."""

    title = NameLine(
        label=_("Name of the survey"), help_text=_("For example: Semester I 2026."), max_length=120
    )
    service = forms.ModelChoiceField(
        label=_("Service"), queryset=None, required=False, empty_label=_("All services together")
    )
    first = day(_("First day"))
    last = day(_("Last day"))
    weight = forms.ChoiceField(
        label=_("Weight of an element"),
        help_text=_("Every report of this survey says which rule it used."),
        choices=WEIGHTS,
        widget=forms.RadioSelect,
    )
    population = forms.IntegerField(
        label=_("How many people does the service have in this time?"),
        help_text=_("Shows how many respondents to aim for; nothing is blocked."),
        required=False,
        min_value=1,
        max_value=10_000_000,
    )
    invites = forms.BooleanField(
        label=_("Ask visitors by mail after their visit"),
        help_text=_("Only those who agreed to it in the guest book, once a visit."),
        required=False,
    )

    def __init__(self, *args, office: Office, **options):
        super().__init__(*args, **options)
        self.fields["service"].queryset = office.services.filter(active=True).order_by("letter")
        self.fields["service"].label_from_instance = lambda service: service.name

    @staticmethod
    def initial_of(period: Period) -> dict[str, Any]:
        names = ("title", "service", "first", "last", "weight", "population", "invites")
        return {name: getattr(period, name) for name in names}


class NewPeriodForm(PeriodForm, Once):
    """Opened once, however often it is pressed."""


class ReportForm(Once):
    """The press that keeps a report of today."""


class WordingForm(forms.Form):
    """The questions in the office's own words; the elements behind them stay."""

    last_two = forms.ChoiceField(
        label=_("Which number has which element?"), choices=LAST_TWO, widget=forms.RadioSelect
    )

    def __init__(self, *args, period: Period, **options):
        now = {entry["key"]: entry for entry in period.questions}
        words = {f"{key}_{language}": now[key][language] for key in ELEMENTS for language in ("id", "en")}
        options["initial"] = {"last_two": period.keys[7], **words}
        super().__init__(*args, **options)
        for key, element in ELEMENTS.items():
            self.fields[f"{key}_id"] = Line(label=f"{element.name} (Indonesia)", max_length=300, rows=2)
            self.fields[f"{key}_en"] = Line(label=f"{element.name} (English)", max_length=300, rows=2)

    def questions(self) -> list[dict[str, str]]:
        values = self.cleaned_data
        keys = [*list(ELEMENTS)[:7], values["last_two"]]
        keys += [key for key in ELEMENTS if key not in keys]
        return [{"key": key, "id": values[f"{key}_id"], "en": values[f"{key}_en"]} for key in keys]


class PaperForm(SurveyForm):
    """A paper form that an officer copies."""

    answered_on = day(_("When was the paper form filled in?"))


class PlanForm(forms.Form):
    text = Line(label=_("What will be done?"), rows=4, max_length=500)
    due = day(_("By when"), required=False)
    responsible = Line(
        label=_("Who sees to it"),
        help_text=_("A function, such as head of the service unit."),
        max_length=120,
        required=False,
    )


class MarkForm(forms.Form):
    reason = Line(
        label=_("Why does it look wrong?"),
        max_length=200,
        error_messages={"required": _("Write why it looks wrong.")},
    )
