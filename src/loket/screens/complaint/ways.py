"""The ways to complain that the office's standard names, as links where a device can follow them."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.offices.models import Office

NATIONAL = "https://www.lapor.go.id/"


@dataclass(frozen=True)
class Way:
    icon: str
    label: str
    value: str
    links: tuple[tuple[str, str], ...]


def ways_of(office: Office) -> list[Way]:
    """Box, web, mail and phone as published; without a standard the office's own contacts."""
    standard = office.standards.order_by("-version").first()
    printed = (standard.content.get("complaints") or []) if standard else []
    found = [_way(entry) for entry in printed] or _contacts(office)
    return [*found, Way("globe", _("National site"), "SP4N-LAPOR!", ((_("Open"), NATIONAL),))]


def _way(entry: dict[str, str]) -> Way:
    channel, value, address = entry["channel"], entry["value"], entry.get("address", "")
    if channel == "email":
        return Way("mail", entry["label"], value, ((_("Write"), address or f"mailto:{value}"),))
    if channel == "phone":
        return Way("smartphone", entry["label"], value, _phone_links(value))
    if channel == "web":
        return Way("globe", entry["label"], value, ((_("Open"), address),) if address else ())
    return Way("inbox", entry["label"], value, ())


def _contacts(office: Office) -> list[Way]:
    found = []
    if office.email:
        found.append(Way("mail", _("E-mail"), office.email, ((_("Write"), f"mailto:{office.email}"),)))
    if office.phone:
        found.append(Way("smartphone", _("Phone"), office.phone, _phone_links(office.phone)))
    return found


def _phone_links(printed: str) -> tuple[tuple[str, str], ...]:
    """WhatsApp and SMS for a mobile number (08... or +628...); a desk telephone is only called."""
    digits = re.sub(r"[^0-9+]", "", printed.split("/")[0].split(",")[0])
    international = re.sub(r"^\+?(62|0)", "62", digits)
    if not re.fullmatch(r"62\d{7,13}", international):
        return ()
    if not international.startswith("628"):
        return ((_("Call"), f"tel:+{international}"),)
    return (("WhatsApp", f"https://wa.me/{international}"), ("SMS", f"sms:+{international}"))
