"""What an office says about a device: its name, the counter of a tablet, the printer of a kiosk."""

import ipaddress

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.base.text import one_line
from loket.offices.models import Counter, Office
from loket.people.models import Device

PAPER = {"": _("It has no printer"), "80": _("80 mm"), "58": _("58 mm")}


class DeviceForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        help_text=_("So that everybody knows which one is meant, e.g. Screen at the entrance."),
        max_length=60,
        error_messages={"required": _("Give the device a name.")},
    )

    def __init__(self, *args, office: Office, **kwargs):
        self.office = office
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def settings(self) -> dict:
        return {}


class BoardForm(DeviceForm):
    """A board has nothing to set."""


class TabletForm(DeviceForm):
    counter = forms.TypedChoiceField(label=_("At which counter does it stand?"), coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        numbers = Counter.objects.filter(office=self.office, active=True).order_by("number")
        self.fields["counter"].choices = [
            (number, _("Counter %(number)s") % {"number": number})
            for number in numbers.values_list("number", flat=True)
        ]

    def settings(self) -> dict:
        return {"counter": self.cleaned_data["counter"]}


class KioskForm(DeviceForm):
    roll = forms.ChoiceField(
        label=_("Paper for tickets"),
        help_text=_("Without a printer the kiosk shows the number and a code for the phone."),
        choices=list(PAPER.items()),
        required=False,
    )
    printer_host = forms.CharField(
        label=_("Address of a printer on the network"),
        help_text=_(
            "Such as 192.168.1.50, for a printer with a network cable. Left empty, the kiosk's own browser "
            "prints."
        ),
        required=False,
        max_length=45,
    )
    printer_port = forms.IntegerField(
        label=_("Port of the printer"),
        help_text=_("Nearly always 9100."),
        min_value=1024,
        max_value=65535,
        required=False,
    )

    def clean_printer_host(self) -> str:
        host = self.cleaned_data["printer_host"].strip()
        if host and not in_house(host):
            raise forms.ValidationError(
                _("Type the printer's number in the office's own network, such as 192.168.1.50.")
            )
        return host

    def settings(self) -> dict:
        values = self.cleaned_data
        if values["printer_host"]:
            width = int(values["roll"] or 80)
            port = values["printer_port"] or 9100
            return {"printer": {"host": values["printer_host"], "port": port, "width": width}}
        return {"roll": values["roll"]} if values["roll"] else {}


def in_house(host: str) -> bool:
    """An address of the office's own network: the program never speaks to others on a form's word."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private and not address.is_unspecified and not address.is_multicast


FORMS = {Device.Kind.KIOSK: KioskForm, Device.Kind.BOARD: BoardForm, Device.Kind.RATING: TabletForm}


def form_for(kind: str, *args, device: Device | None = None, **kwargs) -> DeviceForm:
    """The form of this kind of device, filled with what is set now."""
    if device:
        printer = device.settings.get("printer", {})
        kwargs["initial"] = {
            "name": device.name,
            "counter": device.settings.get("counter"),
            "roll": device.settings.get("roll") or str(printer.get("width", "")),
            "printer_host": printer.get("host"),
            "printer_port": printer.get("port"),
        }
    return FORMS[Device.Kind(kind)](*args, **kwargs)
