"""The disk is full, and freed by somebody: the program says so, loses nothing, and goes on by itself."""

import urllib.request

import pytest

from tests.drills.books import check_books
from tests.drills.crowd import Crowd
from tests.drills.disks import LimitedFiles, SmallDisk, small_disk
from tests.drills.office import office

pytestmark = pytest.mark.drill


@pytest.fixture(params=[small_disk, LimitedFiles], ids=["small disk", "limited files"])
def disk(request, tmp_path):
    made = request.param(tmp_path)
    if request.param is small_disk and not isinstance(made, SmallDisk):
        warn_reader(request, "This account may not mount a small disk: files were limited in size instead.")
    yield made
    made.remove()


@pytest.fixture
def on_disk(disk, tmp_path):
    """The program with its state on the small disk."""
    yield from office(tmp_path)


def test_a_full_disk_refuses_numbers_and_a_freed_one_gives_them_again(on_disk, disk):
    on_disk.start()
    with Crowd(on_disk) as crowd:
        crowd.wait_for(10)
        disk.fill(on_disk)
        crowd.wait_for_refusals(8)
        assert alive(on_disk)
        disk.free(on_disk)
        crowd.wait_for(20)

    check_books(on_disk, crowd)


def warn_reader(request, sentence: str) -> None:
    if reporter := request.config.pluginmanager.get_plugin("terminalreporter"):
        reporter.write_line(sentence)


def alive(served) -> bool:
    with urllib.request.urlopen(f"{served.url}/healthz", timeout=10) as answer:
        return answer.status == 200
