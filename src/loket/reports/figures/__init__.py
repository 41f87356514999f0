"""What a report says of a total: numbers with names, before anybody puts them into words."""

from loket.reports.figures.hall import Hall, Hour
from loket.reports.figures.others import (
    Complaints,
    Data,
    Online,
    Ratings,
    Searches,
    complaints_of,
    data_of,
    online_of,
    ratings_of,
    searches_of,
)

__all__ = [
    "Complaints",
    "Data",
    "Hall",
    "Hour",
    "Online",
    "Ratings",
    "Searches",
    "complaints_of",
    "data_of",
    "online_of",
    "ratings_of",
    "searches_of",
]
