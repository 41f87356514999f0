"""Told to end, the program answers whoever waits, and says nothing of it in its log."""

import socket
import sqlite3
from contextlib import closing

import pytest

from loket.serving.server import ENDING_SECONDS
from tests.migrated import open_hall
from tests.served import Served

TOKEN = "a" * 32
FOLLOW = f"csrfmiddlewaretoken={TOKEN}&code=ABCD-2345&secret=ABCDE23456"


@pytest.fixture
def program(tmp_path):
    served = Served(tmp_path)
    open_hall(served)
    yield served.start("loket", "serve", "--port", str(served.port), "--workers", "1")
    served.stop()


def begin(program: Served, *headers: str, body: str) -> socket.socket:
    head = "\r\n".join(["POST /3574/pengaduan/lacak/ HTTP/1.1", "Host: 127.0.0.1", *headers])
    line = socket.create_connection(("127.0.0.1", program.port), timeout=10)
    line.sendall(f"{head}\r\n\r\n{body}".encode())
    return line


def asked_to_come_again(answer: bytes) -> bool:
    return (
        answer.startswith(b"HTTP/1.1 503")
        and b"retry-after" in answer
        and b"coba lagi" in answer
        and b"try again" in answer
    )


def said_only_that_it_began(program: Served) -> bool:
    return program.log().splitlines() == [f"Loket answers at {program.url}/"]


def test_what_is_still_arriving_is_asked_to_come_again(program):
    with closing(begin(program, "Content-Length: 1000", body="half")) as line:
        # Whoever came later is answered: the program has begun to read this.
        program.wait_until_alive()

        program.process.terminate()

        assert asked_to_come_again(line.recv(65536))
    assert program.process.wait(ENDING_SECONDS + 5) == 0
    assert said_only_that_it_began(program)


def test_a_page_that_waits_too_long_is_asked_to_come_again(program):
    form = (f"Cookie: csrftoken={TOKEN}", "Content-Type: application/x-www-form-urlencoded")
    with closing(sqlite3.connect(program.home / "loket.sqlite3", isolation_level=None)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        with closing(begin(program, *form, f"Content-Length: {len(FOLLOW)}", body=FOLLOW)) as line:
            program.wait_until_alive()

            program.process.terminate()

            assert asked_to_come_again(line.recv(65536))
    # The page may go on now, and has nobody to tell.
    assert program.process.wait(ENDING_SECONDS + 5) == 0
    assert said_only_that_it_began(program)
