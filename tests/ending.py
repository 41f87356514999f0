"""What is made once, for all tests of a process or of a run, and is taken away when they are over."""

import fcntl
import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

at_the_end = ExitStack()
_SHARED = "FOLDER_OF_THE_TEST_RUN"


def begin_run() -> None:
    """The first process of a run makes the folder that those it starts share."""
    if _SHARED not in os.environ:
        os.environ[_SHARED] = at_the_end.enter_context(tempfile.TemporaryDirectory(prefix="loket-run-"))
        at_the_end.callback(os.environ.pop, _SHARED)


def once_a_run(name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first process to ask fills, while the others wait; they only read it."""
    folder, ready = Path(os.environ[_SHARED], name), Path(os.environ[_SHARED], f"{name}.ready")
    with Path(os.environ[_SHARED], f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            folder.mkdir()
            make(folder)
            ready.touch()
    return folder
