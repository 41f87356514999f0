"""The visits that an officer ended without a note, page by page."""

from dataclasses import dataclass

from loket.visits.spots import NOTES_A_PAGE, Spot, Unrecorded


@dataclass(frozen=True)
class UnrecordedPage:
    """The latest first, each as the address of its note and its number; `earlier` is how many more ended
    before these. `newer_at` and `earlier_at` are the addresses of the pages beside it, where there are any.
    """

    links: tuple[tuple[str, str], ...]
    earlier: int
    newer_at: str
    earlier_at: str

    @property
    def any(self) -> bool:
        return bool(self.links or self.newer_at)


def unrecorded_page(found: Unrecorded, noted: Spot | None, page: int, *, at: str) -> UnrecordedPage:
    """What is listed at the address `at` beside the open note, which is one of the first page's where nobody
    is at the counter.
    """
    others = [spot for spot in found.spots if not noted or spot.pk != noted.pk]
    earlier = max(found.total - (len(found.spots) - len(others)) - NOTES_A_PAGE * page, 0)
    # The open note stays open, so that it is not among the others on one page and beside them on the next.
    stays = f"&catatan={noted.pk}" if noted else ""
    return UnrecordedPage(
        links=tuple((f"{at}?catatan={spot.pk}", spot.label) for spot in others[:NOTES_A_PAGE]),
        earlier=earlier,
        newer_at=f"{at}?halaman={page - 1}{stays}" if page > 1 else "",
        earlier_at=f"{at}?halaman={page + 1}{stays}" if earlier else "",
    )
