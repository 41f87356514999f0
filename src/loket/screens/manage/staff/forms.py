from django import forms
from django.utils.translation import gettext_lazy as _

from loket.consultations.models import Kind
from loket.people.models import Role
from loket.screens.fields import NameLine

ROLES = [
    (Role.OFFICER, _("Officer: calls and serves visitors")),
    (Role.SUPERVISOR, _("Supervisor: sees the day, corrects, looks after devices and the calendar")),
    (Role.ADMINISTRATOR, _("Administrator: people, settings, services and counters as well")),
    (Role.READER, _("Reader: figures of this office and of those below it, no names")),
    (Role.AUDITOR, _("Auditor: the event log and who looked at data, nothing else")),
]


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation and every sign-in code go there."),
        error_messages={
            "required": _("Type the person's e-mail address."),
            "invalid": _("Type a full address, such as name@office.go.id."),
        },
    )
    name = NameLine(label=_("Name"), max_length=120, error_messages={"required": _("Type the name.")})
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect, initial=Role.OFFICER)


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=ROLES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is taken away ends at the person's next step."),
        error_messages={"required": _("Tick at least one role, or withdraw the person below.")},
    )


class SpecialitiesForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of question"),
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "When questions are handed out, this person is asked first for these. With none ticked, "
            "whoever has least to do."
        ),
        required=False,
    )
