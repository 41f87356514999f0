"""Everything kept about one person, as data and as a document they can read (UU 27/2022, 6, 7 and 13)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.base.exports import pdf
from loket.base.exports.columns import plain
from loket.privacy import keeping
from loket.privacy.looking import at_person
from loket.privacy.models import Look
from loket.privacy.persons import Person, declared_rows

FORMAT = 1


def collected(
    person: Person, *, language: str, at: datetime, without: Collection[str] = ()
) -> dict[str, Any]:
    """The export as JSON can hold it: what, why, how long, and the rows. `at` (aware) is the moment it is of.

    `without`: tables left out, because another than the person reads it.

    Who looked at the person is part of it (UU 27/2022, 7).
    """
    with override(language):
        parts = [
            {
                "table": each.model,
                "what": str(each.what),
                "purpose": str(each.purpose),
                "kept": str(keeping.words(each.kept)),
                "basis": each.basis.value,
                "rows": [_row(found, each.columns) for found in rows],
            }
            for each, rows in declared_rows(person)
            if each.model not in SECRETS and each.model not in without
        ]
        looks = [_look(each) for each in at_person(person.subjects).order_by("at", "pk")]
    return {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "parts": [part for part in parts if part["rows"]],
        "looks": looks,
    }


def _look(look: Look) -> dict[str, str]:
    return {
        "at": look.at.isoformat(),
        "doing": look.doing,
        "what": str(look.get_doing_display()),
        "consultation": look.consultation.label if look.consultation else "",
        "office": look.office.code,
        "reason": look.reason,
    }


# What opens a door is shown to nobody, its owner included: it could be stolen from the export.
SECRETS = ("sessions.Session", "mfa.Authenticator", "people.SignIn", "people.Invitation")


# Mails hold codes and secrets that open doors; in the hands of the staff the copy is without them.
NOT_FOR_STAFF = ("outbox.Mail",)


def _row(found: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    return {"id": found.pk} | {name: plain("text", getattr(found, name)) for name in columns}


def as_pdf(data: dict[str, Any], *, office: str, language: str, at: datetime) -> bytes:
    """The same, to read and to print: tagged, in the person's language."""
    with override(language):
        title = _("Your data at %(office)s") % {"office": office}
        words = {
            "office": office,
            "purpose": _("What for"),
            "kept": _("Kept"),
            "nothing": _("Nothing is kept about you."),
            "looks": _("Who of the staff looked at your data"),
            "nobody": _("Nobody so far."),
        }
        return pdf.make("person", {"export": data, "words": words}, title=title, language=language, at=at)
