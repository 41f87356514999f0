"""Several server processes on one port, some of which die."""

import os
import shutil
import signal
import time

import psutil
import pytest

from tests.migrated import empty_home
from tests.served import Served

pytestmark = pytest.mark.drill


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("several")
    shutil.copytree(empty_home(), made, dirs_exist_ok=True)
    return made


def several(home) -> tuple[Served, psutil.Process]:
    served = Served(home)
    served.start("loket", "serve", "--port", str(served.port), "--workers", "2")
    return served, psutil.Process(served.process.pid)


def test_several_processes_share_the_port_and_end_together(home):
    served, parent = several(home)
    children = parent.children()
    assert len(children) == 2

    begun = time.monotonic()
    served.stop()

    assert time.monotonic() - begun < 3.5
    assert not any(child.is_running() for child in children)


def test_a_process_that_dies_is_replaced(home):
    served, parent = several(home)
    try:
        dead = parent.children()[0].pid
        os.kill(dead, signal.SIGKILL)
        until = time.monotonic() + 15
        while len(parent.children()) < 2 or dead in {child.pid for child in parent.children()}:
            assert time.monotonic() < until
    finally:
        served.stop()


def test_processes_do_not_outlive_the_one_that_started_them(home):
    served, parent = several(home)
    children = parent.children()

    served.kill()

    gone, _ = psutil.wait_procs(children, timeout=10)
    assert len(gone) == 2
    assert "which started it, is gone" in served.log()


def test_a_process_that_begins_when_its_starter_is_gone_ends_at_once(home):
    """Its parent is somebody else by the time it looks."""
    served = Served(home)

    done = served.command("serve", "--port", str(served.port), "--started-by", "1")

    assert "process 1, which started it, is gone" in done.stderr


def test_the_port_is_free_again_at_once(home):
    served = Served(home).start()
    served.stop()

    served.start()
    served.stop()

    assert served.process.returncode == 0
