"""A screen's ears: reads an event stream from a socket of its own."""

import json
import socket
import time


class Ears:
    """One open stream. Reading waits, so that no test has to sleep."""

    def __init__(self, port: int, query: str = "topics=hall", office: str = "3574", cookie: str = ""):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=15)
        head = f"GET /{office}/langsung?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        self._socket.sendall(f"{head}Cookie: {cookie}\r\n\r\n".encode())
        self._lines = self._socket.makefile("r", encoding="utf-8", newline="\n")
        self.status = int(self._lines.readline().split()[1])
        while self._lines.readline().strip():
            continue

    def event(self) -> tuple[str, dict]:
        """The next event, a ping included."""
        name, data = "", ""
        while True:
            line = self._lines.readline()
            if not line:
                raise EOFError("The stream has ended.")
            if line.startswith("event: "):
                name = line[7:].strip()
            elif line.startswith("data:"):
                data = line[5:].strip()
                return name, json.loads(data) if data else {}

    def news(self, seconds: float = 10) -> dict:
        """The next change."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            name, data = self.event()
            if name == "changed":
                return data
        raise AssertionError(f"No news within {seconds} s.")

    def is_ended(self) -> bool:
        """Read to the end, which the program has to make."""
        try:
            while True:
                self.event()
        except EOFError:
            return True

    def close(self) -> None:
        self._lines.close()
        self._socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
