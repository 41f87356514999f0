"""Making a report of one office, a province or the nation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from loket.offices.models import Office
from loket.reports import wording
from loket.reports.cards import cards
from loket.reports.report import Card, Ground, Section, ground
from loket.reports.sections import sections
from loket.reports.sections.when import working_days
from loket.rules.periods import Period


@dataclass(frozen=True)
class Report:
    office: Office
    period: Period
    at: datetime
    title: str
    summary: str
    cards: Sequence[Card]
    sections: Sequence[Section]
    # What a reader has to know before signing.
    remarks: Sequence[str]
    working_days: int | None
    offices: int


def make(*, office: Office, offices: Sequence[Office], period: Period, at: datetime) -> Report:
    """The report of `offices` for `period` at `at` (aware), named after `office`, in the active language."""
    made = ground(office=office, offices=offices, period=period, at=at)
    return Report(
        office=office,
        period=period,
        at=at,
        title=wording.period_title(period),
        summary=_summary(made),
        cards=cards(made),
        sections=sections(made),
        remarks=_remarks(made),
        working_days=working_days(made),
        offices=len(offices),
    )


def _summary(made: Ground) -> str:
    hall, online = made.now.hall.all, made.now.online
    said = []
    if hall.measured:
        said.append(
            _("The promise of %(minutes)s minutes was kept for %(kept)s of %(all)s visits.")
            % {
                "minutes": made.limits.handover_minutes,
                "kept": wording.number(hall.kept),
                "all": wording.number(hall.measured),
            }
        )
    if online.answered and not online.late:
        said.append(_("Every question on the portal was answered on time."))
    elif online.late:
        said.append(
            _("Answered late on the portal: %(late)s of %(all)s.")
            % {"late": wording.number(online.late), "all": wording.number(online.answered)}
        )
    return " ".join(said) or _("Nothing was measured in this period yet.")


def _remarks(made: Ground) -> list[str]:
    hall = made.now.hall
    said = [_("Counted from the log of events, which cannot be changed unseen.")]
    if untimed := hall.all.ends.get("untimed", 0):
        said.append(
            _("Visits without a known end, left out of the times: %(count)s.")
            % {"count": wording.number(untimed)}
        )
    if hall.all.corrected:
        said.append(
            _("Visits corrected by a supervisor, left out of the times: %(count)s.")
            % {"count": wording.number(hall.all.corrected)}
        )
    if made.now.online.excused:
        said.append(
            _("Late answers that a supervisor excused: %(count)s.")
            % {"count": wording.number(made.now.online.excused)}
        )
    if hall.unnamed:
        said.append(
            _("Visits without a page in the guest book: %(count)s.") % {"count": wording.number(hall.unnamed)}
        )
    return said
