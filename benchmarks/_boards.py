"""A thousand boards in a process of their own: python -m benchmarks._boards PORT PATH COUNT

It prints "ready" when every board has heard its first word, then for each event the moment (monotonic) at
which the last board had it; it ends when standard input does. With PATH "floor" it is the news
itself: bare sockets that pass on each line of standard input, the least that telling everybody costs.
"""

import asyncio
import sys
import time

CHANGED, PING = b"event: changed", b"event: ping"


class Board(asyncio.Protocol):
    """Counts the changes it is told of."""

    def __init__(self, request: bytes, heard):
        self._request = request
        self._heard = heard
        self._rest = b""
        self.events = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if line.startswith(PING):
                self._heard(None)
            elif line.startswith(CHANGED):
                self.events += 1
                self._heard(self.events)


async def watch(port: int, path: str, count: int) -> None:
    loop = asyncio.get_running_loop()
    told: dict[int | None, int] = {}
    everybody = asyncio.Event()

    def heard(event: int | None) -> None:
        told[event] = told.get(event, 0) + 1
        if told[event] == count:
            if event is None:
                everybody.set()
            else:
                print(event, time.monotonic(), flush=True)

    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    for start in range(0, count, 50):
        few = range(start, min(start + 50, count))
        await asyncio.gather(
            *(loop.create_connection(lambda: Board(request, heard), "127.0.0.1", port) for _ in few)
        )
    await everybody.wait()
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


async def tell(port: int) -> None:
    """The floor: what comes in on standard input goes out to all."""
    boards: set[asyncio.StreamWriter] = set()

    async def enter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        boards.add(writer)
        writer.write(PING + b"\ndata:\n\n")

    await asyncio.start_server(enter, "127.0.0.1", port, backlog=1024)
    print("ready", flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        for board in boards:
            board.write(CHANGED + b"\ndata: 1\n\n")


if __name__ == "__main__":
    if sys.argv[2] == "floor":
        asyncio.run(tell(int(sys.argv[1])))
    else:
        asyncio.run(watch(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
