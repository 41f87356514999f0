"""What an operator can set or type is described, and what is described exists."""

import argparse
import re
from pathlib import Path

import pytest

from loket.cli import make_parser

ROOT = Path(__file__).parents[2]
OPERATING = ROOT / "docs" / "operating"
# Spoken of in tests and tools only.
NOT_FOR_OPERATORS = {"LOKET_TEST_DB", "LOKET_BENCH"}
# Read by the same line as the secret itself.
WITH_A_FILE = {"LOKET_SECRET_KEY_FILE"}


def test_every_setting_is_described():
    read = set()
    for path in [*(ROOT / "src").rglob("*.py"), ROOT / "start.py"]:
        read |= set(re.findall(r"[\"'](LOKET_[A-Z0-9_]*[A-Z0-9])[\"']", path.read_text("utf-8")))
    described = set(re.findall(r"^\| `(LOKET_\w+)`", (OPERATING / "settings.md").read_text("utf-8"), re.M))

    assert described == (read | WITH_A_FILE) - NOT_FOR_OPERATORS


def commands(parser: argparse.ArgumentParser, words: str = "loket") -> list[str]:
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        return [words]
    return [
        command
        for action in below
        for name, child in action.choices.items()
        for command in commands(child, f"{words} {name}")
    ]


def test_every_command_is_described():
    headings = re.findall(r"^### `(loket .*)`$", (OPERATING / "commands.md").read_text("utf-8"), re.M)

    described = [re.split(r" [A-Z\[-]", heading)[0] for heading in headings]
    assert sorted(described) == sorted(commands(make_parser()))


DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text("utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_decisions_are_numbered_once():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]

    assert len(set(numbers)) == len(numbers)
