"""Searches of visitors: how many found something to open, and how many became a question.

asked      the search became a question to the officer
opened     a result was opened and no question followed: what searching spared both sides
nothing    the library had nothing
left       results were shown, none was opened, and nothing was asked
"""

from collections.abc import Mapping

from loket.library.models import SearchLog
from loket.reports.counting.days import Days
from loket.rules.tallying import add

# Officers search for others, programs for nobody in particular.
OF_VISITORS = (SearchLog.Place.PORTAL, SearchLog.Place.ASK)


def count(days: Days, counts: Mapping) -> None:
    """Add the searches of these days to `counts`: one query."""
    searches = SearchLog.objects.filter(
        office__in=days.offices, at__range=days.instants, place__in=OF_VISITORS
    )
    for office_id, at, results, item_id, asked in searches.order_by("pk").values_list(
        "office_id", "at", "results", "item_id", "asked"
    ):
        day = days.day(office_id, at)
        if day in days.wanted:
            add(counts[day].tally, {"search": {_became(results, item_id, asked): 1}})


def _became(results: int, item_id: int | None, asked: bool) -> str:
    if asked:
        return "asked"
    if item_id:
        return "opened"
    return "left" if results else "nothing"
