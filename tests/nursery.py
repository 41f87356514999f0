"""A process that has loaded the whole program and forks from there: `python -m tests.nursery LINE`.

Loading takes a second, a fork some milliseconds, and journeys, races and drills start hundreds of programs.
Each fork is a process of its own that reads its own environment and opens its own database; what was loaded
before has seen neither. How a program starts without all this is what tests/serving and
tests/test_mistakes.py try.

LINE is a socket over which tests.forks asks for children. A request is a JSON object with the module, its
arguments and the environment, and carries four descriptors: the child's standard input, output and error, and
a socket on which the child's number is told at its beginning and its exit at its end.
"""

import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from selectors import EVENT_READ, DefaultSelector

LARGEST_REQUEST = 1 << 17
# Modules of the tests that children run or call; what these import comes along.
SCENES = (
    *("tests.cast", "tests.staging", "tests.drills.clock", "tests.drills.dying", "tests.races.people"),
    *("tests.consultations.conversation", "tests.screens.shelf", "tests.privacy.budi"),
    *("tests.serving.beside", "tests.serving.dying", "tests.backup.full_disk"),
)
# Whatever of these the program reads, it reads when it uses it, never while it is loaded.
READ_WHEN_USED = {
    *("HOME", "SECRET_KEY", "BASE_URL", "BASE_URL_UNSET", "DATABASES", "MEDIA_ROOT", "LIBRARY_INDEX"),
    *("WORKER_THREAD", "API_PER_MINUTE", "ALLOWED_HOSTS"),
    # STATIC_URL: when somebody saves a style sheet while the tests run.
    *("STATIC_URL", "EMAIL_HOST", "EMAIL_PORT", "REQUIRE_2FA", "PAGE_THREADS", "PAGES_AT_ONCE", "CLAMD"),
}


@dataclass
class Birth:
    """What a child is to do."""

    module: str
    words: list[str]
    environment: dict[str, str]


def load() -> None:
    import django

    django.setup()
    import loket
    import loket.urls  # the screens below it need what it registers

    for entry in pkgutil.walk_packages(loket.__path__, "loket."):
        if not entry.name.endswith("__main__") and ".migrations" not in entry.name:
            importlib.import_module(entry.name)
    for scene in SCENES:
        importlib.import_module(scene)
    from django.db import connections

    from loket.library.language import thesaurus
    from loket.serving import server

    # What each child would work out for itself, as often as not for one page.
    server.know_addresses()
    thesaurus.shipped()

    assert not any(database.connection for database in connections.all()), "Loading opened a database."
    assert threading.active_count() == 1, "Loading started a thread."
    # What is there now is shared with the children, not looked through by each.
    gc.collect()
    gc.freeze()


def wait_for_birth(line: socket.socket) -> Birth:
    """Fork whenever asked, and tell how each child ended. Only children come back from here."""
    children: dict[int, tuple[int, int]] = {}  # by the descriptor of the process: its number, its report
    waiting = DefaultSelector()
    waiting.register(line, EVENT_READ)
    while True:
        for key, _ in waiting.select():
            if key.fileobj is not line:
                waiting.unregister(key.fd)
                _tell_end(key.fd, *children.pop(key.fd))
                continue
            request, descriptors, _, _ = socket.recv_fds(line, LARGEST_REQUEST, 4)
            if not request:
                _end_with_the_tests([number for number, _ in children.values()])
            child = os.fork()
            if not child:
                waiting.close()
                line.detach()
                _take_descriptors(descriptors)
                return Birth(**json.loads(request))
            *standard, report = descriptors
            for descriptor in standard:
                os.close(descriptor)
            os.write(report, str(child).encode())
            process = os.pidfd_open(child)
            children[process] = (child, report)
            waiting.register(process, EVENT_READ)


def _tell_end(process: int, number: int, report: int) -> None:
    _, status = os.waitpid(number, 0)
    # Whoever asked for it may not want to know any more.
    with suppress(BrokenPipeError):
        os.write(report, str(os.waitstatus_to_exitcode(status)).encode())
    os.close(report)
    os.close(process)


def _end_with_the_tests(children: list[int]) -> None:
    for child in children:
        os.kill(child, signal.SIGKILL)
    os._exit(0)


def _take_descriptors(descriptors: list[int]) -> None:
    for place, descriptor in enumerate(descriptors[:3]):
        os.dup2(descriptor, place)
    # Nothing of the tests and of the other children stays open here.
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))


def read_settings_anew() -> None:
    """From the environment of now, as a program that has just started does."""
    from django.conf import empty, settings
    from django.db import DEFAULT_DB_ALIAS, connections

    module = importlib.import_module("loket.settings")
    before = dict(vars(module))
    importlib.reload(module)
    changed = {name for name, value in vars(module).items() if name.isupper() and value != before[name]}
    changed -= {name for name in changed if callable(before[name])}
    assert changed <= READ_WHEN_USED, f"May a loaded program still change {changed - READ_WHEN_USED}?"
    settings._wrapped = empty
    connections._settings = None
    vars(connections).pop("settings", None)
    del connections[DEFAULT_DB_ALIAS]


def main(line: int) -> None:
    load()
    birth = wait_for_birth(socket.socket(fileno=line))
    os.environ.clear()
    os.environ.update(birth.environment)
    read_settings_anew()
    # It is run as a program now, not as the module that others import.
    if birth.module.startswith("tests."):
        del sys.modules[birth.module]
    sys.argv = [birth.module, *birth.words]
    runpy.run_module(birth.module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
