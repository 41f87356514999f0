"""Asking the WebAPI: politely, again when it stumbles, and without ever writing down the key."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

TRIES = 5
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
TIMEOUT_SECONDS = 30
MOST_BYTES = 20_000_000
PER_PAGE = 100
NOTHING = ("list-not-available", "not-available")


class Unreachable(Exception):
    """The WebAPI did not answer in spite of several tries; the text says what it did instead."""


class Refused(Exception):
    """The WebAPI answered that it will not; the text is its own."""


class _NoRedirect(HTTPRedirectHandler):
    """The key is part of the address: it must not follow to another host."""

    def redirect_request(self, *arguments: Any) -> None:
        return None


@dataclass(frozen=True)
class Page:
    """Rows of a list, and how many pages there are."""

    rows: list[Any]
    pages: int


@dataclass
class Client:
    """One conversation with the WebAPI; `pause` are the seconds between two questions."""

    address: str
    key: str
    pause: float = 0.3
    sleep: Callable[[float], None] = time.sleep

    def list(self, model: str, *, domain: str, page: int, language: str = "ind") -> Page:
        """A page of a model's list; no rows when there are none. Refuses Unreachable and Refused."""
        path = f"api/list/model/{model}/perpage/{PER_PAGE}/lang/{language}/domain/{domain}/page/{page}"
        data = self._data(self._ask(path))
        # Two elements of different kinds: first the counts, then the rows.
        if not isinstance(data, list) or len(data) != 2 or not isinstance(data[1], list):
            return Page([], 0)
        counts = data[0] if isinstance(data[0], dict) else {}
        return Page(data[1], _whole(counts.get("pages")) or 1)

    def view(self, model: str, *, domain: str, key: str, language: str = "ind") -> dict[str, Any]:
        """Everything about one thing; empty when it is not there. Refuses Unreachable and Refused."""
        path = f"api/view/model/{model}/lang/{language}/domain/{domain}/id/{quote(key, safe='')}"
        data = self._data(self._ask(path))
        return data if isinstance(data, dict) else {}

    def _data(self, answer: Any) -> Any:
        if not isinstance(answer, dict):
            raise Refused("the answer is no JSON object")
        if str(answer.get("status", "")).upper() != "OK":
            raise Refused(str(answer.get("message") or "it did not say why")[:200])
        return None if answer.get("data-availability") in NOTHING else answer.get("data")

    def _ask(self, path: str) -> Any:
        trouble = ""
        for turn in range(TRIES):
            self.sleep(min(FIRST_PAUSE * 2 ** (turn - 1), LONGEST_PAUSE) if turn else self.pause)
            try:
                return self._once(path)
            except HTTPError as error:
                trouble = f"it answered {error.code}"
                if error.code < 500 and error.code not in (408, 429):
                    raise Refused(trouble) from None
                self.sleep(_asked_to_wait(error))
            except (OSError, HTTPException) as error:
                trouble = type(error).__name__
            except ValueError:
                trouble = "its answer is no JSON"
        # `from None`: what the library under it says may contain the address, and that the key.
        raise Unreachable(f"{urlsplit(self.address).hostname}: {trouble}, {TRIES} times") from None

    def _once(self, path: str) -> Any:
        address = f"{self.address.rstrip('/')}/{path}/key/{quote(self.key, safe='')}"
        request = Request(address, headers={"Accept": "application/json", "User-Agent": "Loket"})  # noqa: S310
        with build_opener(_NoRedirect).open(request, timeout=TIMEOUT_SECONDS) as answer:
            return json.loads(answer.read(MOST_BYTES))


def _asked_to_wait(error: HTTPError) -> float:
    return min(float(_whole(error.headers.get("Retry-After"))), LONGEST_PAUSE)


def _whole(value: Any) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
