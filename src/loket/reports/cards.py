"""The six figures of a report, each with what it was in the period before."""

from django.utils.translation import gettext as _

from loket.reports import wording
from loket.reports.meanings import MEANINGS
from loket.reports.report import Card, Ground

# Smaller differences are the same figure to whoever reads it.
SAME = 0.05


def cards(ground: Ground) -> list[Card]:
    return [
        _served(ground),
        _kept(ground),
        _answered(ground),
        _waiting(ground),
        _rating(ground),
        _persons(ground),
    ]


def _served(ground: Ground) -> Card:
    now, before = ground.now.hall.all.served, ground.before.hall.all.served
    return _card(
        "served", _("Visits served"), wording.number(now), "", _count(ground, now, before), "visits", now
    )


def _persons(ground: Ground) -> Card:
    now, before = ground.now.total.persons, ground.before.total.persons
    said = _count(ground, now, before)
    return _card("persons", _("Different persons"), wording.number(now), "", said, "persons", now)


def _kept(ground: Ground) -> Card:
    hall = ground.now.hall.all
    label = _("Served within %(minutes)s minutes") % {"minutes": ground.limits.handover_minutes}
    said, tone = _share(hall.kept, hall.measured, hall.kept_percent, ground.before.hall.all.kept_percent)
    return _card("kept", label, *_percent(hall.kept_percent), said, "handover", hall.kept_percent, tone)


def _answered(ground: Ground) -> Card:
    online = ground.now.online
    label = _("Answered within %(days)s working days") % {"days": ground.limits.answer_days}
    said, tone = _share(online.kept, online.answered, online.kept_percent, ground.before.online.kept_percent)
    return _card(
        "answered", label, *_percent(online.kept_percent), said, "answers", online.kept_percent, tone
    )


def _waiting(ground: Ground) -> Card:
    now, before = (each.hall.all.times["waiting"].median for each in (ground.now, ground.before))
    if now is None:
        said, tone = _("Nobody was called."), ""
    else:
        said, tone = _moved(now / 60, before and before / 60, wording.minutes(before), less_is_better=True)
    unit = _("minutes") if now is not None else ""
    return _card(
        "waiting",
        _("Waiting time, median"),
        wording.minutes(now),
        unit,
        said,
        "times",
        now and now / 60,
        tone,
    )


def _rating(ground: Ground) -> Card:
    ratings, before = ground.now.ratings, ground.before.ratings
    if ratings.mean is None:
        return _card(
            "rating", _("Rating of visitors"), wording.NOTHING, "", _("No ratings yet."), "ratings", None
        )
    moved, tone = _moved(ratings.mean, before.mean, wording.number(before.mean, 1))
    said = _("%(count)s ratings; %(moved)s") % {"count": wording.number(ratings.count), "moved": moved}
    value = wording.number(ratings.mean, 1)
    return _card("rating", _("Rating of visitors"), value, _("of 5"), said, "ratings", ratings.mean, tone)


def _card(key, label, value, unit, before, meaning, raw, tone="") -> Card:
    return Card(
        key=key, label=label, value=value, unit=unit, before=before, meaning=str(MEANINGS[meaning]), raw=raw,
        tone=tone,
    )  # fmt: skip


def _percent(value: float | None) -> tuple[str, str]:
    return (wording.number(value, 1), "%") if value is not None else (wording.NOTHING, "")


def _share(part: int, whole: int, now: float | None, before: float | None) -> tuple[str, str]:
    """175 of 186; better than 91,8 %"""
    if now is None:
        return _("Nothing was measured."), ""
    moved, tone = _moved(now, before, wording.percent(before))
    return f"{wording.of_all(part, whole)}; {moved}", tone


def _moved(now: float, before: float | None, was: str, *, less_is_better: bool = False) -> tuple[str, str]:
    if before is None:
        return _("nothing to compare with"), ""
    if abs(now - before) < SAME:
        return _("as before"), ""
    if (now < before) == less_is_better:
        return _("better than %(was)s") % {"was": was}, "good"
    return _("worse than %(was)s") % {"was": was}, "late"


def _count(ground: Ground, now: int, before: int) -> str:
    said = {"was": wording.number(before), "when": wording.short_title(ground.period.before())}
    if now == before:
        return _("as many as in %(when)s") % said
    said["by"] = wording.number(abs(now - before))
    if now > before:
        return _("%(by)s more than the %(was)s in %(when)s") % said
    return _("%(by)s fewer than the %(was)s in %(when)s") % said
