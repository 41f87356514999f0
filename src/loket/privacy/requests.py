"""The register of requests: what people ask about their own data, answered within 3 × 24 hours.

Clock hours, over weekends and holidays (CLOCKS.md; UU 27/2022, 32, 38 to 41).
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from loket.base import events
from loket.base.text import many_lines
from loket.offices.models import Office
from loket.people.models import User
from loket.privacy import letters
from loket.privacy.models import DataRequest

ANSWER_WITHIN = timedelta(hours=72)
LONGEST_WISH = 4_000


class AlreadyAsked(Exception):
    """A request of this kind is open; args: the request. It is answered first."""


class AlreadyEnded(Exception):
    """Somebody has answered this request already."""


def receive(
    *,
    office: Office,
    kind: str,
    email: str,
    proof: str,
    wish: str,
    language: str,
    by: str,
    at: datetime,
    user: User | None = None,
) -> DataRequest:
    """Note a request and confirm it by mail with its due. `at` is aware. Refuses AlreadyAsked."""
    try:
        with transaction.atomic():
            events.hold(office.code)
            asked = DataRequest.objects.create(
                office=office, kind=kind, email=email, proof=proof, user=user, language=language,
                wish=many_lines(wish)[:LONGEST_WISH], received_at=at, due_at=at + ANSWER_WITHIN,
            )  # fmt: skip
            _record(asked, "receive", by=by, at=at)
            letters.received(asked, at=at)
            return asked
    except IntegrityError:
        earlier = _asked_before(office, kind, email)
        if earlier is None:
            raise
    raise AlreadyAsked(earlier)


@transaction.atomic
def _asked_before(office: Office, kind: str, email: str) -> DataRequest | None:
    """Whoever asked first may still wait for the disk, so does this."""
    events.hold(office.code)
    asked = DataRequest.objects.filter(office=office, kind=kind, email=email, state="open")
    return asked.first()  # one


@transaction.atomic
def end(*, asked: DataRequest, done: bool, answer: str, by: str, at: datetime, to: str = "") -> DataRequest:
    """Answer a request: done, or refused with the reason; told by mail. Refuses AlreadyEnded.

    `to` is the address of somebody who has just been erased; it goes as soon as the mail has left.
    """
    events.hold(asked.office.code)
    state = DataRequest.State.DONE if done else DataRequest.State.REFUSED
    words = many_lines(answer)[:LONGEST_WISH]
    won = DataRequest.objects.filter(pk=asked.pk, state=DataRequest.State.OPEN).update(
        state=state, ended_at=at, ended_by=by, answer=words
    )
    if not won:
        raise AlreadyEnded(asked)
    asked.refresh_from_db()
    _record(asked, "end", by=by, at=at, met=at <= asked.due_at, state=state.value)
    letters.ended(asked, to=to or asked.email, at=at)
    return asked


def open_ones(office: Office) -> QuerySet[DataRequest]:
    """What waits for an answer, the nearest due first."""
    return DataRequest.objects.filter(office=office, state=DataRequest.State.OPEN).order_by("due_at", "pk")


def ended_ones(office: Office) -> QuerySet[DataRequest]:
    ended = DataRequest.objects.filter(office=office).exclude(state=DataRequest.State.OPEN)
    return ended.order_by("-ended_at", "-pk")


def _record(asked: DataRequest, verb: str, *, by: str, at: datetime, **data: object) -> None:
    events.record(
        office=asked.office.code,
        kind=f"data_request.{verb}",
        subject=f"data_request:{asked.pk}",
        by=by,
        at=at,
        about=asked.kind,
        **data,
    )
