"""Files that come with a complaint: under names that say nothing, looked at before anybody opens them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from loket.base import events
from loket.consultations import filetypes, scanning, storing
from loket.feedback.models import Complaint, ComplaintFile, ComplaintMessage

FOLDER = "complaints"
MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
MOST = 3
# A file is on the disk before its complaint is in the database; afterwards nobody waits so long.
UNNAMED_FOR = timedelta(days=1)


class NoFile(Exception):
    """It is too large, empty, or of a type that is not taken; args: its name."""


@dataclass(frozen=True)
class Kept:
    """A file that is whole on the disk, though no complaint names it yet."""

    name: str
    type: str
    size: int
    sha256: str
    stored_as: str


def keep(*, blocks: Iterable[bytes], name: str) -> Kept:
    """Write an uploaded file to the disk. Refuses NoFile and leaves nothing."""
    own_name = filetypes.safe_name(name)
    try:
        stored = storing.store(blocks, most=LARGEST, below=FOLDER)
    except storing.TooLarge:
        raise NoFile(own_name) from None
    try:
        if not stored.size:
            raise NoFile(own_name)
        kind = filetypes.type_of(storing.path_of(stored.stored_as, below=FOLDER), own_name)
    except (NoFile, filetypes.TypeNotAllowed):
        storing.remove(stored.stored_as, below=FOLDER)
        raise NoFile(own_name) from None
    return Kept(own_name, kind, stored.size, stored.sha256, stored.stored_as)


def attach(
    *, complaint: Complaint, kept: Kept, at: datetime, message: ComplaintMessage | None = None
) -> ComplaintFile:
    """Within the transaction of the complaint, or of the `message` it came with."""
    state = ComplaintFile.State.PENDING if scanning.is_set() else ComplaintFile.State.CLEAN
    return ComplaintFile.objects.create(
        complaint=complaint,
        message=message,
        name=kept.name,
        type=kept.type,
        size=kept.size,
        stored_as=kept.stored_as,
        state=state,
        at=at,
    )


def drop_unnamed(kept: Sequence[Kept]) -> None:
    """Remove what no complaint names: it was refused, or pressed twice and named by the first press."""
    names = {each.stored_as for each in kept}
    named = ComplaintFile.objects.filter(stored_as__in=names).values_list("stored_as", flat=True)
    for name in names.difference(named) if names else ():
        storing.remove(name, below=FOLDER)


def pending(*, at: datetime) -> list[ComplaintFile]:
    waiting = ComplaintFile.objects.filter(state=ComplaintFile.State.PENDING, at__lte=at)
    return list(waiting.select_related("complaint__office").order_by("pk")[:20])


def check(*, file: ComplaintFile, at: datetime) -> None:
    """Let the scanner look, as for files of consultations. Refuses ScannerAway."""
    found = scanning.scan(storing.path_of(file.stored_as, below=FOLDER)) if scanning.is_set() else ""
    state = ComplaintFile.State.REFUSED if found else ComplaintFile.State.CLEAN
    with transaction.atomic():
        events.hold(file.complaint.office.code)
        won = ComplaintFile.objects.filter(pk=file.pk, state=ComplaintFile.State.PENDING).update(state=state)
        if won and found:
            events.record(
                office=file.complaint.office.code, kind="complaint.refuse_file",
                subject=f"complaint:{file.complaint_id}", by="loket", at=at,
            )  # fmt: skip
    if won and found:
        storing.remove(file.stored_as, below=FOLDER)


def sweep(*, at: datetime) -> int:
    """Remove files that no row names: erased with their complaint, or left by a crash."""
    removed = 0
    for name in storing.older_than(at - UNNAMED_FOR, below=FOLDER):
        if not ComplaintFile.objects.filter(stored_as=name).exists():
            storing.remove(name, below=FOLDER)
            removed += 1
    return removed
