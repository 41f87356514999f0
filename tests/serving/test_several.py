"""Several server processes on one port, some of which die."""

import os
import shutil
import signal
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
import pytest

from loket.commands import Refused, serve
from tests.forks import ROOT, run
from tests.migrated import empty_home
from tests.served import Served, free_port, wait_until_dead

pytestmark = pytest.mark.drill


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("several")
    shutil.copytree(empty_home(), made, dirs_exist_ok=True)
    return made


@pytest.fixture
def served(home):
    program = Served(home)
    program.start("loket", "serve", "--port", str(program.port), "--workers", "2")
    yield program
    program.stop()


def mother_and_children(served) -> tuple[psutil.Process, list[psutil.Process]]:
    mother, *children = served.processes()
    return mother, children


def test_two_serve_one_works_and_all_end_together(served):
    mother, children = mother_and_children(served)
    assert len(children) == 3

    begun = time.monotonic()
    served.stop()

    assert time.monotonic() - begun < 3.5
    assert served.process.returncode == 0
    assert not any(each.is_running() for each in [mother, *children])


def test_processes_that_die_are_replaced(served):
    mother, children = mother_and_children(served)
    dead = {children[0], children[-1]}

    for each in dead:
        each.kill()

    until = time.monotonic() + 15
    while len(mother.children()) < 3 or dead & set(mother.children()):
        assert time.monotonic() < until
        time.sleep(0.05)
    served.wait_until_alive()
    assert served.log().count("another takes its place") == 2


def test_processes_do_not_outlive_the_one_that_started_them(served):
    mother, children = mother_and_children(served)

    mother.kill()

    assert len(children) == 3
    wait_until_dead(children, seconds=30)
    assert served.log().count("which started it, is gone") == 3


def test_one_that_does_not_end_is_ended(served):
    """A process that is stopped hears nothing."""
    mother, children = mother_and_children(served)
    children[0].suspend()

    mother.terminate()

    wait_until_dead([mother, *children])


def test_ctrl_c_ends_all_without_a_word(home):
    served = Served(home)
    running = subprocess.Popen(
        [sys.executable, "-m", "loket", "serve", "--port", str(served.port), "--workers", "2"],
        env=served.environment, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert running.stderr.readline() == f"Loket answers at {served.url}/\n"

    # A terminal tells all of them at once.
    os.killpg(running.pid, signal.SIGINT)

    assert running.communicate(timeout=10)[1] == ""
    assert running.returncode == 0


def test_a_port_is_one_programs_from_the_start(home):
    """Also before it listens, and for a server that shares it with others."""
    port = free_port()

    with serve.claim("127.0.0.1", port), pytest.raises(Refused, match=str(port)):
        serve.claim("127.0.0.1", port)

    serve.check_free("127.0.0.1", port)


def said_beside(home) -> list[str]:
    until = time.monotonic() + 10
    while not (home / "beside").exists() or not (said := (home / "beside").read_text().split()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return said


def test_what_is_to_be_done_beside_is_done_without_a_worker_too(home):
    served = Served(home, LOKET_WORKER_THREAD="no")
    served.start("tests.serving.beside", str(served.port))
    try:
        process, _ = said_beside(home)
        assert process != str(served.process.pid)
    finally:
        served.stop()


def test_links_lead_to_the_port_that_is_served_at(home):
    (home / "beside").unlink(missing_ok=True)
    served = Served(home)
    del served.environment["LOKET_BASE_URL"]
    served.start("tests.serving.beside", str(served.port))
    try:
        # Enough for each of the two servers to answer.
        pages = [urlopen(f"{served.url}/api/v1/").read().decode() for _ in range(20)]
        _, link = said_beside(home)
    finally:
        served.stop()

    assert all(f"{served.url}/api/v1/" in page for page in pages)
    assert link == f"{served.url}/"


def test_servers_count_questions_together(home):
    served = Served(home, LOKET_API_PER_MINUTE="12")
    served.start("loket", "serve", "--port", str(served.port), "--workers", "2")
    try:
        # All of them in one minute.
        time.sleep(0 if time.time() % 60 < 50 else 10)
        answers = [asked(f"{served.url}/api/v1/offices") for _ in range(40)]
    finally:
        served.stop()

    assert answers == [200] * 12 + [429] * 28


def asked(address: str) -> int:
    """The answer's status; each question goes over a connection of its own, so to either server."""
    try:
        with urlopen(address) as answer:
            return answer.status
    except HTTPError as refusal:
        return refusal.code


def test_servers_that_never_answer_are_given_up(home):
    served = Served(home)

    done = run("tests.serving.dying", str(served.port), environment=served.environment)

    assert done.returncode == 1
    assert "No server could be kept running" in done.stderr


def test_one_process_does_all_where_that_is_wanted(home):
    served = Served(home)
    served.start("loket", "serve", "--port", str(served.port), "--workers", "1")
    try:
        assert len(served.processes()) == 1
    finally:
        served.stop()


def test_the_port_is_free_again_at_once(home):
    served = Served(home).start()
    served.stop()

    served.start()
    served.stop()

    assert served.process.returncode == 0
