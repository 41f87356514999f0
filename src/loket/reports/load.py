"""How much work each officer had: by name in the order of the alphabet, so that it is no ranking."""

from collections import Counter, defaultdict
from datetime import datetime, time

from django.db.models import Count
from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table
from loket.consultations.models import Message
from loket.consultations.queries import overdue
from loket.offices.models import Office
from loket.people.models import User
from loket.reports.meanings import MEANINGS
from loket.reports.report import Section
from loket.rules.consulting import ENDS_TURN
from loket.rules.periods import Period
from loket.rules.queueing import State
from loket.visits.models import Ticket


def load(office: Office, period: Period, *, at: datetime) -> Section:
    """Four queries. What nobody has answered at `at` (aware) stands below, since it is nobody's work yet."""
    work: dict[int, Counter[str]] = defaultdict(Counter)
    days = (period.first, period.last)
    served = Ticket.objects.filter(office=office, day__range=days, state=State.SERVED, officer__isnull=False)
    for officer, count in served.values_list("officer").annotate(Count("pk")).order_by("officer"):
        work[officer]["served"] += count
    answers = Message.objects.filter(
        consultation__office=office,
        kind__in=[kind.value for kind in ENDS_TURN],
        author__isnull=False,
        at__range=period_instants(office, period),
    )
    for author, count in answers.values_list("author").annotate(Count("pk")).order_by("author"):
        work[author]["answered"] += count
    people = sorted(User.objects.filter(pk__in=work), key=lambda person: (str(person).casefold(), person.pk))
    rows = [(str(person), work[person.pk]["served"], work[person.pk]["answered"]) for person in people]
    columns = [
        Column("officer", _("Officer"), width=36),
        Column("served", _("Visits served"), "whole"),
        Column("answered", _("Answers on the portal"), "whole"),
    ]
    return Section(
        key="load",
        title=_("Work of each officer"),
        meaning=str(MEANINGS["load"]),
        table=Table(_("Work"), columns, rows),
        note=" ".join(["" if rows else _("None in this period."), _unanswered(office, at)]).strip(),
    )


def _unanswered(office: Office, at: datetime) -> str:
    count = overdue([office], at=at)
    return _("Overdue now and not answered: %(count)s.") % {"count": count} if count else ""


def period_instants(office: Office, period: Period) -> tuple[datetime, datetime]:
    """The first and the last instant of the period on the office's own clock."""
    return (
        datetime.combine(period.first, time(), office.tz),
        datetime.combine(period.last, time.max, office.tz),
    )
