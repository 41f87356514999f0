"""A printer to speak to over a socket: takes slips, answers what it is asked, can run out of paper."""

import socket
import threading
from contextlib import suppress

READY, COVER_OPEN, STOPPED = 0x12, 0x16, 0x32
PAPER_THERE, PAPER_LOW, PAPER_END = 0x12, 0x1E, 0x7E
QUESTION = b"\x10\x04"
PRINTED = b"\x1dr\x01"


class PaperPrinter:
    """`sheets` is how many slips the roll still holds; `mute` never answers, as cheap printers do."""

    def __init__(self, *, sheets=10, mute=False, cover_open=False, low=False):
        self.sheets, self.mute, self.cover_open, self.low = sheets, mute, cover_open, low
        self.slips: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # Wakes the thread: asleep on a number that is free again, it might hear who calls the next printer.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(10)

    def _serve(self):
        with suppress(OSError):
            while True:
                line, _ = self._socket.accept()
                with line, suppress(OSError):
                    self._talk(line)

    def _talk(self, line):
        heard = b""
        while piece := line.recv(4096):
            heard += piece
            heard = self._answer(line, heard)

    def _answer(self, line, heard):
        if heard.startswith(QUESTION) and len(heard) >= 3:
            self._say(line, self._offline() if heard[2] == 2 else self._paper())
            return heard[3:]
        if heard.endswith(PRINTED):
            if self.sheets:
                self.sheets -= 1
                self.slips.append(heard.removesuffix(PRINTED))
                self._say(line, 0)
            return b""
        return heard

    def _say(self, line, byte):
        if not self.mute:
            line.sendall(bytes([byte]))

    def _offline(self):
        return COVER_OPEN if self.cover_open else READY if self.sheets else STOPPED

    def _paper(self):
        return PAPER_END if not self.sheets else PAPER_LOW if self.low else PAPER_THERE
