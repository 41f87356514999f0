"""Visitors who keep taking numbers, and press again with the same key until they hold one."""

import http.client
import itertools
import re
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

PATIENCE = 30
TICKET = re.compile(r"^/3574/antrean/([^/]+)/$")


class Refused(Exception):
    """The program answered, but gave no number."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status


@dataclass
class Door:
    """One screen at which people fill in the guest book, one after the other."""

    name: str
    port: int
    # The key of each press and the ticket that was shown for it.
    given: dict[str, str] = field(default_factory=dict)
    refusals: list[int] = field(default_factory=list)
    lost_lines: int = 0
    cookie: str = ""

    def take_number(self, key: str, stop: threading.Event) -> None:
        """Press until a number is shown. Whoever is refused at closing time goes home; whoever got no
        answer presses on, for the number may have been given.
        """
        while True:
            try:
                self.given[key] = self._press(key)
                return
            except Refused as refusal:
                self.refusals.append(refusal.status)
                if stop.is_set():
                    return
            except (OSError, http.client.HTTPException):
                self.lost_lines += 1
            time.sleep(0.05)

    def _press(self, key: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            if not self.cookie:
                self.cookie = self._open(connection)
            form = {
                "csrfmiddlewaretoken": self.cookie,
                "key": key,
                "text": "Inflasi bulanan 2025",
                "purpose": "study",
                "kind": "data",
                "name": "Budi",
                "email": f"{key}@surel.example",
                "institution_kind": "university",
            }
            headers = {
                "Cookie": f"csrftoken={self.cookie}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request("POST", "/3574/buku-tamu/", urlencode(form), headers)
            answer = connection.getresponse()
            answer.read()
            shown = TICKET.match(answer.getheader("Location", ""))
            if not shown:
                raise Refused(answer.status)
            return shown[1]
        finally:
            connection.close()

    def _open(self, connection: http.client.HTTPConnection) -> str:
        connection.request("GET", "/3574/buku-tamu/")
        answer = connection.getresponse()
        answer.read()
        cookies = SimpleCookie(answer.getheader("Set-Cookie", ""))
        if "csrftoken" not in cookies:
            raise Refused(answer.status)
        return cookies["csrftoken"].value


class Crowd:
    """Several doors that are used all the time, from `with` to its end; then everybody holds a number."""

    def __init__(self, port: int, doors: int = 8):
        self.doors = [Door(f"door-{k}", port) for k in range(doors)]
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._use, args=(door,)) for door in self.doors]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE * 2)
        if not failure[0]:
            assert not any(thread.is_alive() for thread in self._threads), "A door is stuck."

    def _use(self, door: Door) -> None:
        for press in itertools.count():
            if self._stop.is_set():
                return
            door.take_number(f"{door.name}-{press}", self._stop)

    @property
    def given(self) -> dict[str, str]:
        """Every number that somebody holds, by the key of the press."""
        return {key: token for door in self.doors for key, token in list(door.given.items())}

    @property
    def refusals(self) -> list[int]:
        return [status for door in self.doors for status in list(door.refusals)]

    def wait_for(self, more: int, seconds: float = 60) -> None:
        """Until that many further numbers were given."""
        wanted, until = len(self.given) + more, time.monotonic() + seconds
        while len(self.given) < wanted:
            assert time.monotonic() < until, (
                f"Only {len(self.given)} of {wanted} numbers; {self.refusals[-5:]}"
            )
            time.sleep(0.01)

    def wait_for_refusals(self, more: int, seconds: float = 60) -> None:
        wanted, until = len(self.refusals) + more, time.monotonic() + seconds
        while len(self.refusals) < wanted:
            assert time.monotonic() < until, f"Only {len(self.refusals)} of {wanted} refusals."
            time.sleep(0.01)
