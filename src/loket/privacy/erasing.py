"""Erasing a person: what names them goes from every room, what counts stays (UU 27/2022, 8, 43 and 44).

1. `preview` says how many rows of which table would change.
2. `erase` changes them in one transaction, and notes by number which people were erased.
3. The note also goes into a file beside the database, so that a restored backup of last week can be
   made to forget them again (`again`).
"""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Field, Model, QuerySet

from loket.base import events, ids
from loket.base.personal import Erasing, Personal
from loket.consultations import storing, words
from loket.feedback.actions import complaint_files
from loket.feedback.models import Complaint
from loket.offices.models import Office
from loket.outbox import actions as outbox
from loket.people import accounts
from loket.people.forgetting import UNTYPED_CODE
from loket.people.models import Membership, User, Visitor
from loket.privacy.models import Erased
from loket.privacy.persons import Person, declared_rows

# The rows whose number and birth name an erased person for ever, without naming anybody.
BIRTHS = {"people.Visitor": "first_seen_at", "people.User": "asked_at", "feedback.Complaint": "received_at"}


class StillStaff(Exception):
    """Somebody with a role at an office is withdrawn by its administrator first."""


class JournalUnreadable(Exception):
    """The journal holds something else than notes; the text says in which line, and what to do."""


def preview(person: Person) -> dict[str, int]:
    """How many rows of each table erasing would change or delete."""
    counts: dict[str, int] = {}
    for each, rows in declared_rows(person):
        if each.erasing is not Erasing.STAYS:
            counts[each.model] = max(counts.get(each.model, 0), rows.count())
    return {model: count for model, count in counts.items() if count}


@transaction.atomic
def erase(*, person: Person, office: Office, by: str, at: datetime) -> dict[str, int]:
    """Erase what names the person, in every room; figures stay as they are. Returns the counts of `preview`.

    `at` is aware. Refuses StillStaff. Doing it again changes nothing.
    """
    events.hold(office.code)
    if Membership.objects.filter(user__in=person.users).exists():
        raise StillStaff(person)
    rows = births(person)
    counts = preview(person)
    # Collected first: the first column emptied may be the one that leads to the others.
    work = [(each, list(rows.values_list("pk", flat=True))) for each, rows in declared_rows(person)]
    for each, keys in work:
        if keys:
            end(each, apps.get_model(each.model)._base_manager.filter(pk__in=keys), at=at)
    words.forget_deleted()
    if rows:
        note = Erased.objects.create(office=office, at=at, by=by, rows=rows, counts=counts)
        events.record(
            office=office.code,
            kind="privacy.erase",
            subject=f"erasure:{note.pk}",
            by=by,
            at=at,
            counts=counts,
        )
        transaction.on_commit(lambda: note_outside(person, rows, at))
    return counts


def end(each: Personal, rows: QuerySet, *, at: datetime) -> None:
    """Do to these rows of a declared table what its declaration says."""
    special = SPECIAL.get((each.model, each.erasing))
    if special:
        special(rows, at)
    elif each.erasing is Erasing.EMPTY:
        model = rows.model
        rows.update(**{name: nothing(model._meta.get_field(name)) for name in each.columns})
    elif each.erasing is Erasing.DELETE_ROW:
        rows.delete()


def nothing(column: Field) -> Any:
    """What an empty column holds."""
    if column.null and not column.has_default():
        return None
    return column.get_default() if column.has_default() else ""


def _forget_guests(rows: QuerySet[Visitor], at: datetime) -> None:
    for visitor in rows.filter(forgotten_at=None):
        Visitor.objects.filter(pk=visitor.pk).update(code=ids.code(UNTYPED_CODE), forgotten_at=at)


def _end_accounts(rows: QuerySet[User], at: datetime) -> None:
    for user in rows:
        accounts.erase(user=user, at=at)


def _forget_mails(rows: QuerySet, at: datetime) -> None:
    outbox.forget(mails=rows, at=at)


def _delete_files(below: str) -> Callable[[QuerySet, datetime], None]:
    """Rows whose bytes lie on the disk: those go with them, once it is certain that the rows have gone."""

    def delete(rows: QuerySet, at: datetime) -> None:
        names = list(rows.values_list("stored_as", flat=True))
        rows.delete()
        transaction.on_commit(lambda: [storing.remove(name, below=below) for name in names])

    return delete


SPECIAL: dict[tuple[str, Erasing], Callable[[QuerySet, datetime], None]] = {
    ("people.Visitor", Erasing.REPLACE): _forget_guests,
    ("people.User", Erasing.REPLACE): _end_accounts,
    ("outbox.Mail", Erasing.EMPTY): _forget_mails,
    ("consultations.Attachment", Erasing.DELETE_ROW): _delete_files(storing.OURS),
    ("feedback.ComplaintFile", Erasing.DELETE_ROW): _delete_files(complaint_files.FOLDER),
}


def journal() -> Path:
    """Where erasures are noted outside the database; it names nobody."""
    return Path(settings.HOME) / "erasures.jsonl"


def again(*, at: datetime) -> int:
    """Erase once more whoever was erased after this database was copied. Returns how many people.

    Asked after a restore. A row counts as the same person when its number and its birth are the same.
    Refuses JournalUnreadable before anybody is erased.
    """
    count = 0
    for noted in noted_outside():
        for model, key, birth in noted["rows"]:
            count += _erase_row(model, key, birth, at, noted)
    return count


def noted_outside() -> list[dict[str, Any]]:
    """The notes of the journal. Refuses JournalUnreadable."""
    try:
        lines = journal().read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as fault:
        raise JournalUnreadable(f"{journal()} cannot be read ({fault.strerror}).") from fault
    return [_read_note(line, number) for number, line in enumerate(lines, start=1) if line.strip()]


def _read_note(line: bytes, number: int) -> dict[str, Any]:
    try:
        noted = json.loads(line.decode("utf-8"))
        if not _is_note(noted):
            raise ValueError(noted)
    except ValueError as fault:
        raise JournalUnreadable(
            f"{journal()} line {number} cannot be read, so nobody knows whom it says to erase: copy the file"
            " from the old place once more. If it is damaged there too, take the line out and erase that"
            " person by hand."
        ) from fault
    return noted


def _is_note(noted: Any) -> bool:
    match noted:
        case {"rows": [*rows]}:
            return all(_is_row(row) for row in rows) and isinstance(noted.get("kept", []), list)
    return False


def _is_row(row: Any) -> bool:
    match row:
        case [str(model), int(), str()]:
            return model in BIRTHS
    return False


@transaction.atomic
def _erase_row(model: str, key: int, birth: str, at: datetime, noted: dict[str, Any]) -> int:
    found = apps.get_model(model)._base_manager.filter(pk=key).first()  # the key is unique
    if found is None or _birth(found) != birth or _is_erased(found):
        return 0
    if isinstance(found, User):
        # Whoever was erased had left the staff before; in an older copy they are still of it.
        Membership.objects.filter(user=found).delete()
    emails = frozenset([found.email]) if found.email else frozenset()
    visitors, users = (frozenset([key] if isinstance(found, kind) else []) for kind in (Visitor, User))
    person = Person(
        visitors, users, emails, office=noted.get("office", ""), hidden=frozenset(noted.get("kept", ()))
    )
    office = _any_office() if isinstance(found, User) else found.office
    erase(person=person, office=office, by="loket", at=at)
    return 1


def _is_erased(found: Visitor | User | Complaint) -> bool:
    if isinstance(found, Complaint):
        return not found.email
    return bool(found.forgotten_at if isinstance(found, Visitor) else found.erased_at)


def _any_office() -> Office:
    return Office.objects.order_by("pk")[0]


def births(person: Person) -> list[list[Any]]:
    people: list[Model] = [
        *Visitor.objects.filter(pk__in=person.visitors, forgotten_at=None).order_by("pk"),
        *User.objects.filter(pk__in=person.users, erased_at=None).order_by("pk"),
        *_complaints(person),
    ]
    return [[each._meta.label, each.pk, _birth(each)] for each in people]


def _complaints(person: Person) -> QuerySet:
    """Theirs; of somebody who only complained nothing else tells a restored backup whom to forget."""
    return next(found for each, found in declared_rows(person) if each.model == Complaint._meta.label)


def _birth(each: Model) -> str:
    born = getattr(each, BIRTHS[each._meta.label])
    return born.isoformat() if born else ""


def note_outside(person: Person, rows: list[list[Any]], at: datetime) -> None:
    """What was left alone (other offices' rows, complaints `kept`) is so when the journal is read."""
    line = {"at": at.isoformat(), "office": person.office, "rows": rows, "kept": sorted(person.hidden)}
    with journal().open("a+b") as file:
        file.write((b"\n" if _is_cut_off(file) else b"") + json.dumps(line).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _is_cut_off(file: BinaryIO) -> bool:
    """A power cut may have left half a line, which must not take the next one along."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"
