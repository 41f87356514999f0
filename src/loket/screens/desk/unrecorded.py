"""The visits that an officer ended without a note, page by page."""

from dataclasses import dataclass

from loket.visits.spots import NOTES_A_PAGE, Spot, Unrecorded


@dataclass(frozen=True)
class UnrecordedPage:
    """The latest first; `earlier` is how many more ended before these. `noted` is the note that is open."""

    spots: tuple[Spot, ...]
    earlier: int
    page: int
    noted: Spot | None

    @property
    def any(self) -> bool:
        return bool(self.spots) or self.page > 1

    @property
    def later_page(self) -> int:
        return self.page - 1

    @property
    def earlier_page(self) -> int:
        return self.page + 1


def unrecorded_page(found: Unrecorded, noted: Spot | None, page: int) -> UnrecordedPage:
    """What is listed beside the open note, which is one of them where nobody is at the counter."""
    others = [spot for spot in found.spots if not noted or spot.pk != noted.pk]
    left = found.total - (len(found.spots) - len(others)) - NOTES_A_PAGE * page
    return UnrecordedPage(tuple(others[:NOTES_A_PAGE]), max(left, 0), page, noted)
