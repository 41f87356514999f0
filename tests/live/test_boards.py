"""Boards of a program that serves from several processes, each with a watcher of its own."""

import http.client
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.live.listening import Ears

pytestmark = pytest.mark.database


def test_a_board_that_was_told_of_a_change_is_shown_it_by_whichever_process_answers(program):
    ask_from_everywhere(program)
    answers = []

    with Ears(program.port) as ears, ThreadPoolExecutor() as beside:
        ears.news()
        for _ in range(8):
            shown = ask_from_everywhere(program)[0][1]
            # Beside: when its process has ended, everybody has heard long since.
            taken = beside.submit(program.stage, "take_numbers")
            told = ears.news()["version"]
            answers += ask_from_everywhere(program, f"?version={told}", shown)
            taken.result()

    assert {status for status, _ in answers} == {200}


def ask_from_everywhere(program, query: str = "", shown: str = "") -> list[tuple[int, str]]:
    """Status and ETag by so many new connections that each process has some of them."""
    headers = {"Cookie": f"loket_board={program.facts['devices']['board']}", "If-None-Match": shown}
    found = []
    for _ in range(6):
        line = http.client.HTTPConnection("127.0.0.1", program.port, timeout=15)
        line.request("GET", f"/3574/layar/isi/{query}", headers=headers)
        answer = line.getresponse()
        answer.read()
        line.close()
        found.append((answer.status, answer.headers.get("ETag", "")))
    return found
