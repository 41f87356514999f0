"""What a report says of a total: numbers with names, before anybody puts them into words."""

from loket.reports.figures.hall import Hall, Hour, hall_of
from loket.reports.figures.others import Data, Online, Ratings, data_of, online_of, ratings_of

__all__ = ["Data", "Hall", "Hour", "Online", "Ratings", "data_of", "hall_of", "online_of", "ratings_of"]
