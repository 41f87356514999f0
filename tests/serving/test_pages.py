"""When there is too much of it, a request is told so instead of waiting for ever."""

import asyncio
import threading
import time
from dataclasses import dataclass, field

import pytest

from loket.feedback.actions import complaint_files
from loket.serving import pages
from loket.serving.pages import Pages
from loket.serving.refusals import Refusal
from tests.loops import run


@dataclass
class Request:
    headers: dict[str, str] = field(default_factory=dict)
    method: str = "GET"
    path: str = "/"
    query_string: str = ""
    http_version: str = "1.1"
    scheme: str = "http"
    server: str = "127.0.0.1:8000"
    client: str = "192.0.2.7:51234"


class Arriving:
    """The server's side of a request: a body that arrives, and the answer it was given."""

    def __init__(self, arrive):
        self._arrive = arrive
        self.answered: tuple[int, bytes] | None = None

    def __call__(self):
        return self._arrive()

    def response_bytes(self, status, headers, body):
        self.answered = (status, body)


async def never():
    await asyncio.Event().wait()


class Answered(list):
    """What a WSGI application gives back."""

    def close(self):
        pass


def hello(environ, start_response):
    start_response("200 OK", [])
    return Answered([b"hello ", environ["wsgi.input"].read()])


@pytest.fixture
def served():
    served = Pages(hello, threads=1)
    yield served
    served.close(time.monotonic() + 5)


def test_a_page_gets_the_body(served):
    async def body():
        return b"Budi"

    proto = Arriving(body)

    run(served.serve(Request({"content-length": "4"}, "POST"), proto))

    assert proto.answered == (200, b"hello Budi")


def test_each_request_ends_however_long_it_was_quiet_before(served):
    protos = [Arriving(never) for _ in range(3)]

    async def one_after_the_other():
        async with asyncio.timeout(5):
            for proto in protos:
                await served.serve(Request(), proto)
                await asyncio.sleep(3 * pages.BOOKS_SECONDS)

    run(one_after_the_other())

    assert [proto.answered for proto in protos] == [(200, b"hello ")] * 3


def test_a_page_that_takes_long_makes_place_for_the_next():
    go = threading.Event()

    def slow_or_quick(environ, start_response):
        if environ["PATH_INFO"] == "/slow":
            go.wait(5)
        return hello(environ, start_response)

    async def both(served):
        slow = asyncio.create_task(served.ask(Request(path="/slow")))
        async with asyncio.timeout(3):
            quick = await served.ask(Request(path="/quick"))
        beside = not slow.done()
        go.set()
        return beside, quick.status, (await slow).status

    one_place = Pages(slow_or_quick, threads=2, places=1)
    try:
        assert run(both(one_place)) == (True, 200, 200)
        assert run(one_place.ask(Request())).status == 200
    finally:
        one_place.close(time.monotonic() + 5)


def test_short_pages_are_worked_on_one_after_the_other():
    at_work, together = [], []

    def counted(environ, start_response):
        at_work.append(1)
        together.append(len(at_work))
        time.sleep(0.001)
        at_work.pop()
        return hello(environ, start_response)

    async def many(served):
        return await asyncio.gather(*(served.ask(Request()) for _ in range(40)))

    one_place = Pages(counted, threads=4, places=1)
    try:
        answers = run(many(one_place))
    finally:
        one_place.close(time.monotonic() + 5)

    assert [answer.status for answer in answers] == [200] * 40
    # A machine that stands still may make one of them long; never do four work side by side.
    assert together.count(1) > 20


def test_a_page_that_cannot_be_handed_over_ends_its_request():
    async def send_it(failing):
        async with asyncio.timeout(5):
            await failing.serve(Request(), None)

    failing = Pages(hello, threads=1)
    try:
        with pytest.raises(AttributeError):
            run(send_it(failing))
    finally:
        failing.close(time.monotonic() + 5)


def test_the_files_that_forms_ask_for_fit_through_the_door():
    beside_them = 1_000_000

    assert complaint_files.MOST * complaint_files.LARGEST + beside_them < pages.LARGEST_BODY


def test_a_body_that_never_comes_is_given_up(served, monkeypatch):
    monkeypatch.setattr(pages, "BODY_SECONDS", 0.01)
    proto = Arriving(never)

    run(served.serve(Request({"content-length": "4"}, "POST"), proto))

    assert proto.answered[0] == 408


def test_bodies_together_are_bounded(served, monkeypatch):
    monkeypatch.setattr(pages, "LARGEST_HELD", 1000)
    monkeypatch.setattr(pages, "SMALL_BODY", 100)

    status, body = run(answer_beside(served, 900, Request({"content-length": "200"}, "POST"), never))

    assert status == 503
    assert "coba lagi" in body.decode()


def test_a_small_form_gets_through_beside_them(served, monkeypatch):
    monkeypatch.setattr(pages, "LARGEST_HELD", 1000)
    monkeypatch.setattr(pages, "SMALL_BODY", 100)

    async def body():
        return b"Budi"

    answer = run(answer_beside(served, 1000, Request({"content-length": "4"}, "POST"), body))

    assert answer == (200, b"hello Budi")


async def answer_beside(served, held, request, arrive):
    """What a request is answered while a body of so many bytes does not arrive."""
    large = Request({"content-length": str(held)}, "POST")
    first = asyncio.create_task(served.serve(large, Arriving(never)))
    await asyncio.sleep(0)
    proto = Arriving(arrive)
    await served.serve(request, proto)
    first.cancel()
    return proto.answered


def test_nobody_is_let_into_a_line_that_is_too_long(monkeypatch):
    monkeypatch.setattr(pages, "LONGEST_LINE", 1)
    busy, go = threading.Event(), threading.Event()

    def slow(environ, start_response):
        busy.set()
        go.wait(5)
        return hello(environ, start_response)

    async def three(served):
        first = asyncio.create_task(served.ask(Request()))
        await asyncio.to_thread(busy.wait, 5)
        second = asyncio.create_task(served.ask(Request()))
        await asyncio.sleep(0)
        with pytest.raises(Refusal) as refused:
            await served.ask(Request())
        go.set()
        return refused.value.answer.status, (await first).status, (await second).status

    served = Pages(slow, threads=1)
    try:
        assert run(three(served)) == (503, 200, 200)
    finally:
        served.close(time.monotonic() + 5)


def test_a_page_that_fails_is_its_askers_matter():
    def broken(environ, start_response):
        raise ValueError("no paint")

    failing = Pages(broken, threads=1)
    try:
        with pytest.raises(ValueError, match="no paint"):
            run(failing.ask(Request()))
    finally:
        failing.close(time.monotonic() + 5)


def test_a_page_that_hangs_does_not_hold_up_the_end():
    busy, go = threading.Event(), threading.Event()

    def hang(environ, start_response):
        busy.set()
        go.wait(10)
        return hello(environ, start_response)

    async def end_while_it_hangs():
        asking = asyncio.create_task(hanging.ask(Request()))
        await asyncio.to_thread(busy.wait, 5)
        begun = time.monotonic()
        hanging.close(begun + 0.1)
        spent = time.monotonic() - begun
        go.set()
        await asking
        return spent

    hanging = Pages(hang, threads=4)

    assert run(end_while_it_hangs()) < 1
