"""Visitors at kiosks who keep taking numbers, and press again with the same key until they hold one."""

import http.client
import itertools
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.drills.office import Office

PATIENCE = 30
# How soon the next person stands there, and how soon somebody presses again: seconds. Eight kiosks are always
# under way with some press, and leave the processors something to do the work with.
STEP_UP, PRESS_AGAIN = 0.02, 0.2
GUEST_BOOK = "/3574/kios/buku-tamu/"


class Refused(Exception):
    """The program answered, but gave no number."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status


@dataclass
class Kiosk:
    """One screen at which people fill in the guest book, one after the other."""

    name: str
    port: int
    device: str
    # The key of each press and the ticket that was shown for it.
    given: dict[str, str] = field(default_factory=dict)
    refusals: list[int] = field(default_factory=list)
    lost_lines: int = 0
    form_cookie: str = ""

    def take_number(self, key: str, stop: threading.Event, give_up: threading.Event) -> None:
        """Press until a number is shown. Whoever is refused at closing time goes home; whoever got no
        answer presses on, for the number may have been given.
        """
        while not give_up.is_set():
            try:
                self.given[key] = self._press(key)
                return
            except Refused as refusal:
                self.refusals.append(refusal.status)
                if stop.is_set():
                    return
            except (OSError, http.client.HTTPException):
                self.lost_lines += 1
            time.sleep(PRESS_AGAIN)

    def _press(self, key: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            self.form_cookie = self.form_cookie or self._open(connection)
            form = {
                "csrfmiddlewaretoken": self.form_cookie,
                "key": key,
                "text": "Inflasi bulanan 2025",
                "purpose": "study",
                "kind": "data",
                "name": "Budi",
                "email": f"{key}@surel.example",
                "institution_kind": "university",
            }
            headers = {
                "Cookie": f"loket_kiosk={self.device}; csrftoken={self.form_cookie}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request("POST", GUEST_BOOK, urlencode(form), headers)
            # Signed: the ticket's token, when and by whom.
            return _cookie_of(connection, "loket_kiosk_number").partition(":")[0]
        finally:
            connection.close()

    def _open(self, connection: http.client.HTTPConnection) -> str:
        connection.request("GET", GUEST_BOOK, headers={"Cookie": f"loket_kiosk={self.device}"})
        return _cookie_of(connection, "csrftoken")


def _cookie_of(connection: http.client.HTTPConnection, name: str) -> str:
    answer = connection.getresponse()
    answer.read()
    cookies = SimpleCookie()
    for header in answer.headers.get_all("Set-Cookie", []):
        cookies.load(header)
    if name not in cookies:
        raise Refused(answer.status)
    return cookies[name].value


class Crowd:
    """Eight kiosks that are used all the time, from `with` to its end; then everybody holds a number."""

    def __init__(self, office: Office, kiosks: int = 8):
        self.kiosks = [Kiosk(f"kiosk-{k}", office.port, office.kiosk) for k in range(kiosks)]
        self._stop, self._give_up = threading.Event(), threading.Event()
        self._threads = [
            threading.Thread(target=self._use, args=(kiosk,), daemon=True) for kiosk in self.kiosks
        ]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._stop.set()
        if failure[0]:
            # There may be no program any more that could give anybody a number.
            self._give_up.set()
        for thread in self._threads:
            thread.join(PATIENCE * 2)
        if not failure[0]:
            assert not any(thread.is_alive() for thread in self._threads), "A kiosk is stuck."

    def _use(self, kiosk: Kiosk) -> None:
        for press in itertools.count():
            if self._stop.is_set():
                return
            kiosk.take_number(f"{kiosk.name}-{press}", self._stop, self._give_up)
            time.sleep(STEP_UP)

    @property
    def given(self) -> dict[str, str]:
        """Every number that somebody holds, by the key of the press."""
        return {key: token for kiosk in self.kiosks for key, token in list(kiosk.given.items())}

    @property
    def refusals(self) -> list[int]:
        return [status for kiosk in self.kiosks for status in list(kiosk.refusals)]

    @property
    def lost_lines(self) -> int:
        """How often somebody pressed and got no answer."""
        return sum(kiosk.lost_lines for kiosk in self.kiosks)

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
