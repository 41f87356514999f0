"""Devices that stopped saying that they are there."""

from datetime import datetime

from loket.people import devices
from loket.people.models import Device


def due(at: datetime) -> list[Device]:
    return devices.silent(at=at)


def notice(device: Device, at: datetime) -> None:
    devices.notice_silence(device=device)
