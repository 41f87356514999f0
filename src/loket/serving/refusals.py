"""What is said before any page is asked: in both languages, as one answer that needs nothing else.

A program with too much to do must not be asked for style sheets and drawings as well, so the looks
lie in the answer; the policy names them by their digest and allows nothing else.
"""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from loket.serving.environ import Answer


@dataclass(frozen=True)
class Words:
    """What happened, and what to do."""

    title: str
    advice: str


@dataclass(frozen=True)
class Why:
    """A reason not to read a request any further."""

    status: int
    id: Words
    en: Words


KEPT = "Bila Anda baru saja mengirim sesuatu, itu belum tersimpan: tekan Kembali, lalu kirim sekali lagi."
KEPT_EN = "If you have just sent something, it was not saved: go back and send it once more."
LATE = Why(
    408,
    Words("Kiriman ini terlalu lama tiba", f"Mungkin sambungan internet Anda sedang lambat. {KEPT}"),
    Words("This took too long to arrive", f"Your connection may be slow. {KEPT_EN}"),
)
LARGE = Why(
    413,
    Words(
        "Kiriman ini terlalu besar",
        "Tidak ada yang tersimpan. Tekan Kembali, perkecil atau bagi berkasnya, lalu kirim lagi.",
    ),
    Words("This is larger than the program takes", "Nothing was saved. Go back, send smaller files."),
)
LENGTHLESS = Why(
    411,
    Words(
        "Ukuran kiriman ini tidak disebutkan",
        "Tidak ada yang tersimpan. Coba lagi dengan peramban (browser) lain.",
    ),
    Words("This does not say how large it is", "Nothing was saved. Try again with another browser."),
)
MANY = Why(
    503,
    Words("Sedang sangat ramai", f"Tunggu beberapa detik, lalu coba lagi. {KEPT}"),
    Words("Too many people at once", f"Wait a few seconds, then try again. {KEPT_EN}"),
)
ENDING = Why(
    503,
    Words("Loket sedang dimulai ulang", f"Tunggu sebentar, lalu coba lagi. {KEPT}"),
    Words("Loket is being restarted", f"Wait a moment, then try again. {KEPT_EN}"),
)

HERE = Path(__file__).parent
STYLE = (HERE / "refusal.css").read_text("utf-8")
PAGE = (HERE / "refusal.html").read_text("utf-8")
DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = [
    ("content-type", "text/html; charset=utf-8"),
    ("content-security-policy", f"default-src 'none'; style-src 'sha256-{DIGEST}'"),
    ("cache-control", "no-store"),
]


class Refusal(Exception):
    """The request is not read any further; says which answer it gets."""

    def __init__(self, why: Why):
        super().__init__(why)
        again = ("retry-after", "2") if why.status == 503 else ("connection", "close")
        body = PAGE.format(why=why, style=STYLE).encode()
        self.answer = Answer(why.status, [*HEADERS, again], body)
