"""A played clamd: it reads INSTREAM as the manual says and knows one signature."""

import socket
import struct
import threading
from contextlib import contextmanager
from pathlib import Path

# In two halves, so that no scanner takes this source for the test file that every scanner knows.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD" + b"-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def clamd(path: Path, answer: bytes | None = None):
    """Listens at `path`; with `answer` it says that instead, whatever it got."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(path))
        door.listen()
        thread = threading.Thread(target=_serve, args=(door, answer), daemon=True)
        thread.start()
        yield path
        door.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _serve(door: socket.socket, answer: bytes | None) -> None:
    while True:
        try:
            line, _ = door.accept()
        except OSError:
            return
        with line, line.makefile("rb") as stream:
            if (begun := stream.read(6)) == b"zPING\0":
                line.sendall(b"PONG\0" if answer is None else answer)
                continue
            assert begun + stream.read(4) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack("!L", stream.read(4))[0]:
                content += stream.read(size)
            found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
            line.sendall(found if answer is None else answer)
