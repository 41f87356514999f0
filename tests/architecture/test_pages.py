"""Templates and static files: nothing inline, nothing missing."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles import finders

from tests.architecture.texts import SOURCE

TEMPLATES = sorted((SOURCE / "templates").rglob("*.html"))
SCRIPTS = sorted((SOURCE / "static").rglob("*.js"))
SHEETS = sorted((SOURCE / "static").rglob("*.css"))


class Inline(HTMLParser):
    """Collects what the content security policy would refuse."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag == "style" or (
            tag == "script" and "src" not in names and names.get("type") != "application/json"
        ):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]
        self.found += [value for value in names.values() if value and value.startswith("javascript:")]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_style_script_or_handler_is_inline(path):
    reader = Inline()

    reader.feed(re.sub(r"{[%#].*?[%#]}", "", path.read_text("utf-8")))

    assert reader.found == []


def test_named_static_files_exist():
    named = {
        (path.name, name)
        for path in TEMPLATES
        for name in re.findall(r"""{%\s*static\s+['"]([^'"{]+)['"]""", path.read_text("utf-8"))
    }

    assert [entry for entry in sorted(named) if finders.find(entry[1]) is None] == []


def test_scripts_and_sheets_ask_only_for_our_own_files():
    wrong = []
    for path in [*SCRIPTS, *SHEETS]:
        text = path.read_text("utf-8")
        for name in re.findall(r"""(?:from|import\()\s*["']([^"']+)["']|url\(["']?([^"')]+)""", text):
            address = name[0] or name[1]
            if not address.startswith(("./", "../")) or not (path.parent / address).exists():
                wrong.append(f"{path.name}: {address}")

    assert wrong == []


def test_every_script_and_sheet_is_used():
    everything = "".join(path.read_text("utf-8") for path in [*TEMPLATES, *SCRIPTS, *SHEETS])
    code = "".join(path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.py")))

    assert [path.name for path in [*SCRIPTS, *SHEETS] if path.name not in everything + code] == []
