"""The devices of the hall as its staff see them: what is wrong stands first, in a sentence."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from loket.base import sql
from loket.offices.models import Office
from loket.people.devices import LOST_AFTER
from loket.people.models import Device

PRINTER = {
    "paper_low": lambda: _("paper is running low"),
    "paper_out": lambda: _("the paper has run out"),
    "cover_open": lambda: _("the printer's cover is open"),
    "unreachable": lambda: _("the printer does not answer"),
    "fault": lambda: _("the printer reports a fault"),
}


@dataclass(frozen=True)
class DeviceLine:
    """One device and how it is; `faults` is empty for one that works."""

    pk: int
    name: str
    kind: str
    connected: bool
    faults: tuple[str, ...]
    sound: bool
    # Its printer said, or somebody before it, that no paper comes; staff say when it does again.
    paper: bool


def device_lines(office: Office, *, at: datetime) -> list[DeviceLine]:
    """Paired devices of the office, those with a fault first."""
    paired = "office_id = %s AND revoked_at IS NULL AND paired_at IS NOT NULL ORDER BY kind, name, id"
    lines = [_line(device, at) for device in sql.select(Device, paired, office.pk)]
    return sorted(lines, key=lambda line: not line.faults)


def _line(device: Device, at: datetime) -> DeviceLine:
    # A clock that was set back makes a device neither older nor newer than it is.
    connected = device.last_seen_at is not None and abs(at - device.last_seen_at) <= LOST_AFTER
    return DeviceLine(
        pk=device.pk,
        name=device.name,
        kind=device.kind,
        connected=connected,
        faults=tuple(_faults(device, connected)),
        sound=device.state.get("sound") == "on",
        paper=device.state.get("printer", "ok") == "ok",
    )


def _faults(device: Device, connected: bool):
    if not connected:
        yield _("not connected")
        return
    if device.state.get("sound") == "blocked":
        yield _("without sound: touch the screen once")
    if device.state.get("sound") == "broken":
        yield _("without sound: no word could be played")
    if device.state.get("screen") == "hidden":
        yield _("another window covers it")
    if printer := PRINTER.get(device.state.get("printer", "")):
        yield printer()
