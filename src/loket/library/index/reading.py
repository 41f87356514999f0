"""The index as searches read it: opened once a process, looked at again when the pointer changed."""

import logging
import threading
from dataclasses import dataclass
from typing import Any

from django.db import connections

from loket.library.index import documents, freshness, store

log = logging.getLogger(__name__)
_lock = threading.Lock()
# So many changed items are taken in by a search itself, in some hundredths of a second.
INLINE = 600
# An index that is missing is made by the search that misses it, up to so many items, in some seconds.
AT_ONCE = 10_000
_aside = threading.Lock()


@dataclass
class Reader:
    """An open index, and the version of the shelf that it answers for."""

    index: Any
    state: store.State
    seen: tuple[int, int]

    @property
    def searcher(self) -> Any:
        return self.index.searcher()


_readers: dict[str, Reader] = {}


def reader() -> Reader | None:
    """The index of this installation; None when the library is empty or its index is being made."""
    _follow()
    home = str(store.home())
    stamp = _stamp()
    found = _readers.get(home)
    if found and found.seen == stamp:
        return found
    with _lock:
        return _open(home)


def _follow() -> None:
    """Take in what was committed since; the worker does the same, but may live on another machine."""
    if not freshness.behind():
        return
    try:
        if not freshness.refresh(wait=False, most=INLINE if store.state() else AT_ONCE):
            _refresh_aside()
    except store.Busy:
        return  # another process is at it; the state before is good enough for this search


def _refresh_aside() -> None:
    """Take in many changes in a thread of its own; this search answers with what there was before."""
    if not _aside.acquire(blocking=False):
        return

    def work() -> None:
        try:
            freshness.refresh()
        finally:
            connections.close_all()
            _aside.release()

    threading.Thread(target=work, name="search-index", daemon=True).start()


def _stamp() -> tuple[int, int] | None:
    try:
        status = (store.home() / store.POINTER).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


def _open(home: str) -> Reader | None:
    stamp, state = _stamp(), store.state()
    if state is None or stamp is None:
        return None
    found = _readers.get(home)
    if found and found.state.folder == state.folder:
        found.index.reload()
        found.state, found.seen = state, stamp
        return found
    try:
        fresh = Reader(store.open_folder(store.home() / state.folder), state, stamp)
        fresh.index.reload()
    except (OSError, ValueError) as damage:
        log.error("The search index is damaged and will be made again: %s", damage)
        store.forget()
        return None
    _readers.clear()
    _readers[home] = fresh
    return fresh


def candidate(searcher: Any, address: Any) -> documents.Candidate:
    return documents.read(searcher.doc(address).get_first("candidate"))
