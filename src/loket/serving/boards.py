"""Telling a board that nothing is new: from what the watcher knows, without a page and its threads.

The answer says nothing but that, so it needs no pairing; what is new comes from the page, which does.
"""

from datetime import datetime

from granian.rsgi import HTTPProtocol

from loket.live import announce
from loket.live.asking import OLDEST
from loket.live.hub import Hub, Listener
from loket.screens.board.etag import etag_of


class Boards:
    """The halls of which a paired board has asked this process."""

    def __init__(self, hub: Hub):
        self._hub = hub
        self._followed: dict[str, Listener] = {}

    def unchanged(
        self, office_code: str, shown: str | None, *, at: datetime, told: int = OLDEST
    ) -> str | None:
        """The ETag, when the board shows exactly that; None when the page has to be asked.

        `told` is the version of which the stream told the board. That stream may be another process's, whose
        watcher has seen what this one's has not.
        """
        version = self._hub.versions.get(announce.hall(office_code))
        if version is None or version < told or shown != etag_of(version, at=at):
            return None
        return shown

    def follow(self, office_code: str) -> None:
        """From now on know this hall's version, also while no stream of it is open here."""
        if office_code not in self._followed:
            listener = Listener({announce.hall(office_code): -1}, lambda text: None)
            self._followed[office_code] = listener
            self._hub.enter(listener)


def not_modified(proto: HTTPProtocol, etag: str) -> None:
    proto.response_empty(304, [("etag", etag), ("cache-control", "no-cache")])
