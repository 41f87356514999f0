"""What the office writes about requests and breaches."""

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.privacy.models import DataRequest
from loket.screens.fields import Line, of_our_time
from loket.screens.once import Once


class RequestForm(forms.Form):
    """A request brought to the counter by the person, whom the officer has before them."""

    kind = forms.ChoiceField(label=_("What does the person ask for?"), choices=DataRequest.Kind.choices)
    email = forms.EmailField(
        label=_("The person's e-mail address"),
        help_text=_("The one in the guest book or the account. The answer goes there."),
        error_messages={
            "required": _("Type the person's e-mail address."),
            "invalid": _("Type a full address, such as name@office.go.id."),
        },
    )
    wish = Line(label=_("In the person's own words"), rows=3, required=False, max_length=4_000)


class AnswerForm(forms.Form):
    done = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Done as asked")), ("no", _("Cannot be done"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it was done.")},
    )
    answer = Line(
        label=_("Words to the person"),
        help_text=_("What was done, or why it cannot be done."),
        rows=4,
        required=False,
        max_length=4_000,
    )

    def clean(self):
        values = super().clean()
        if values.get("done") is False and not values.get("answer"):
            self.add_error("answer", _("Say why it cannot be done."))
        return values


class ReasonForm(forms.Form):
    reason = Line(
        label=_("Why do you need to see it?"),
        max_length=200,
        error_messages={"required": _("Write the reason; the person can read it.")},
    )


class BreachForm(Once):
    found_at = forms.DateTimeField(
        label=_("When was it found?"),
        help_text=_("The clock of three times 24 hours runs from here."),
        validators=[of_our_time],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Say when it was found."),
            "invalid": _("Write day and time, such as 2026-01-14 10:30."),
        },
    )
    data = Line(
        label=_("Which data?"), rows=2, max_length=2_000, error_messages={"required": _("Say which data.")}
    )
    happened = Line(
        label=_("When and how did it happen?"), rows=3, max_length=4_000,
        error_messages={"required": _("Say what happened, as far as it is known.")},
    )  # fmt: skip
    measures = Line(
        label=_("What is done about it?"), rows=3, max_length=4_000,
        error_messages={"required": _("Say what is done, also what people can do themselves.")},
    )  # fmt: skip
    people = forms.IntegerField(
        label=_("How many people at least?"), min_value=0, max_value=10_000_000, initial=0
    )
