"""The data most asked for, and the data most often not there: words that officers wrote, so for the
office itself and not for readers above it."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table
from loket.consultations.models import DataItem
from loket.offices.models import Office
from loket.reports.load import period_instants
from loket.reports.meanings import MEANINGS
from loket.reports.report import Section
from loket.rules.periods import Period

MOST = 25
Found = DataItem.Found


def topics(office: Office, period: Period) -> list[Section]:
    """Two tables: by how often it was asked for, and by how often it was not there."""
    counted = _counted(_items(office, period))
    most = sorted(counted.items(), key=lambda entry: (-sum(entry[1].values()), entry[0]))[:MOST]
    missing = {what: found for what, found in counted.items() if found.get(Found.NOT_FOUND)}
    lacking = sorted(missing.items(), key=lambda entry: (-entry[1][Found.NOT_FOUND], entry[0]))[:MOST]
    return [
        _section("asked", _("Data most asked for"), most, bars="asked"),
        _section("missing", _("Data that were not there"), lacking, bars="not_found"),
    ]


def _items(office: Office, period: Period) -> QuerySet[DataItem]:
    days = (period.first, period.last)
    in_hall = Q(consultation__visit__office=office, consultation__visit__day__range=days)
    online = Q(
        consultation__office=office,
        consultation__door="online",
        consultation__created_at__range=period_instants(office, period),
    )
    return DataItem.objects.filter(in_hall | online)


def _counted(items: QuerySet[DataItem]) -> Mapping[str, Mapping[str, int]]:
    """One topic for whatever capitals and blanks it was written with."""
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    spelled: dict[str, str] = {}
    for what, found, count in (
        items.values_list("what", "found").annotate(Count("pk")).order_by("what", "found")
    ):
        topic = " ".join(what.casefold().split())
        spelled.setdefault(topic, what.strip())
        counted[spelled[topic]][found] += count
    return counted


def _section(key: str, title: str, rows: list, *, bars: str) -> Section:
    columns = [
        Column("what", _("Data"), width=50),
        Column("asked", _("Asked for"), "whole"),
        Column("found", _("Found"), "whole"),
        Column("unsuitable", _("Unsuitable"), "whole"),
        Column("not_found", _("Not found"), "whole"),
    ]
    listed = [
        (
            what,
            sum(found.values()),
            *(found.get(each, 0) for each in (Found.FOUND, Found.UNSUITABLE, Found.NOT_FOUND)),
        )
        for what, found in rows
    ]
    return Section(
        key=key,
        title=title,
        meaning=str(MEANINGS["data"]),
        table=Table(title, columns, listed),
        bars=bars,
        note="" if listed else _("None in this period."),
    )
