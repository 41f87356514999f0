"""The index as searches read it: opened once a process, looked at again when the pointer changed."""

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from loket.library.index import documents, freshness, store

log = logging.getLogger(__name__)
_lock = threading.Lock()
# So many changed items are taken in by a search itself, in some hundredths of a second.
INLINE = 600
# An index that is missing is made by the search that misses it, up to so many items, in a second or two.
AT_ONCE = 3_000
# How long a search waits while somebody else makes the index of so small a library.
LONGEST_WAIT, LOOK_AGAIN = 1.0, 0.02
_aside = threading.Lock()
LONGEST_KEPT = 2
# After a failure searches leave what changed to the worker for a while.
LEFT_ALONE_SECONDS = 30


@dataclass
class Reader:
    """An open index, and the version of the shelf that it answers for."""

    index: Any
    state: store.State
    seen: tuple[int, int]

    # Words by how they begin, the commonest first; looked up once for each state of the index.
    begun: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    @property
    def searcher(self) -> Any:
        return self.index.searcher()

    def beginning(self, start: str, *, most: int) -> list[tuple[str, int]]:
        """The commonest words of the library that begin so, and how many items have each."""
        found = self.begun.get(start)
        if found is None:
            found = self.searcher.terms_with_prefix("words", start, limit=most)
            # A longer beginning has few words, and there are many of them.
            if len(start) <= LONGEST_KEPT:
                self.begun[start] = found
        return found[:most]


_readers: dict[str, Reader] = {}


def reader() -> Reader | None:
    """The index of this installation; None when the library is empty or its index is being made."""
    _follow()
    home = str(store.home())
    stamp = store.pointer_stamp()
    found = _readers.get(home)
    if found and found.seen == stamp:
        return found
    with _lock:
        return _open(home)


def _follow() -> None:
    """Take in what was committed since; the worker does the same, but may live on another machine."""
    if not freshness.behind():
        _failures.clear()
        return
    if _is_left_alone():
        return
    try:
        if freshness.refresh(wait=False, most=INLINE if store.state() else AT_ONCE):
            _failures.clear()
        else:
            _refresh_aside()
    except store.Busy:
        # Another process is at it. The state before is good enough for this search, if there is one.
        _wait_for_the_first()
    except Exception as failure:
        if store.state() is None:
            raise
        _leave_alone(failure)


# By the folder of the index: what went wrong last, and until when (monotonic) searches do not try again.
_failures: dict[str, tuple[str, float]] = {}


def _is_left_alone() -> bool:
    _words, until = _failures.get(str(store.home()), ("", 0.0))
    return time.monotonic() < until and store.state() is not None


def _leave_alone(failure: Exception) -> None:
    """Answer with the index there is; the worker goes on trying. The same failure is told once."""
    home, words = str(store.home()), repr(failure)
    told, _until = _failures.get(home, ("", 0.0))
    if told != words:
        log.error("The search index cannot follow; searches answer with what it has", exc_info=failure)
    _failures[home] = words, time.monotonic() + LEFT_ALONE_SECONDS


def _wait_for_the_first() -> None:
    until = time.monotonic() + LONGEST_WAIT
    while store.state() is None and time.monotonic() < until:
        time.sleep(LOOK_AGAIN)


def being_made() -> bool:
    """Whether the library has items, and no index yet that could find them."""
    return store.state() is None and freshness.behind()


def _refresh_aside() -> None:
    """Take in many changes in a thread of its own; this search answers with what there was before."""
    if not _aside.acquire(blocking=False):
        return

    def work() -> None:
        try:
            freshness.refresh()
            _failures.clear()
        except Exception as failure:  # noqa: BLE001 - told here: nobody waits for this thread
            _leave_alone(failure)
        finally:
            connections.close_all()
            _aside.release()

    threading.Thread(target=work, name="search-index", daemon=True).start()


def _open(home: str) -> Reader | None:
    stamp, state = store.pointer_stamp(), store.state()
    if state is None or stamp is None:
        return None
    found = _readers.get(home)
    if found and found.state.folder == state.folder:
        found.index.reload()
        found.state, found.seen = state, stamp
        found.begun.clear()
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
    return documents.read(searcher.doc(address).get_first("candidate").decode())
