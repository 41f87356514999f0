"""Forms of the calendar page: they check shape; what a change means is decided by the rules."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.offices.calendarcsv import CsvWrong, read_proposals
from loket.offices.explaining import hours_text, kind_text
from loket.offices.proposals import accept
from loket.rules import calendarchanges, calendarfile
from loket.rules.calendarparts import CLOSED_KINDS, CalendarWrong, Hours, Reason, SpecialPeriod, check_week
from loket.rules.calendarparts import WEEKDAYS as DAY_CODES
from loket.rules.worktime import Calendar

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_SPAN = timedelta(days=120)
LARGEST_FILE = 200_000


class DayField(forms.DateField):
    def __init__(self, **options):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)

    def validate(self, value):
        super().validate(value)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            raise ValidationError(_("Choose a date between 2000 and 2100."))


class NameField(forms.CharField):
    """A short text without invisible signs that could turn a line around."""

    def __init__(self, **options):
        super().__init__(**{"max_length": 120, **options})

    def validate(self, value):
        super().validate(value)
        if not value.isprintable():
            raise ValidationError(_("Use letters, digits and ordinary punctuation only."))


class HoursField(forms.CharField):
    """ "08.00–12.00, 13.00–15.30"; empty: closed on that day."""

    def __init__(self, **options):
        super().__init__(required=False, max_length=80, **options)

    def to_python(self, value) -> Hours:
        spans = [span for span in (super().to_python(value) or "").split(",") if span.strip()]
        try:
            hours = tuple(calendarfile.read_interval("", span) for span in spans)
            check_week("", (hours, *[()] * 6))
        except CalendarWrong:
            raise ValidationError(
                _("Write hours such as 08.00–15.30, with a break 08.00–12.00, 13.00–15.30.")
            ) from None
        return hours

    def validate(self, value):
        """Anything readable will do, nothing as well."""

    def run_validators(self, value):
        """The length was the text's; the value is a list of hours."""

    def prepare_value(self, value):
        return hours_text(value) if isinstance(value, tuple) else value


class ClosureForm(forms.Form):
    prefix = "closure"
    first = DayField(label=gettext_lazy("First day"))
    last = DayField(label=gettext_lazy("Last day"), required=False)
    name = NameField(
        label=gettext_lazy("Reason, as visitors read it"),
        help_text=gettext_lazy("For example: repair of the building."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), initial=Reason.LOCAL)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        kinds = (Reason.LOCAL, *(kind for kind in CLOSED_KINDS if kind is not Reason.LOCAL))
        self.fields["kind"].choices = [(kind.value, kind_text(kind)) for kind in kinds]

    def clean(self):
        check_span(self)

    def edit(self, calendar: Calendar) -> Calendar:
        given = self.cleaned_data
        return calendarchanges.close_days(
            calendar,
            first=given["first"],
            last=given["last"] or given["first"],
            name=given["name"],
            kind=Reason(given["kind"]),
        )


class OpeningForm(forms.Form):
    day = forms.DateField()

    def edit(self, calendar: Calendar) -> Calendar:
        return calendarchanges.open_day(calendar, self.cleaned_data["day"])


class WeekForm(forms.Form):
    """Seven days of hours. `usual` fills what is not yet given."""

    prefix = "week"

    def __init__(self, *args, usual: tuple[Hours, ...] = ((),) * 7, **options):
        super().__init__(*args, **options)
        for number, code in enumerate(DAY_CODES):
            self.fields[code] = HoursField(label=WEEKDAYS[number], initial=usual[number])

    def hours(self):
        """The seven fields of hours, for the template; `others` are what comes before them."""
        return [self[code] for code in DAY_CODES]

    def others(self):
        return [field for field in self if field.name not in DAY_CODES]

    def week(self) -> tuple[Hours, ...]:
        return tuple(self.cleaned_data[code] for code in DAY_CODES)

    def edit(self, calendar: Calendar) -> Calendar:
        return Calendar(calendar.zone, self.week(), calendar.closed, calendar.special, calendar.years)


class PeriodForm(WeekForm):
    """Other hours for a while; days that keep the usual hours stay as they are filled in."""

    prefix = "period"
    first = DayField(label=gettext_lazy("First day"))
    last = DayField(label=gettext_lazy("Last day"))
    name = NameField(label=gettext_lazy("Name"), help_text=gettext_lazy("For example: Ramadan."))

    def clean(self):
        check_span(self)

    def edit(self, calendar: Calendar) -> Calendar:
        given = self.cleaned_data
        own = zip(self.week(), calendar.week, strict=True)
        hours = tuple(None if chosen == usual else chosen for chosen, usual in own)
        period = SpecialPeriod(given["first"], given["last"], given["name"], hours)
        return calendarchanges.add_period(calendar, period)


class PeriodEndForm(forms.Form):
    first = forms.DateField()
    last = forms.DateField()

    def edit(self, calendar: Calendar) -> Calendar:
        return calendarchanges.end_period(calendar, **self.cleaned_data)


class ImportForm(forms.Form):
    prefix = "import"
    file = forms.FileField(
        label=gettext_lazy("CSV file"), help_text=gettext_lazy("Columns: date, kind, name.")
    )
    source = NameField(label=gettext_lazy("Decree"), required=False)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 200 kB. Choose the list of holidays."))
        return file

    def clean(self):
        file = self.cleaned_data.get("file")
        if not file:
            return
        try:
            lines = file.read().decode("utf-8-sig").splitlines(keepends=True)
            self.proposals = read_proposals(lines, source=self.cleaned_data.get("source", ""))
        except UnicodeDecodeError:
            self.add_error("file", _("The file is not UTF-8 text. Save it as CSV UTF-8."))
        except CsvWrong as wrong:
            self.add_error("file", _("Line %(line)s, %(field)s: expected %(expected)s.") % vars(wrong))

    def edit(self, calendar: Calendar) -> Calendar:
        for proposed in self.proposals:
            calendar = accept(calendar, proposed)
        return calendar


class PublishForm(forms.Form):
    prefix = "publish"
    reason = NameField(
        label=gettext_lazy("Why is the calendar changed?"),
        help_text=gettext_lazy("Stands in the history of the calendar."),
        max_length=300,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


def check_span(form: forms.Form) -> None:
    first = form.cleaned_data.get("first")
    last = form.cleaned_data.get("last") or first
    if first and last and last < first:
        form.add_error("last", _("The last day lies before the first. Change one of them."))
    elif first and last and last - first > LONGEST_SPAN:
        form.add_error("last", _("Choose at most 120 days at once."))
