"""The program as the HTTP server sees it."""

import re

from granian.rsgi import HTTPProtocol, Scope

from loket.live.stream import Streams
from loket.serving.pages import Pages, Refusal, respond

STREAM = re.compile(r"^/([-\w]+)/langsung$")
ALLOWED = 204


class Application:
    """Every request is a page, but for the event streams that the pages allow."""

    def __init__(self, pages: Pages, streams: Streams):
        self._pages = pages
        self._streams = streams

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        found = STREAM.match(scope.path) if scope.method == "GET" else None
        if found:
            await self._stream(found[1], scope, proto)
        else:
            await self._pages.serve(scope, proto)

    async def _stream(self, office_code: str, scope: Scope, proto: HTTPProtocol) -> None:
        # Who may listen is decided where every other door is: in the screens.
        try:
            answer = await self._pages.ask(scope)
        except Refusal as refusal:
            answer = refusal.answer
        if answer.status == ALLOWED:
            await self._streams.serve(office_code, scope.query_string, proto)
        else:
            respond(proto, answer)
