"""Answers kept for pressing twice are forgotten after their time (base.replay)."""

from datetime import datetime

from loket.base import replay
from loket.base.models import Replay


def due(at: datetime) -> list[str]:
    old = Replay.objects.filter(at__lt=at - replay.KEPT_FOR).exists()
    return ["replays"] if old else []


def forget(_: str, at: datetime) -> int:
    return replay.forget_old(at=at)
