"""Days and instants as lists and the WebAPI write them."""

from datetime import UTC, datetime

# Of an item, in UTC. Whatever lies outside is a slip, and at the ends of the calendar no time of a zone.
FIRST_YEAR, LAST_YEAR = 1900, 2100


def read(text: str) -> datetime:
    """An aware instant; without a zone it is UTC. Refuses ValueError."""
    at = datetime.fromisoformat(text)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        year = at.astimezone(UTC).year
    except OverflowError:
        raise ValueError(text) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(text)
    return at
