"""What a ticket printer understands (ESC/POS): text, sizes, a QR code, the cut.

Only the commands that every 80 and 58 mm printer of the last twenty years shares; comments name them
as the manuals do.
"""

import unicodedata

ESC, GS, DLE = b"\x1b", b"\x1d", b"\x10"
# Signs a line holds in the usual font A, by paper width in millimetres.
COLUMNS = {80: 42, 58: 30}


class Paper:
    """Bytes of one slip, put together line by line; everything is centred."""

    def __init__(self, width: int):
        self.columns = COLUMNS[width]
        # ESC @: forget what an earlier job left; ESC t 0: code page 437; ESC a 1: centred.
        self._parts = [ESC + b"@", ESC + b"t\x00", ESC + b"a\x01"]

    def line(self, text: str, *, size: int = 1, bold: bool = False) -> "Paper":
        """Text in a size from 1 to 8, wrapped at words to the paper's width."""
        self._parts.append(GS + b"!" + bytes([(size - 1) << 4 | (size - 1)]))
        self._parts.append(ESC + b"E" + bytes([bold]))
        self._parts += [plain(part) + b"\n" for part in wrapped(text, self.columns // size)]
        return self

    def space(self, lines: int = 1) -> "Paper":
        self._parts.append(ESC + b"d" + bytes([lines]))
        return self

    def qr(self, content: str, *, module: int = 6) -> "Paper":
        """A QR code, model 2, correction M; `module` is the side of a dot in printer dots."""
        data = content.encode()
        self._parts += [
            _qr(b"1A2\x00"),
            _qr(b"1C" + bytes([module])),
            _qr(b"1E1"),
            _qr(b"1P0" + data),
            _qr(b"1Q0"),
            b"\n",
        ]
        return self

    def cut(self) -> bytes:
        """The slip, fed past the blade and cut all but a corner (GS V 66)."""
        return b"".join([*self._parts, GS + b"V\x42\x50"])


def _qr(command: bytes) -> bytes:
    return GS + b"(k" + len(command).to_bytes(2, "little") + command


def plain(text: str) -> bytes:
    """Letters every printer has: accents fall off, what is left over becomes a question mark."""
    folded = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in folded if not unicodedata.combining(sign) and sign.isprintable())
    return kept.replace("–", "-").replace("·", "-").encode("cp437", "replace")


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many signs; a word that is longer is broken."""
    lines, line = [], ""
    for word in text.split():
        while len(word) > columns:
            head, word = word[:columns], word[columns:]
            lines += [line, head] if line else [head]
            line = ""
        if line and len(line) + 1 + len(word) > columns:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line] if line else lines
