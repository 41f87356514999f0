"""What a report says of a total: numbers with names, before anybody puts them into words."""

from loket.reports.figures.hall import Hall, Hour
from loket.reports.figures.others import (
    Data,
    Online,
    Ratings,
    Searches,
    data_of,
    online_of,
    ratings_of,
    searches_of,
)

__all__ = [
    "Data",
    "Hall",
    "Hour",
    "Online",
    "Ratings",
    "Searches",
    "data_of",
    "online_of",
    "ratings_of",
    "searches_of",
]
