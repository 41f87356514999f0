"""People in front of the program: clients that ask again as soon as they were answered."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    status: int
    head: str
    body: bytes

    def header(self, name: str) -> str:
        """The first header of this name, or nothing."""
        for line in self.head.split("\r\n"):
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return ""


class Connection:
    """One kept-alive HTTP connection, as thin as Python allows: the client shares the server's cores."""

    def __init__(self, port: int):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if body or method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        self._socket.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        return self._receive()

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> Answer:
        received = self._rest
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        answer = Answer(int(head[9:12]), head.decode("latin-1"), b"")
        if answer.header("Transfer-Encoding") == "chunked":
            return Answer(answer.status, answer.head, self._chunks(body))
        length = int(answer.header("Content-Length") or 0)
        while len(body) < length:
            body += self._more()
        self._rest = body[length:]
        return Answer(answer.status, answer.head, body[:length])

    def _chunks(self, received: bytes) -> bytes:
        body = b""
        while True:
            while b"\r\n" not in received:
                received += self._more()
            size, _, received = received.partition(b"\r\n")
            length = int(size, 16)
            while len(received) < length + 2:
                received += self._more()
            body, received = body + received[:length], received[length + 2 :]
            if length == 0:
                self._rest = received
                return body

    def _more(self) -> bytes:
        received = self._socket.recv(65536)
        if not received:
            raise ConnectionError("The server closed the connection.")
        return received


@dataclass(frozen=True)
class Timings:
    """What closed-loop clients measured; milliseconds, sorted."""

    seconds: float
    times: list[float]

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    @property
    def worst(self) -> float:
        return self.times[-1]

    def share(self, part: float) -> float:
        """The time that `part` (0 to 1) of the requests did not exceed."""
        return self.times[min(len(self.times) - 1, int(len(self.times) * part))]

    def __str__(self) -> str:
        return (
            f"{self.rate:8.0f}/s   p50 {self.share(0.5):7.2f}   p99 {self.share(0.99):7.2f}"
            f"   worst {self.worst:8.2f} ms"
        )


Act = Callable[[], None]


def closed_loop(acts: list[Act], seconds: float) -> Timings:
    """A thread for each act, which it does again and again for `seconds`. One that fails ends the run."""
    times: list[list[float]] = [[] for _ in acts]
    failures: list[BaseException] = []
    barrier = threading.Barrier(len(acts) + 1)
    end = 0.0

    def work(act: Act, mine: list[float]) -> None:
        barrier.wait()
        try:
            begun = time.perf_counter()
            while begun < end and not failures:
                act()
                done = time.perf_counter()
                mine.append((done - begun) * 1000)
                begun = done
        except Exception as failure:  # noqa: BLE001 - raised again below, in the thread that reports
            failures.append(failure)

    threads = [
        threading.Thread(target=work, args=pair, daemon=True) for pair in zip(acts, times, strict=True)
    ]
    for thread in threads:
        thread.start()
    begun = time.perf_counter()
    end = begun + seconds
    barrier.wait()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return Timings(time.perf_counter() - begun, sorted(each for mine in times for each in mine))
