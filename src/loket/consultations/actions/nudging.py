"""Who is asked to read what waits for a second officer: asked once each, in opening hours, and no more
when it waits no longer or somebody else has the consultation.
"""

from datetime import datetime

from loket.consultations import colleagues
from loket.consultations.actions import clocking
from loket.consultations.actions.escalating import supervisors
from loket.consultations.models import Consultation, Proposal
from loket.people.access import DESK, works_at
from loket.people.models import User


def ask(thread: Consultation, proposal: Proposal, *, but: User | None, at: datetime) -> None:
    """A word to those who should read it; to `but`, who is looking at it now, none."""
    opens = clocking.published(thread.office).calendar.open_from(at)
    readers = [reader for reader in _readers(thread, proposal.author) if reader != but]
    colleagues.proposed(thread, proposal, readers, at=at, not_before=opens)


def ask_others(thread: Consultation, *, but: User | None, at: datetime) -> None:
    """The consultation is somebody else's now: who was asked and has no mail yet need not read it."""
    proposal = Proposal.objects.filter(consultation=thread).select_related("author").first()  # unique
    if proposal:
        colleagues.no_longer(proposal, at=at)
        ask(thread, proposal, but=but, at=at)


def _readers(thread: Consultation, author: User) -> list[User]:
    """Whom to ask: who has the consultation, else those who lead the office, else everybody at the desk;
    never the author.
    """
    assignee = thread.assignee
    if assignee and assignee != author and works_at(assignee, thread.office):
        return [assignee]
    leads = [person for person in supervisors(thread.office) if person != author]
    here = User.objects.filter(memberships__office=thread.office, memberships__role__in=DESK, is_active=True)
    return leads or list(here.exclude(pk=author.pk).distinct().order_by("pk"))
