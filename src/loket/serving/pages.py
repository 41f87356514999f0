"""Pages: an ordinary WSGI application in a few threads, behind an event loop."""

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue

from django.db import connections
from granian.rsgi import HTTPProtocol, Scope

from loket.serving.environ import Answer, answer_of, environ_of

log = logging.getLogger(__name__)

# A file of 20 MB, and the form it comes in.
LARGEST_BODY = 22_000_000
# What unfinished uploads may hold in memory together.
LARGEST_HELD = 120_000_000
BODY_SECONDS = 60
# How long an answered request stays on the books: see _end_answered.
BOOKS_SECONDS = 0.01
# More people than this in line would wait longer than their browser does.
LONGEST_LINE = 1000
# Said before any page is asked, so in both languages.
REFUSALS = {
    408: "Kiriman ini terlalu lama tiba. This took too long to arrive.",
    413: "Kiriman ini terlalu besar. This is larger than the program takes.",
    503: "Terlalu ramai; coba lagi sebentar lagi. Too many at once; try again in a moment.",
}
TEXT = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")]


class Refusal(Exception):
    """The request is not read any further; says which answer it gets."""

    def __init__(self, status: int):
        super().__init__(status)
        again = ("retry-after", "2") if status == 503 else ("connection", "close")
        self.answer = Answer(status, [*TEXT, again], f"{REFUSALS[status]}\n".encode())


class Pages:
    """A line of requests and the threads that serve them, first come, first served."""

    def __init__(self, application, threads: int):
        self._application = application
        self._line: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._held = 0
        self._answered: deque[tuple[asyncio.Future, BaseException | None]] = deque()
        self._open = 0
        self._books: asyncio.AbstractEventLoop | None = None
        self._threads = [
            threading.Thread(target=self._work, name=f"page-{number}", daemon=True)
            for number in range(1, threads + 1)
        ]
        for thread in self._threads:
            thread.start()

    async def serve(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answer one request; the thread itself hands the answer over, without a turn of the loop."""
        try:
            body = await self._body(scope, proto)
            self._check_line()
        except Refusal as refusal:
            respond(proto, refusal.answer)
            return
        await self._answered_by_thread(lambda: respond(proto, self._answer(scope, body)))

    async def ask(self, scope: Scope) -> Answer:
        """What the application answers to a request without a body."""
        self._check_line()
        return await self._in_thread(lambda: self._answer(scope, b""))

    def close(self, until: float) -> None:
        """Let the threads finish what they do, at most until then (monotonic seconds)."""
        for _ in self._threads:
            self._line.put(None)
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0))

    def _check_line(self) -> None:
        if self._line.qsize() >= LONGEST_LINE:
            raise Refusal(503)

    async def _body(self, scope: Scope, proto: HTTPProtocol) -> bytes:
        length = scope.headers.get("content-length")
        if length is None and scope.method in ("GET", "HEAD"):
            return b""
        if length and int(length) > LARGEST_BODY:
            raise Refusal(413)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await (self._read(proto, int(length)) if length else self._read_parts(proto))
        except TimeoutError:
            raise Refusal(408) from None

    async def _read(self, proto: HTTPProtocol, length: int) -> bytes:
        with self._holding(length):
            return await proto()

    async def _read_parts(self, proto: HTTPProtocol) -> bytes:
        """A body that does not say how long it is."""
        body = bytearray()
        with self._holding(LARGEST_BODY):
            async for part in proto:
                body += part
                if len(body) > LARGEST_BODY:
                    raise Refusal(413)
        return bytes(body)

    @contextmanager
    def _holding(self, size: int) -> Iterator[None]:
        if self._held + size > LARGEST_HELD:
            raise Refusal(503)
        self._held += size
        try:
            yield
        finally:
            self._held -= size

    async def _answered_by_thread(self, work: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        done = loop.create_future()

        def job() -> None:
            failure = None
            try:
                work()
            except BaseException as raised:  # noqa: BLE001 - carried to the caller, who awaits it
                failure = raised
            self._answered.append((done, failure))

        self._open += 1
        if self._books is not loop:
            self._books = loop
            loop.call_later(BOOKS_SECONDS, self._end_answered, loop)
        self._line.put(job)
        await done

    def _end_answered(self, loop: asyncio.AbstractEventLoop) -> None:
        """End the coroutines of requests that were answered meanwhile.

        Nobody waits for that. Waking the loop for each would make it ask for the interpreter once more
        while the next page computes.
        """
        while self._answered:
            self._open -= 1
            done, failure = self._answered.popleft()
            _settle(done, None, failure)
        if self._open:
            loop.call_later(BOOKS_SECONDS, self._end_answered, loop)
        else:
            self._books = None

    async def _in_thread(self, work: Callable):
        loop = asyncio.get_running_loop()
        done = loop.create_future()

        def job() -> None:
            try:
                result = work()
            except BaseException as failure:  # noqa: BLE001 - carried to the caller, who awaits it
                loop.call_soon_threadsafe(_settle, done, None, failure)
            else:
                loop.call_soon_threadsafe(_settle, done, result, None)

        self._line.put(job)
        return await done

    def _answer(self, scope: Scope, body: bytes) -> Answer:
        return answer_of(self._application, environ_of(scope, body))

    def _work(self) -> None:
        while (job := self._line.get()) is not None:
            job()
        connections.close_all()


def _settle(done: asyncio.Future, result, failure: BaseException | None) -> None:
    if done.cancelled():
        return
    if failure:
        done.set_exception(failure)
    else:
        done.set_result(result)


def respond(proto: HTTPProtocol, answer: Answer) -> None:
    proto.response_bytes(answer.status, answer.headers, answer.body)
