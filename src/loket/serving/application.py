"""The program as the HTTP server sees it."""

import asyncio
import re
from contextlib import suppress

from django.utils import timezone
from granian.rsgi import HTTPProtocol, Scope

from loket.live.asking import OLDEST, AskedWrong, asked
from loket.live.stream import Streams
from loket.serving.boards import Boards, not_modified
from loket.serving.environ import Answer
from loket.serving.pages import Pages, respond
from loket.serving.refusals import ENDING, Refusal

SNAPSHOT = re.compile(r"^/([-\w]+)/layar/isi/$")
STREAM = re.compile(r"^/([-\w]+)/langsung$")
ALLOWED = 204
SHOWN = (200, 304)


class Application:
    """Every request is a page, but for the event streams that the pages allow, and boards that are fresh."""

    def __init__(self, pages: Pages, streams: Streams, boards: Boards):
        self._pages = pages
        self._streams = streams
        self._boards = boards
        self._open: set[asyncio.Task] = set()

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        request = asyncio.current_task()
        self._open.add(request)
        try:
            await self._serve(scope, proto)
        except asyncio.CancelledError:
            respond(proto, Refusal(ENDING).answer)
        finally:
            self._open.discard(request)

    def refuse_the_rest(self) -> None:
        """Whoever still waits is told so: what has not arrived, and pages that take too long."""
        for request in self._open:
            request.cancel()

    async def _serve(self, scope: Scope, proto: HTTPProtocol) -> None:
        if scope.method == "GET":
            if found := STREAM.match(scope.path):
                return await self._stream(found[1], scope, proto)
            if found := SNAPSHOT.match(scope.path):
                return await self._snapshot(found[1], scope, proto)
        return await self._pages.serve(scope, proto)

    async def _stream(self, office_code: str, scope: Scope, proto: HTTPProtocol) -> None:
        # Who may listen is decided where every other door is: in the screens.
        answer = await self._asked(scope)
        if answer.status == ALLOWED:
            await self._streams.serve(office_code, scope.query_string, proto)
        else:
            respond(proto, answer)

    async def _snapshot(self, office_code: str, scope: Scope, proto: HTTPProtocol) -> None:
        shown = scope.headers.get("if-none-match")
        with suppress(AskedWrong):
            told = asked(scope.query_string).get("hall", OLDEST)
            if etag := self._boards.unchanged(office_code, shown, told=told, at=timezone.now()):
                return not_modified(proto, etag)
        answer = await self._asked(scope)
        if answer.status in SHOWN:
            self._boards.follow(office_code)
        return respond(proto, answer)

    async def _asked(self, scope: Scope) -> Answer:
        try:
            return await self._pages.ask(scope)
        except Refusal as refusal:
            return refusal.answer
