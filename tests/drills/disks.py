"""A small disk that a drill can fill and free again."""

import os
import resource
import subprocess
from contextlib import suppress
from pathlib import Path

from tests.served import Served

MEGABYTE = 1024 * 1024


class SmallDisk:
    """A file system of 64 MB in memory, mounted where the program keeps its state. Needs root."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._filler = folder / "filler"
        options = ["-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
        subprocess.run(["mount", *options], check=True, capture_output=True, timeout=10)

    def fill(self, served: Served) -> None:
        with self._filler.open("wb", buffering=0) as file:
            for size in (MEGABYTE, 4096, 1):
                with suppress(OSError):
                    while True:
                        file.write(b"x" * size)

    def free(self, served: Served) -> None:
        self._filler.unlink()

    def remove(self) -> None:
        subprocess.run(["umount", "--lazy", str(self._folder)], check=True, timeout=10)


class LimitedFiles:
    """Without the right to mount: no file of the program may become larger than it is."""

    def __init__(self, folder: Path):
        self._folder = folder

    def fill(self, served: Served) -> None:
        smallest = min(path.stat().st_size for path in self._folder.glob("loket.sqlite3*"))
        for each in served.processes():
            _, hard = each.rlimit(resource.RLIMIT_FSIZE)
            each.rlimit(resource.RLIMIT_FSIZE, (smallest, hard))

    def free(self, served: Served) -> None:
        for each in served.processes():
            _, hard = each.rlimit(resource.RLIMIT_FSIZE)
            each.rlimit(resource.RLIMIT_FSIZE, (hard, hard))

    def remove(self) -> None:
        """Nothing is left behind: the limit ends with the process."""


def small_disk(folder: Path) -> SmallDisk | LimitedFiles:
    if os.geteuid() == 0:
        try:
            return SmallDisk(folder)
        except subprocess.CalledProcessError:
            pass  # root in a container without the right to mount
    return LimitedFiles(folder)
