"""Attached files: the scanner looks at them, and what nobody sent goes."""

from datetime import datetime

from loket.consultations.actions import attaching
from loket.consultations.models import Attachment


def pending(at: datetime) -> list[Attachment]:
    return attaching.pending(at=at)


def check(attachment: Attachment, at: datetime) -> None:
    attaching.check(attachment=attachment, at=at)


def forgotten(at: datetime) -> list[Attachment]:
    return attaching.forgotten(at=at)


def forget(attachment: Attachment, at: datetime) -> None:
    attaching.forget(attachment=attachment)


def sweeping(at: datetime) -> list[str]:
    return ["files"]


def sweep(_: str, at: datetime) -> int:
    return attaching.sweep(at=at)
