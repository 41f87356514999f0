"""Asking ClamAV's daemon about a file, over its socket (INSTREAM, as its manual page clamd(8) says)."""

import socket
import struct
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

BLOCK = 64 * 1024
PATIENCE_SECONDS = 30
SHORT_PATIENCE_SECONDS = 3
LONGEST_ANSWER = 4096
# The last two: a number that is no port, and a name that cannot be one of a host.
TROUBLE = (OSError, OverflowError, UnicodeError)


class ScannerAway(Exception):
    """The daemon cannot be asked, or did not answer as its manual says; the file waits."""


def is_set() -> bool:
    return bool(settings.CLAMD)


def scan(path: Path) -> str:
    """The name of what was found in the file; "" when it is clean. Refuses ScannerAway."""
    try:
        with _connected() as line, path.open("rb") as file:
            line.sendall(b"zINSTREAM\0")
            while block := file.read(BLOCK):
                line.sendall(struct.pack("!L", len(block)) + block)
            line.sendall(struct.pack("!L", 0))
            answer = _answer(line)
    except TROUBLE as trouble:
        raise ScannerAway(f"{type(trouble).__name__}: {trouble}") from trouble
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")[:200] or "?"
    if answer != "stream: OK":
        raise ScannerAway(answer)
    return ""


def ping() -> None:
    """Refuses ScannerAway when the daemon does not answer soon."""
    try:
        with _connected(SHORT_PATIENCE_SECONDS) as line:
            line.sendall(b"zPING\0")
            answer = _answer(line)
    except TROUBLE as trouble:
        raise ScannerAway(f"{type(trouble).__name__}: {trouble}") from trouble
    if answer != "PONG":
        raise ScannerAway(f"it says {answer!r}")


@contextmanager
def _connected(patience: float = PATIENCE_SECONDS):
    """A path is a socket in the file system, host:port one of the network."""
    host, colon, port = settings.CLAMD.rpartition(":")
    if colon and port.isdecimal():
        with socket.create_connection((host, int(port)), timeout=patience) as line:
            yield line
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(patience)
        line.connect(settings.CLAMD)
        yield line


def _answer(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        block = line.recv(LONGEST_ANSWER)
        if not block:
            break
        answer += block
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
