"""Keeping the index in step with the database: made when missing, brought up to date when behind."""

import logging
import shutil
from collections.abc import Callable, Iterator

from loket.base import sql
from loket.library.index import store
from loket.library.models import Item, Shelf

log = logging.getLogger(__name__)

CHUNK = 2000


def behind() -> bool:
    """Whether the database knows something that the index does not."""
    shelf, state = sql.one("SELECT mark, version FROM library_shelf"), store.state()
    if shelf is None:
        return False
    return state is None or (state.mark, state.version) != tuple(shelf)


def refresh(*, wait: bool = True, most: int | None = None) -> int:
    """Bring the index up to date; without `wait`, refuses store.Busy while another process does it.

    With `most`, only when there are no more changes than that. Returns how many items were written.
    """
    if not behind() or (most is not None and _changes(most) > most):
        return 0
    with store.writing(wait=wait):
        shelf, state = _shelf(), store.state()
        if shelf is None:
            return 0
        if state is None or state.mark != shelf.mark or state.version > shelf.version:
            return _make(shelf)
        return _catch_up(shelf, state)


def reindex(*, progress: Callable[[Iterator[Item], int], Iterator[Item]] | None = None) -> int:
    """Make the index anew beside the old one, which answers until the new one is complete."""
    with store.writing(wait=True):
        shelf = _shelf()
        return _make(shelf, progress) if shelf else 0


def _changes(most: int) -> int:
    state = store.state()
    # A missing index is made by this search when the library is small.
    newer = Item.objects.filter(shelved__gt=state.version if state else -1)
    return len(newer.order_by("shelved", "pk").values_list("pk")[: most + 1])


def _make(shelf: Shelf, progress: Callable[[Iterator[Item], int], Iterator[Item]] | None = None) -> int:
    folder = store.new_folder()
    published = Item.objects.filter(status=Item.Status.PUBLISHED)
    items: Iterator[Item] = published.order_by("pk").iterator(CHUNK)
    if progress:
        items = progress(items, published.count())
    try:
        count = store.write(store.open_folder(folder, new=True), items, replacing=False)
    except BaseException:
        # It is tried again and again: half an index each time would fill the disk.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    store.point_at(store.State(folder.name, shelf.mark, shelf.version))
    # Readers that opened the old folder keep its files until they look at the pointer again.
    store.sweep(keep=folder.name)
    log.debug("Search index made: %s items", count)
    return count


def _catch_up(shelf: Shelf, state: store.State) -> int:
    newer = Item.objects.filter(shelved__gt=state.version).order_by("shelved", "pk").iterator(CHUNK)
    try:
        index = store.open_folder(store.home() / state.folder)
    except (OSError, ValueError):
        return _make(shelf)
    count = store.write(index, newer, replacing=True)
    store.point_at(store.State(state.folder, state.mark, shelf.version))
    return count


def _shelf() -> Shelf | None:
    return Shelf.objects.order_by("pk").first()
