"""What was kept for a time is forgotten when it is over: answers to presses, people, words of mails."""

from datetime import datetime

from loket.base import limiting, replay
from loket.base.models import Replay
from loket.feedback.actions import judging
from loket.offices.models import Office
from loket.outbox import actions as outbox
from loket.people import accounts
from loket.privacy import retaining


def replays_due(at: datetime) -> list[str]:
    old = Replay.objects.filter(at__lt=at - replay.KEPT_FOR).exists()
    return ["replays"] if old else []


def forget_replays(_: str, at: datetime) -> int:
    return replay.forget_old(at=at)


def tries_due(at: datetime) -> list[str]:
    return ["tries"] if limiting.over(at=at).exists() else []


def forget_tries(_: str, at: datetime) -> int:
    return limiting.over(at=at).delete()[0]


def periods_due(at: datetime) -> list[Office]:
    offices = Office.objects.filter(serves=True).order_by("pk")
    return [office for office in offices if retaining.is_due(office, at=at)]


def retain(office: Office, at: datetime) -> int:
    return sum(retaining.retain(office, at=at).values())


def mails_due(at: datetime) -> list[str]:
    return ["mails"] if outbox.forgettable(at=at).exists() else []


def forget_mails(_: str, at: datetime) -> int:
    return outbox.forget_words(at=at)


def unopened_due(at: datetime) -> list[str]:
    return ["accounts"] if accounts.unopened(at=at).exists() else []


def forget_unopened(_: str, at: datetime) -> int:
    return accounts.forget_unopened(at=at)


def origins_due(at: datetime) -> list[str]:
    return ["origins"] if judging.old_origins(at=at).exists() else []


def forget_origins(_: str, at: datetime) -> int:
    return judging.forget_origins(at=at)
