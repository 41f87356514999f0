"""Kiosks, boards and rating tablets: paired by a code once, then one single right at one office."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from loket.base import events, ids
from loket.live import announce
from loket.offices.models import Office
from loket.people.models import Device, token_digest

CODE_LENGTH = 6
CODE_VALID = timedelta(minutes=15)
# A device says every five seconds that it is there; three silent ones in a row are a lost line.
BEAT_EVERY = timedelta(seconds=5)
LOST_AFTER = timedelta(seconds=20)
# What a device may say of itself; anything else in a heartbeat is not kept.
SAYS = {"sound": ("on", "blocked", "broken"), "screen": ("on", "hidden")}


class CodeWrong(Exception):
    """No device of this office and kind waits for this code, or the code is older than 15 minutes."""


class DeviceGone(Exception):
    """The device was withdrawn; add a new one instead."""


@transaction.atomic
def add_device(
    *, office: Office, kind: Device.Kind, name: str, by: str, at: datetime, settings: dict | None = None
) -> Device:
    """Prepare a device; its `pairing_code` is typed into it within 15 minutes."""
    events.hold(office.code)
    device = Device.objects.create(
        office=office,
        kind=kind,
        name=name,
        settings=settings or {},
        pairing_code=ids.code(CODE_LENGTH),
        pairing_expires_at=at + CODE_VALID,
    )
    _tell(device, "device.add", by, at, device_kind=device.kind)
    return device


@transaction.atomic
def renew_code(*, device: Device, by: str, at: datetime) -> Device:
    """A new code for the same device; what was paired before ends when it is used. Refuses DeviceGone."""
    events.hold(device.office.code)
    device.pairing_code, device.pairing_expires_at = ids.code(CODE_LENGTH), at + CODE_VALID
    renewed = Device.objects.filter(pk=device.pk, revoked_at=None).update(
        pairing_code=device.pairing_code, pairing_expires_at=device.pairing_expires_at
    )
    if not renewed:
        raise DeviceGone(device)
    _tell(device, "device.code", by, at)
    return device


@transaction.atomic
def pair(*, office: Office, kind: str, code: str, at: datetime) -> tuple[Device, str]:
    """Exchange the code for the token that the device keeps. Refuses CodeWrong.

    Spaces and small letters do not matter. The code ends with its use; only the token's SHA-256 is
    stored.
    """
    events.hold(office.code)
    spelled = "".join(code.split()).replace("-", "").upper()
    device = Device.objects.filter(
        office=office, kind=kind, pairing_code=spelled, pairing_expires_at__gt=at, revoked_at=None
    ).first()  # the code is unique
    if device is None:
        raise CodeWrong(kind)
    token = secrets.token_urlsafe(32)
    device.pairing_code = device.pairing_expires_at = None
    device.token_digest, device.paired_at = token_digest(token), at
    device.last_seen_at, device.connected = at, True
    device.save()
    _tell(device, "device.pair", device.device_id, at)
    return device, token


@transaction.atomic
def set_up(*, device: Device, name: str, settings: dict, by: str, at: datetime) -> Device:
    """Change what the office calls the device and how it is set. Refuses DeviceGone."""
    events.hold(device.office.code)
    if not Device.objects.filter(pk=device.pk, revoked_at=None).update(name=name, settings=settings):
        raise DeviceGone(device)
    device.name, device.settings = name, settings
    _tell(device, "device.set_up", by, at, settings=sorted(settings))
    return device


@transaction.atomic
def revoke(*, device: Device, by: str, at: datetime) -> None:
    """Withdraw the device's right; it ends at its next request. Doing it again changes nothing."""
    events.hold(device.office.code)
    revoked = Device.objects.filter(pk=device.pk, revoked_at=None).update(
        revoked_at=at, token_digest=None, pairing_code=None, pairing_expires_at=None, connected=False
    )
    if revoked:
        _tell(device, "device.revoke", by, at)


def beat(*, device: Device, says: dict, at: datetime) -> None:
    """The device is there, and how its sound and screen are. Written at most every five seconds.

    Staff hear of it only when something changed; heartbeats are no events.
    """
    state = device.state | {name: says[name] for name, words in SAYS.items() if says.get(name) in words}
    changed = state != device.state or not device.connected
    # A clock that was set back must not silence a device until it has caught up.
    fresh = device.last_seen_at and abs(at - device.last_seen_at) < BEAT_EVERY
    if fresh and not changed:
        return
    with transaction.atomic():
        Device.objects.filter(pk=device.pk).update(last_seen_at=at, state=state, connected=True)
        if changed:
            announce.changed(announce.devices(device.office.code))


def say_printer(*, device: Device, printer: str, at: datetime) -> None:
    """What the printer of a kiosk said last: "ok", or what base.printer names."""
    with transaction.atomic():
        state = Device.objects.values_list("state", flat=True).get(pk=device.pk)
        if state.get("printer") == printer:
            return
        state |= {"printer": printer, "printer_since": at.isoformat()}
        Device.objects.filter(pk=device.pk).update(state=state)
        announce.changed(announce.devices(device.office.code))


def silent(*, at: datetime) -> list[Device]:
    """Devices that count as connected and were not heard of for 20 seconds."""
    late = Q(last_seen_at=None) | Q(last_seen_at__lt=at - LOST_AFTER)
    return list(Device.objects.filter(late, connected=True).select_related("office").order_by("pk"))


@transaction.atomic
def notice_silence(*, device: Device) -> None:
    """Staff are told that the device is gone; one that spoke since it was looked at keeps its line."""
    lost = Device.objects.filter(pk=device.pk, connected=True, last_seen_at=device.last_seen_at)
    if lost.update(connected=False):
        announce.changed(announce.devices(device.office.code))


def _tell(device: Device, kind: str, by: str, at: datetime, **data: object) -> None:
    office = device.office
    events.record(office=office.code, kind=kind, subject=device.device_id, by=by, at=at, **data)
    announce.changed(announce.devices(office.code))
