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
from loket.serving.places import IDLE, Places
from loket.serving.refusals import LARGE, LATE, LENGTHLESS, MANY, Refusal

log = logging.getLogger(__name__)

# Three files of 10 MB with a complaint, or one of 20 with a question, and the form they come in.
LARGEST_BODY = 33_000_000
# What unfinished uploads may hold in memory together. A form without files needs no leave: four clients that
# only say that they send large files would keep everybody else from sending anything.
LARGEST_HELD = 120_000_000
SMALL_BODY = 100_000
BODY_SECONDS = 60
# How often the books are gone through while requests are open: who was answered, who takes long.
BOOKS_SECONDS = 0.01
# A press takes a few milliseconds; what takes ten times as long makes place for the next.
LONG_SECONDS = 0.025
# More people than this in line would wait longer than their browser does.
LONGEST_LINE = 1000


class Pages:
    """A line of requests and the threads that serve them, first come, first served.

    At most `places` requests are worked on at once, so that threads do not tear at the interpreter; one
    that takes long gives its place to the next and goes on beside it.
    """

    def __init__(self, application, threads: int, places: int | None = None):
        self._application = application
        self._line: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._places = Places(places or threads)
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
        self._places.open(len(self._threads))
        for _ in self._threads:
            self._line.put(None)
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0))

    def _check_line(self) -> None:
        if self._line.qsize() >= LONGEST_LINE:
            raise Refusal(MANY)

    async def _body(self, scope: Scope, proto: HTTPProtocol) -> bytes:
        length = scope.headers.get("content-length")
        if length is None:
            _check_empty(scope)
            return b""
        if int(length) > LARGEST_BODY:
            raise Refusal(LARGE)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await self._read(proto, int(length))
        except TimeoutError:
            raise Refusal(LATE) from None

    async def _read(self, proto: HTTPProtocol, length: int) -> bytes:
        if length <= SMALL_BODY:
            return await proto()
        with self._holding(length):
            return await proto()

    @contextmanager
    def _holding(self, size: int) -> Iterator[None]:
        if self._held + size > LARGEST_HELD:
            raise Refusal(MANY)
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

        self._put(job, loop)
        await done

    def _put(self, job: Callable[[], None], loop: asyncio.AbstractEventLoop) -> None:
        self._open += 1
        if self._books is not loop:
            self._books = loop
            loop.call_later(BOOKS_SECONDS, self._go_through_books, loop)
        self._line.put(job)

    def _go_through_books(self, loop: asyncio.AbstractEventLoop) -> None:
        """End the coroutines of requests that were answered meanwhile, and see who takes long.

        Nobody waits for the first. Waking the loop for each would make it ask for the interpreter once
        more while the next page computes.
        """
        self._places.pass_by(time.monotonic() - LONG_SECONDS)
        while self._answered:
            self._open -= 1
            done, failure = self._answered.popleft()
            _settle(done, None, failure)
        if self._open:
            loop.call_later(BOOKS_SECONDS, self._go_through_books, loop)
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

        self._put(job, loop)
        try:
            return await done
        finally:
            self._open -= 1

    def _answer(self, scope: Scope, body: bytes) -> Answer:
        return answer_of(self._application, environ_of(scope, body))

    def _work(self) -> None:
        while self._works_on_a_place():
            pass
        connections.close_all()

    def _works_on_a_place(self) -> bool:
        """Serve until somebody else got the place; false when there is nothing more to serve."""
        with self._places.taken() as place:
            while not place.lost:
                job = self._line.get()
                if job is None:
                    return False
                place.begun = time.monotonic()
                job()
                place.begun = IDLE
        return True


def _check_empty(scope: Scope) -> None:
    """Of a body that does not say how long it is nobody can tell whether it arrived whole: half a complaint
    would be taken for all of it. Browsers always say it.
    """
    may_follow = scope.http_version == "2" or scope.headers.get("transfer-encoding") is not None
    if may_follow and scope.method not in ("GET", "HEAD"):
        raise Refusal(LENGTHLESS)


def _settle(done: asyncio.Future, result, failure: BaseException | None) -> None:
    if done.cancelled():
        return
    if failure:
        done.set_exception(failure)
    else:
        done.set_result(result)


def respond(proto: HTTPProtocol, answer: Answer) -> None:
    proto.response_bytes(answer.status, answer.headers, answer.body)
