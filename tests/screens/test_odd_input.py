"""Every form of every page, filled in as nobody expects: it is answered in words, and nothing of it runs."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
import time_machine
from django.db import connection, transaction

from tests.cast import MORNING
from tests.screens.doors import DOORS
from tests.screens.test_doors import Building, routes

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
ODD = {
    "nothing": "",
    "huge": "x" * 50_000,
    "unseen": " \u00a0a\u200bb\u202ec\u2066\ufeff😀\0",
    "running": f"=HYPERLINK(\"https://x.example\")|cmd' /C calc'!A0{SCRIPT}",
    "number": "9" * 40,
}
# What a database may refuse: the rest is the same on all of them.
ODD_TO_A_DATABASE = ("huge", "unseen", "number")
TYPED = ("text", "textarea", "email", "search", "tel", "date", "time", "number", "url", "password")


@dataclass
class Form:
    action: str
    post: bool
    name: str | None
    typed: list[str] = field(default_factory=list)
    rest: dict[str, str] = field(default_factory=dict)

    def filled(self, text: str) -> dict[str, str]:
        return self.rest | dict.fromkeys(self.typed, text)


class Forms(HTMLParser):
    """The forms of a page; of choices the first one is made."""

    def __init__(self, page: str, address: str):
        super().__init__()
        self.address, self.forms, self._open, self._select = address, [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            post = (said.get("method") or "get").lower() == "post"
            self._open = Form(said.get("action") or self.address, post, said.get("id"))
            self.forms.append(self._open)
        elif tag == "option" and self._select and said.get("value"):
            form, name = self._select
            form.rest.setdefault(name, said["value"])
        elif tag in ("input", "textarea", "select", "button") and said.get("name"):
            self._take(tag, said)

    def _take(self, tag, said):
        form = next((form for form in self.forms if form.name == said.get("form")), None)
        form = form if "form" in said else self._open
        kind = said.get("type") or ("text" if tag == "input" else tag)
        if form is None or said["name"] == "csrfmiddlewaretoken":
            return
        if tag == "select":
            self._select = (form, said["name"])
        elif kind in TYPED:
            form.typed.append(said["name"])
        elif kind != "file":
            form.rest.setdefault(said["name"], said.get("value") or "on")

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None


@pytest.fixture
def building(settings, tmp_path):
    settings.LIBRARY_INDEX = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "files"
    with time_machine.travel(MORNING, tick=False):
        yield Building()


@pytest.mark.parametrize("who", ["stranger", "kiosk", "tablet", "budi", "sari", "adi"])
def test_every_form_takes_every_text_or_says_why_not(building, who):
    client = building.visitor(who)
    client.raise_request_exception = False
    asked = ODD if connection.vendor == "sqlite" else {name: ODD[name] for name in ODD_TO_A_DATABASE}
    sent, wrong = set(), []

    for name in sorted(name for name in routes() if DOORS[name][who] == "in"):
        address = building.address(name)
        for form in forms_at(client, address):
            what = (form.action, tuple(form.typed))
            if not form.typed or what in sent:
                continue
            sent.add(what)
            for odd, text in asked.items():
                # What a form does is undone: the next one finds the office as it was.
                with transaction.atomic():
                    ask = client.post if form.post else client.get
                    answer = ask(form.action, form.filled(text))
                    said = words(answer)
                    transaction.set_rollback(True)
                if answer.status_code >= 500 or (odd == "running" and SCRIPT in said):
                    wrong.append((name, form.action, odd, answer.status_code))

    assert len(sent) >= {"stranger": 6, "kiosk": 2, "tablet": 1, "budi": 8, "sari": 15, "adi": 40}[who]
    assert wrong == []


def forms_at(client, address):
    with transaction.atomic():
        answer = client.get(address)
        page = words(answer)
        transaction.set_rollback(True)
    return Forms(page, address).forms if answer.status_code == 200 else []


def words(answer) -> str:
    """What an answer says; a file that is sent is read to its end, so that it is closed."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode() if "html" in answer.headers.get("Content-Type", "") else ""
