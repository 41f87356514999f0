"""Data asked for, online consultations and ratings."""

from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table
from loket.consultations.models import Consultation, DataItem
from loket.feedback.reasons import SCORES
from loket.reports import wording
from loket.reports.meanings import MEANINGS
from loket.reports.report import Ground, Section


def data(ground: Ground) -> Section | None:
    data = ground.now.data
    if not data.total:
        return None
    names = {**dict(DataItem.Found.choices), "open": _("not looked for yet")}
    rows = [
        (str(said), data.found[code], 100 * data.found[code] / data.total)
        for code, said in names.items()
        if code in data.found
    ]
    return Section(
        key="data",
        title=_("Whether the data were there"),
        meaning=str(MEANINGS["data"]),
        table=Table(_("Data asked for"), _share_columns(_("Result"), _("Rows of data")), rows),
        bars="count",
    )


def answers(ground: Ground) -> Section | None:
    online = ground.now.online
    rows = [
        (_("Consultations received"), online.asked),
        (_("Further replies of visitors"), online.replied),
        (_("Answered on time"), online.kept),
        (_("Answered late"), online.late),
        (_("Of these: excused by a supervisor"), online.excused),
        (_("Latest answer, working days after its deadline"), online.late_days.longest),
        (_("Closed as solved"), online.closed.get(Consultation.Reason.SOLVED, 0)),
        (_("Closed without a response"), online.closed.get(Consultation.Reason.NO_RESPONSE, 0)),
        (_("Withdrawn by the visitor"), online.closed.get(Consultation.Reason.WITHDRAWN, 0)),
        (_("Re-opened"), online.reopened),
        (_("Closings that a reply in time made void"), online.voided),
    ]
    if not any(count for _said, count in rows):
        return None
    columns = [Column("what", _("What"), width=44), Column("count", _("Count"), "whole")]
    return Section(
        key="answers",
        title=_("Consultations on the portal"),
        meaning=str(MEANINGS["answers"]),
        table=Table(_("Consultations"), columns, rows),
    )


def ratings(ground: Ground) -> Section | None:
    ratings = ground.now.ratings
    if not ratings.count:
        return None
    rows = [
        (
            f"{score} · {said}",
            ratings.scores.get(score, 0),
            100 * ratings.scores.get(score, 0) / ratings.count,
        )
        for score, said in SCORES.items()
    ]
    described = _("Mean %(mean)s of 5 from %(count)s ratings.") % {
        "mean": wording.number(ratings.mean, 1),
        "count": wording.number(ratings.count),
    }
    return Section(
        key="ratings",
        title=_("What visitors thought"),
        meaning=str(MEANINGS["ratings"]),
        table=Table(_("Ratings"), _share_columns(_("Score"), _("Ratings")), rows),
        bars="count",
        note=described,
    )


def complaints(ground: Ground) -> Section | None:
    complaints = ground.now.complaints
    rows = [
        (_("Complaints received"), complaints.received),
        (_("Decided in time"), complaints.in_time),
        (_("Decided late"), complaints.late),
    ]
    if not any(count for _said, count in rows):
        return None
    columns = [Column("what", _("What"), width=44), Column("count", _("Count"), "whole")]
    return Section(
        key="complaints",
        title=_("Complaints"),
        meaning=str(MEANINGS["complaints"]),
        table=Table(_("Complaints"), columns, rows),
    )


def searches(ground: Ground) -> Section | None:
    searches = ground.now.searches
    if not searches.count:
        return None
    names = {
        "opened": _("A result was opened, no question followed"),
        "asked": _("Became a question to the officer"),
        "left": _("Results were left unopened"),
        "nothing": _("Nothing was found"),
    }
    rows = [
        (said, searches.became.get(code, 0), 100 * searches.became.get(code, 0) / searches.count)
        for code, said in names.items()
    ]
    note = _("%(percent)s of %(count)s searches needed no officer.") % {
        "percent": wording.percent(searches.spared_percent),
        "count": wording.number(searches.count),
    }
    return Section(
        key="searches",
        title=_("What searching spared"),
        meaning=str(MEANINGS["searches"]),
        table=Table(_("Searches"), _share_columns(_("Result"), _("Searches")), rows),
        bars="count",
        note=note,
    )


def _share_columns(what: str, count: str) -> list[Column]:
    return [
        Column("what", what, width=36), Column("count", count, "whole"), Column("percent", "%", "percent"),
    ]  # fmt: skip
