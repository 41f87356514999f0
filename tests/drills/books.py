"""What has to be true after every drill."""

from collections import defaultdict

from tests.drills.crowd import Crowd
from tests.served import Served


def check_books(served: Served, crowd: Crowd) -> list[dict]:
    """Every number that was shown exists, none twice, none left out; messages and event log are whole.

    Gives the tickets in the order in which they were taken.
    """
    books = served.stage("books")
    tickets = {ticket["token"]: ticket for ticket in books["tickets"]}
    given = crowd.given

    assert set(given.values()) <= set(tickets), "A number that was shown is gone."
    assert len(set(given.values())) == len(given), "Two people hold the same number."
    assert len(tickets) == len(given), "Somebody's second press became a second number."
    assert numbers_by_day(books["tickets"]) == {
        day: list(range(1, len(numbers) + 1)) for day, numbers in numbers_by_day(books["tickets"]).items()
    }
    keys = [ticket["key"] for ticket in books["tickets"]]
    assert books["mails"] == sorted(f"ticket:{key}:taken" for key in keys)
    assert books["taken"] == sorted(f"ticket:{key}" for key in keys)
    assert books["faults"] == []
    served.command("audit", "verify")
    return books["tickets"]


def numbers_by_day(tickets: list[dict]) -> dict[str, list[int]]:
    """The numbers of each day's series, lowest first."""
    days = defaultdict(list)
    for ticket in tickets:
        days[f"{ticket['day']} {ticket['letter']}"].append(ticket["number"])
    return {day: sorted(numbers) for day, numbers in days.items()}
