"""Complaints: who forgot one is reminded, what nobody objected to becomes final, files are looked at."""

from datetime import datetime

from loket.feedback.actions import complaint_clock, complaint_files, complaint_moves
from loket.feedback.models import Complaint, ComplaintFile


def pressing(at: datetime) -> list[Complaint]:
    return complaint_clock.pressing(at=at)


def press(complaint: Complaint, at: datetime) -> bool:
    return complaint_clock.press(complaint=complaint, at=at)


def expiring(at: datetime) -> list[Complaint]:
    return complaint_clock.expiring(at=at)


def expire(complaint: Complaint, at: datetime) -> bool:
    return complaint_moves.expire(complaint=complaint, at=at)


def unchecked(at: datetime) -> list[ComplaintFile]:
    return complaint_files.pending(at=at)


def check(file: ComplaintFile, at: datetime) -> None:
    complaint_files.check(file=file, at=at)


def sweeping(at: datetime) -> list[str]:
    return ["files"]


def sweep(_: str, at: datetime) -> int:
    return complaint_files.sweep(at=at)
