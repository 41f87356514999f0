"""Files: uploaded by their owner, checked, sent with a message, or forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from loket.base import events, sql
from loket.consultations import filetypes, scanning, storing
from loket.consultations.models import Attachment
from loket.consultations.storing import Stored
from loket.live import announce
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.people.models import User

State = Attachment.State
# Long enough to write the question over a week-end; then the file of nobody's message goes.
UNSENT_FOR = timedelta(days=7)
MEGABYTE = 1024 * 1024


class TooManyFiles(Exception):
    """As many files as one message may carry wait already; args: how many that is."""


class EmptyFile(Exception):
    """There is nothing in it; perhaps the upload broke off."""


def upload(*, owner: User, office: Office, blocks: Iterable[bytes], name: str, at: datetime) -> Attachment:
    """Keep a file for a message of the owner's that is not sent yet.

    The same content under the same name again is the same attachment, so an upload may be repeated.
    With a scanner it stays pending until that has looked. Refuses TooLarge, TooManyFiles, EmptyFile
    and TypeNotAllowed; then nothing is kept.
    """
    limits = limits_from(office.settings)
    stored = storing.store(blocks, most=limits.attachment_megabytes * MEGABYTE)
    own_name = filetypes.safe_name(name)
    try:
        kind = _type(stored, own_name)
        with transaction.atomic():
            events.hold(office.code)
            kept = _keep(owner, office, stored, own_name, kind, limits.attachments, at)
    except BaseException:
        storing.remove(stored.stored_as)
        raise
    if kept.stored_as != stored.stored_as:
        storing.remove(stored.stored_as)
    return kept


def _type(stored: Stored, name: str) -> str:
    if not stored.size:
        raise EmptyFile(name)
    return filetypes.type_of(storing.path_of(stored.stored_as), name)


def _keep(
    owner: User, office: Office, stored: Stored, name: str, kind: str, most: int, at: datetime
) -> Attachment:
    unsent = list(unsent_of(owner, office))
    for earlier in unsent:
        if (earlier.sha256, earlier.name) == (stored.sha256, name):
            return earlier
    if len(unsent) >= most:
        raise TooManyFiles(most)
    looked_at = not scanning.is_set()
    return sql.insert(
        Attachment(
            office=office, owner=owner, name=name, size=stored.size, type=kind, sha256=stored.sha256,
            stored_as=stored.stored_as, state=State.CLEAN if looked_at else State.PENDING, created_at=at,
        )
    )  # fmt: skip


def unsent_of(owner: User, office: Office):
    return Attachment.objects.filter(owner=owner, office=office, message=None, proposal=None).order_by("pk")


@transaction.atomic
def discard(*, attachment: Attachment, owner: User) -> bool:
    """The owner takes an unsent file out again; False when it was sent or is not theirs."""
    events.hold(attachment.office.code)
    gone = Attachment.objects.filter(pk=attachment.pk, owner=owner, message=None, proposal=None).delete()[0]
    if gone:
        transaction.on_commit(lambda: storing.remove(attachment.stored_as))
    return bool(gone)


def check(*, attachment: Attachment, at: datetime) -> None:
    """Let the scanner look at a pending file and keep what it said. Refuses ScannerAway.

    What it refuses is removed from the disk; name and reason stay for those who ask.
    """
    found = scanning.scan(storing.path_of(attachment.stored_as)) if scanning.is_set() else ""
    with transaction.atomic():
        events.hold(attachment.office.code)
        state = State.REFUSED if found else State.CLEAN
        won = Attachment.objects.filter(pk=attachment.pk, state=State.PENDING).update(
            state=state, refusal=found, scanned_at=at
        )
        if won and found:
            events.record(
                office=attachment.office.code, kind="attachment.refuse",
                subject=f"attachment:{attachment.pk}", by="loket", at=at,
            )  # fmt: skip
        if won and attachment.consultation:
            announce.changed(announce.thread(attachment.consultation.token))
    if won and found:
        storing.remove(attachment.stored_as)


def pending(*, at: datetime) -> list[Attachment]:
    """Files no scanner has looked at yet, oldest first."""
    waiting = Attachment.objects.filter(state=State.PENDING, created_at__lte=at).order_by("created_at", "pk")
    return list(waiting.select_related("office", "consultation")[:20])


def forgotten(*, at: datetime) -> list[Attachment]:
    """Files that were uploaded and never sent."""
    old = Attachment.objects.filter(message=None, proposal=None, created_at__lt=at - UNSENT_FOR)
    return list(old.order_by("created_at", "pk").select_related("office")[:200])


def forget(*, attachment: Attachment) -> None:
    with transaction.atomic():
        events.hold(attachment.office.code)
        gone = Attachment.objects.filter(pk=attachment.pk, message=None, proposal=None).delete()[0]
    if gone:
        storing.remove(attachment.stored_as)


def sweep(*, at: datetime) -> int:
    """Remove files that no row names: a crash came between writing them and the commit."""
    removed = 0
    for name in storing.older_than(at - UNSENT_FOR):
        if not Attachment.objects.filter(stored_as=name).exists():
            storing.remove(name)
            removed += 1
    return removed
