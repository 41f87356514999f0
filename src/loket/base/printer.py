"""A ticket printer at the end of a network cable: is it ready, take this, is it out?"""

import socket

from loket.base.escpos import DLE, GS

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 1.0
# A slip takes about a second; a printer that ran out of paper never answers.
PRINT_SECONDS = 4.0

# DLE EOT 2 (why offline) and DLE EOT 4 (paper): the bits that mean trouble.
_COVER, _STOPPED, _FAULT = 0x04, 0x20, 0x40
_PAPER_END, _PAPER_LOW = 0x60, 0x0C
# GS r 1 answers only when everything before it was printed.
_PRINTED = GS + b"r\x01"


class PrinterTrouble(Exception):
    """The slip did not come out. `state`: unreachable, paper_out, cover_open or fault."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


def send(host: str, port: int, slip: bytes) -> str:
    """Print one slip and wait until it is out: "ok", or what the next one will meet: "paper_low",
    "paper_out".

    Takes at most about ten seconds, usually one. Refuses PrinterTrouble. A printer that never answers
    questions, as cheap ones do, is believed to have printed.
    """
    try:
        with socket.create_connection((host, port), CONNECT_SECONDS) as line:
            talks = _check(line)
            line.settimeout(PRINT_SECONDS)
            line.sendall(slip + _PRINTED)
            if talks and _byte(line, PRINT_SECONDS) is None:
                _check(line)
                raise PrinterTrouble("fault")
            return _paper(line) if talks else "ok"
    except OSError:
        raise PrinterTrouble("unreachable") from None


def _check(line: socket.socket) -> bool:
    """Does the printer answer, and is it ready? Refuses PrinterTrouble."""
    offline = _ask(line, 2)
    if offline is None:
        return False
    if offline & _COVER:
        raise PrinterTrouble("cover_open")
    paper = _ask(line, 4) or 0
    if paper & _PAPER_END or offline & _STOPPED:
        raise PrinterTrouble("paper_out")
    if offline & _FAULT:
        raise PrinterTrouble("fault")
    return True


def _paper(line: socket.socket) -> str:
    paper = _ask(line, 4) or 0
    if paper & _PAPER_END:
        return "paper_out"
    return "paper_low" if paper & _PAPER_LOW else "ok"


def _ask(line: socket.socket, question: int) -> int | None:
    line.sendall(DLE + b"\x04" + bytes([question]))
    return _byte(line, ANSWER_SECONDS)


def _byte(line: socket.socket, seconds: float) -> int | None:
    line.settimeout(seconds)
    try:
        answer = line.recv(1)
    except TimeoutError:
        return None
    if not answer:
        raise ConnectionError("the printer hung up")
    return answer[0]
