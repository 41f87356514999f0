"""A folder for what is not finished; nothing of it stays."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - on Windows what a killed program left stays
    fcntl = None  # type: ignore[assignment]

NAMED = "unfinished-"


@contextmanager
def workplace(home: Path) -> Iterator[Path]:
    """Made below `home`, gone in the end. What a program that was killed left there is cleared away first."""
    with ExitStack() as ends:
        with _locked(home):
            _clear_abandoned(home)
            folder = Path(tempfile.mkdtemp(prefix=NAMED, dir=home))
            ends.enter_context(_locked(folder))
        ends.callback(shutil.rmtree, folder, ignore_errors=True)
        yield folder


def _clear_abandoned(home: Path) -> None:
    for left in home.glob(f"{NAMED}*") if fcntl else []:
        # Who works there holds its lock, and a killed program holds none. What root left stays: it keeps
        # nobody from a backup.
        with suppress(BlockingIOError, PermissionError), _locked(left, or_fail=True):
            shutil.rmtree(left)


@contextmanager
def _locked(folder: Path, *, or_fail: bool = False) -> Iterator[None]:
    if not fcntl:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (fcntl.LOCK_NB if or_fail else 0))
        yield
    finally:
        os.close(handle)
