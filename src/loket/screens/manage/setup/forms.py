"""The office's settings: each says what follows from it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.base import ids
from loket.base.text import one_line
from loket.offices.limits import GUEST_FIELDS, Limits

LANGUAGES = {
    "id": _("Indonesian"),
    "id,en": _("Indonesian, then English"),
    "en,id": _("English, then Indonesian"),
    "en": _("English"),
}
PRESENCE = [
    ("off", _("not asked")),
    ("optional", _("may be left empty")),
    ("required", _("has to be filled in")),
]
GUEST_LABELS = {
    "phone": _("Phone number"),
    "sex": _("Sex"),
    "age_band": _("Age band"),
    "education": _("Education"),
    "occupation": _("Occupation"),
    "institution": _("Name of the institution"),
    "assistance": _("Assistance needed"),
}
# So many purposes fit on the kiosk without scrolling.
MOST_PURPOSES = 10


class HallForm(forms.Form):
    handover_minutes = forms.IntegerField(
        label=_("Minutes until the next visitor is called"),
        help_text=_(
            "The desk's clock turns red after them, and the report counts the visit as missed. The published "
            "standard has to promise the same."
        ),
        min_value=1,
        max_value=120,
    )
    first = forms.ChoiceField(
        label=_("What comes first?"),
        help_text=_("With the number first, the guest book can be filled in while waiting."),
        choices=[
            ("guest_book", _("The guest book, then the number")),
            ("number", _("The number, then the guest book")),
        ],
        widget=forms.RadioSelect,
    )
    daily_limit = forms.IntegerField(
        label=_("Numbers a day for each service"),
        help_text=_("0: as many as come. When they are used up, the kiosk says so and when you open again."),
        min_value=0,
        max_value=999,
    )
    last_number_rule = forms.BooleanField(
        label=_("Stop giving numbers in time before closing"),
        help_text=_("Nobody waits in vain: the last number is given when the line would just be served."),
        required=False,
    )
    priority = forms.ChoiceField(
        label=_("Elderly, pregnant, disabled visitors and those with a child in arms"),
        choices=[
            ("strict", _("always come first")),
            ("alternate", _("come first, but after a few of them one other visitor is called")),
        ],
        widget=forms.RadioSelect,
    )
    priority_ratio = forms.IntegerField(
        label=_("After how many of them is another visitor called?"),
        help_text=_("Counts only when the two take turns."),
        min_value=1,
        max_value=20,
    )
    announce_times = forms.IntegerField(
        label=_("How often does the board say a call?"),
        help_text=_("Twice is heard by those who talked the first time; more often delays the next call."),
        min_value=1,
        max_value=5,
    )
    announce_languages = forms.ChoiceField(
        label=_("Languages of the calls"),
        help_text=_("Two languages take twice as long."),
        choices=list(LANGUAGES.items()),
    )
    announce_reading = forms.ChoiceField(
        label=_("How is the number of a ticket read?"),
        help_text=_("Digit by digit sounds like what is printed; a number is shorter."),
        choices=[("digits", _("A-012: A, zero, one, two")), ("number", _("A-012: A, twelve"))],
        widget=forms.RadioSelect,
    )
    request_before_call = forms.BooleanField(
        label=_("Officers read the request of a waiting visitor before the call"),
        help_text=_("They can prepare; the name is shown only after the call in any case."),
        required=False,
    )
    undo_seconds = forms.IntegerField(
        label=_("Seconds in which a press at the desk can be taken back"),
        help_text=_("Mails of a finished visit wait as long. 0: no press can be taken back."),
        min_value=0,
        max_value=300,
    )
    report_mail = forms.ChoiceField(
        label=_("Reports by mail"),
        help_text=_("It goes to everybody who is supervisor here."),
        choices=[("none", _("none")), ("monthly", _("the month before, in the first days of a month"))],
        widget=forms.RadioSelect,
    )
    guest_book_months = forms.IntegerField(
        label=_("Months after which names and addresses are forgotten"),
        help_text=_("Counted from the last visit. Figures stay, without the person."),
        min_value=1,
        max_value=120,
    )

    @staticmethod
    def initial_of(limits: Limits) -> dict[str, Any]:
        return limits.to_dict() | {"announce_languages": ",".join(limits.announce_languages)}

    def changes(self) -> dict[str, Any]:
        return self.cleaned_data | {"announce_languages": self.cleaned_data["announce_languages"].split(",")}


class ConsultationsForm(forms.Form):
    assign_on_asking = forms.BooleanField(
        label=_("Every new question is handed to an officer at once"),
        help_text=_(
            "To whoever knows its kind, is there and has least to do; nobody on leave. Which kinds somebody "
            "knows is set under Staff. Otherwise questions wait until somebody takes them."
        ),
        required=False,
    )
    second_officer = forms.BooleanField(
        label=_("A second officer reads each answer before it goes out"),
        help_text=_(
            "Answers, questions back and referrals wait at the desk until a colleague releases them. The "
            "deadline goes on meanwhile. An office with one officer leaves this off."
        ),
        required=False,
    )

    @staticmethod
    def initial_of(limits: Limits) -> dict[str, Any]:
        return limits.to_dict()

    def changes(self) -> dict[str, Any]:
        return self.cleaned_data


class GuestBookForm(forms.Form):
    """Which questions the guest book asks beyond name, e-mail and purpose."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in GUEST_FIELDS:
            self.fields[name] = forms.ChoiceField(label=GUEST_LABELS[name], choices=PRESENCE)

    @staticmethod
    def initial_of(limits: Limits) -> dict[str, Any]:
        return limits.guest_fields

    def changes(self) -> dict[str, Any]:
        return {"guest_fields": dict(self.cleaned_data)}


class PurposesForm(forms.Form):
    """The purposes to choose from, in the order of the kiosk; an empty line leaves the list."""

    def __init__(self, *args, purposes: list[dict[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.known = purposes
        for place in range(MOST_PURPOSES):
            now = purposes[place] if place < len(purposes) else {}
            for language, label in (("id", _("In Indonesian")), ("en", _("In English"))):
                self.fields[f"{language}_{place}"] = forms.CharField(
                    label=label, max_length=60, required=False, initial=now.get(language, "")
                )

    @property
    def rows(self):
        return [(self[f"id_{place}"], self[f"en_{place}"]) for place in range(MOST_PURPOSES)]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self.purposes = []
        for place in range(MOST_PURPOSES):
            texts = {language: one_line(values.get(f"{language}_{place}", "")) for language in ("id", "en")}
            if texts["id"] and texts["en"]:
                # The code stays with its line: earlier visits keep their purpose when it is reworded.
                code = self.known[place]["code"] if place < len(self.known) else ids.code(6).lower()
                self.purposes.append({"code": code} | texts)
            elif texts["id"] or texts["en"]:
                missing = "en" if texts["id"] else "id"
                self.add_error(f"{missing}_{place}", _("Write the purpose in both languages."))
        if not self.purposes and not self.errors:
            self.add_error("id_0", _("Keep at least one purpose."))
        return values

    def changes(self) -> dict[str, Any]:
        return {"purposes": self.purposes}


class ServiceForm(forms.Form):
    name_id = forms.CharField(label=_("Name in Indonesian"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    minutes = forms.IntegerField(
        label=_("Usual minutes of one visit"),
        help_text=_("Used for the waiting times until twenty visits were measured here."),
        min_value=1,
        max_value=240,
    )
    active = forms.BooleanField(
        label=_("Numbers are given for it"),
        help_text=_("Who already waits is still served after it is stopped."),
        required=False,
    )

    def clean_name_id(self) -> str:
        return one_line(self.cleaned_data["name_id"])

    def clean_name_en(self) -> str:
        return one_line(self.cleaned_data["name_en"])


class NewServiceForm(ServiceForm):
    active = None  # type: ignore[assignment]
    letter = forms.RegexField(
        label=_("Letter before its numbers"),
        help_text=_("One letter from A to Z that no other service has; it cannot be changed later."),
        regex=r"^[A-Za-z]$",
        error_messages={"invalid": _("Type one letter from A to Z.")},
    )

    def clean_letter(self) -> str:
        return self.cleaned_data["letter"].upper()


class CounterForm(forms.Form):
    services = forms.ModelMultipleChoiceField(
        label=_("Services offered here"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one service, or take the counter out of use.")},
    )
    active = forms.BooleanField(
        label=_("In use"),
        help_text=_("A counter that is out of use cannot be opened at the desk; its history stays."),
        required=False,
    )

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["services"].queryset = office.services.filter(active=True).order_by("letter")
