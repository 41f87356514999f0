"""What is written to colleagues about a consultation: given, due, moved, waiting for a second officer."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.consultations.letters import Letter, greeting
from loket.consultations.messages import key_of, names_of, put
from loket.consultations.models import Consultation, Proposal
from loket.offices.explaining import until
from loket.outbox import actions as outbox
from loket.outbox.models import Mail
from loket.people.links import link_to
from loket.people.models import User


def desk_path(consultation: Consultation) -> str:
    return f"/{consultation.office.code}/petugas/konsultasi/{consultation.token}/"


def to_officer(
    consultation: Consultation,
    officer: User,
    key: str,
    sentence: Callable[[], str],
    *,
    at: datetime,
    subject: Callable[[], str] | None = None,
    not_before: datetime | None = None,
    among: list[Mail] | None = None,
) -> None:
    """A word to a colleague; `sentence` and `subject` are called in the officer's language."""
    with override(officer.language):
        put(
            consultation,
            to=officer.email,
            key=f"{key}:{officer.pk}",
            kind="consultation.reminder",
            at=at,
            not_before=not_before,
            among=among,
            letter=Letter(
                subject=subject() if subject else _waits(consultation),
                greeting=greeting(officer.name),
                lines=[sentence()],
                link=link_to(desk_path(consultation), reader=officer, at=at),
                link_text=_("Open the consultation"),
            ),
        )


def given(
    thread: Consultation, officer: User, *, by: str, at: datetime, among: list[Mail] | None = None
) -> None:
    """It is the officer's now; whoever took it knows."""
    if officer.staff_id != by:
        to_officer(
            thread,
            officer,
            f"assigned:{thread.version}:{at:%Y%m%d%H%M%S%f}",
            lambda: _("Consultation %(number)s was given to you.") % names_of(thread),
            at=at,
            among=among,
        )


def _waits(consultation: Consultation) -> str:
    return _("Consultation %(number)s waits for an answer") % names_of(consultation)


def deadline_moved_for_officer(
    consultation: Consultation, *, why: str, version: int, at: datetime, not_before: datetime
) -> None:
    officer = consultation.assignee
    if officer is None or not officer.is_active:
        return
    to_officer(
        consultation,
        officer,
        f"moved:{consultation.turn}:{version}",
        lambda: (
            _("The office's calendar has changed: %(why)s. The answer is now due on %(due)s.")
            % {"why": why, "due": until(consultation.office, consultation.due_at)}
        ),
        at=at,
        not_before=not_before,
    )


def proposed(
    thread: Consultation, proposal: Proposal, readers: list[User], *, at: datetime, not_before: datetime
) -> None:
    """Somebody else has to read it; each of `readers` can. Not before `not_before`: nothing at night."""
    names = {"name": proposal.author.name, "number": thread.label}
    for reader in readers:
        to_officer(
            thread,
            reader,
            _key(proposal),
            lambda: _("%(name)s has written to the visitor of %(number)s and asks you to read it.") % names,
            subject=lambda: _("Consultation %(number)s: please read before it goes out") % names,
            at=at,
            not_before=not_before,
        )


def no_longer(proposal: Proposal, *, at: datetime) -> None:
    """Whoever was asked to read it: a word about it that has not left yet need not leave."""
    outbox.withdraw_all(key=key_of(proposal.consultation, f"{_key(proposal)}:"), at=at)


def released(thread: Consultation, proposal: int, author: User, by: User, *, at: datetime) -> None:
    names = {"name": by.name, "number": thread.label}
    to_officer(
        thread,
        author,
        f"released:{proposal}",
        lambda: _("%(name)s has read it. It is on its way to the visitor, in your name.") % names,
        subject=lambda: _("Consultation %(number)s: your message has gone out") % names,
        at=at,
    )


def given_back(thread: Consultation, proposal: int, author: User, by: User, *, at: datetime) -> None:
    names = {"name": by.name, "number": thread.label}
    to_officer(
        thread,
        author,
        f"given-back:{proposal}",
        lambda: (
            _(
                "%(name)s gives it back: nothing has gone out, and the deadline goes on. Your words are your "
                "draft again; what should change stands in a note."
            )
            % names
        ),
        subject=lambda: _("Consultation %(number)s: please look at your message again") % names,
        at=at,
    )


def _key(proposal: Proposal) -> str:
    return f"proposed:{proposal.pk}"
