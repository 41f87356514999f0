"""Starting modules of the program from a process that has loaded them already (tests.nursery)."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import IO, Any

from tests.ending import at_the_end

ROOT = Path(__file__).parent.parent
NOWHERE = os.open(os.devnull, os.O_RDWR)
PYTHONPATH = os.pathsep.join([str(ROOT / "src"), str(ROOT)])


class Fork:
    """`python -m MODULE WORDS` as a process of its own; behaves as a subprocess.Popen does."""

    def __init__(
        self,
        module: str,
        *words: str,
        environment: dict[str, str],
        stdin: Any = NOWHERE,
        stdout: Any = NOWHERE,
        stderr: Any = NOWHERE,
    ):
        self.args = [module, *words]
        self.returncode: int | None = None
        request = {"module": module, "words": words, "environment": environment}
        self._report, report = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        standard = [file if isinstance(file, int) else file.fileno() for file in (stdin, stdout, stderr)]
        with report:
            socket.send_fds(_nursery(), [json.dumps(request).encode()], [*standard, report.fileno()])
        self.pid = int(self._told())

    def _told(self) -> bytes:
        if said := self._report.recv(64):
            return said
        raise AssertionError("The nursery has ended; what it said is in the output of the tests.")

    def poll(self) -> int | None:
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            self._report.settimeout(timeout)
            try:
                self.returncode = int(self._told())
            except (TimeoutError, BlockingIOError):
                raise subprocess.TimeoutExpired(self.args, timeout or 0) from None
            self._report.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def run(
    module: str, *words: str, environment: dict[str, str], timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """To its end, with what it said."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = Fork(module, *words, environment=environment, stdout=out, stderr=err)
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            raise
        return subprocess.CompletedProcess(process.args, code, _text(out), _text(err))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


@cache
def _nursery() -> socket.socket:
    """The line to it. It ends when this process does."""
    line, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    home = at_the_end.enter_context(tempfile.TemporaryDirectory(prefix="loket-nursery-"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LOKET_")}
    with other:
        nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery", str(other.fileno())],
            env=environment
            | {
                "PYTHONPATH": PYTHONPATH,
                "PYTHONFAULTHANDLER": "1",
                "LOKET_HOME": home,
                "DJANGO_SETTINGS_MODULE": "loket.settings",
            },
            cwd=ROOT,
            pass_fds=[other.fileno()],
        )
    at_the_end.callback(nursery.wait)
    return at_the_end.enter_context(line)
