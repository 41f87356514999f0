"""The hall: four times, how visits ended, and who came for what."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table
from loket.consultations.models import Kind
from loket.offices.limits import Limits
from loket.people.choices import InstitutionKind
from loket.reports import wording
from loket.reports.meanings import MEANINGS
from loket.reports.report import Ground, Section
from loket.reports.sections.when import span
from loket.rules.queueing import State

UNKNOWN = "unknown"


def times(ground: Ground) -> Section:
    names = {
        "waiting": _("Waiting: from the number to the call"),
        "way": _("Way: from the call to the start"),
        "service": _("Service: from start to end"),
        "handover": _("Hand-over: from a free counter to the start"),
    }
    spreads = ground.now.hall.all.times
    rows = [
        (said, each.count, span(each.median), span(each.mean), span(each.p90), span(each.longest))
        for name, said in names.items()
        if (each := spreads[name])
    ]
    columns = [
        Column("time", _("Time"), width=44),
        Column("count", _("Visits"), "whole"),
        Column("median", _("Median (minutes)"), "minutes"),
        Column("mean", _("Mean (minutes)"), "minutes"),
        Column("p90", _("Nine of ten (minutes)"), "minutes"),
        Column("longest", _("Longest (minutes)"), "minutes"),
    ]
    return Section(
        key="times",
        title=_("Four different times"),
        meaning=str(MEANINGS["times"]),
        table=Table(_("Times"), columns, rows),
    )


def ends(ground: Ground) -> Section:
    hall = ground.now.hall.all
    rows = [(said, hall.ends.get(state, 0)) for state, said in end_names().items()]
    still = hall.taken - sum(count for _said, count in rows)
    if still:
        rows.append((_("Still in the hall"), still))
    rows += [
        (_("Of these: corrected by a supervisor"), hall.corrected),
        (_("Of these: set aside once"), hall.aside),
    ]
    columns = [Column("end", _("End"), width=36), Column("visits", _("Visits"), "whole")]
    return Section(
        key="ends",
        title=_("How visits ended"),
        meaning=str(MEANINGS["ends"]),
        table=Table(_("Ends"), columns, rows),
        rows="left",
    )


def end_names() -> dict[State, str]:
    return {
        State.SERVED: _("Served"),
        State.NO_SHOW: _("Called and did not come"),
        State.CANCELLED: _("Gave the number back"),
        State.EXPIRED: _("Expired at the end of the day"),
        State.UNTIMED: _("Without a known end"),
    }


def door_names() -> dict[str, str]:
    return {"kiosk": _("Kiosk"), "phone": _("Own phone"), "desk": _("At the counter")}


def purpose_names(limits: Limits) -> dict[str, str]:
    return {purpose["code"]: wording.of_language(purpose) for purpose in limits.purposes}


def shares(ground: Ground) -> list[Section]:
    """Purposes, kinds, institutions, channels, services."""
    hall = ground.now.hall
    purposes = purpose_names(ground.limits)
    services = {
        service.code: service.name for office in ground.offices for service in office.services.all()
    } if ground.is_one and len(hall.shares("service")) > 1 else {}  # fmt: skip
    wanted = [
        ("purposes", _("What visitors came for"), _("Purpose"), hall.shares("purpose"), purposes),
        ("kinds", _("Kinds of questions"), _("Kind"), hall.shares("kind"), dict(Kind.choices)),
        (
            "institutions",
            _("Where visitors came from"),
            _("Institution"),
            hall.shares("institution"),
            _institutions(),
        ),
        ("doors", _("How numbers were taken"), _("Channel"), hall.shares("door"), door_names()),
        ("services", _("Services"), _("Service"), hall.shares("service"), services),
    ]
    return [_share(*each) for each in wanted if each[3] and not (each[0] == "services" and len(each[3]) < 2)]


def _share(key: str, title: str, head: str, counts: Mapping[str, int], names: Mapping[str, str]) -> Section:
    total = sum(counts.values())
    listed = sorted(counts.items(), key=lambda entry: (entry[0] == UNKNOWN, -entry[1], entry[0]))
    rows = [(_name(code, names), count, 100 * count / total) for code, count in listed]
    columns = [
        Column("what", head, width=36),
        Column("visits", _("Visits"), "whole"),
        Column("percent", "%", "percent"),
    ]
    return Section(
        key=key,
        title=title,
        meaning=str(MEANINGS["shares"]),
        table=Table(title, columns, rows),
        bars="visits",
    )


def _name(code: str, names: Mapping[str, str]) -> str:
    if code == UNKNOWN:
        return _("not said")
    return str(names.get(code, code))


def _institutions() -> dict[str, str]:
    return dict(InstitutionKind.choices)
