"""The command `loket`: one noun or verb per file in loket.commands.

Answers go to standard output, messages for people to standard error. Exit 0 done, 1 refused with
the reason in one sentence, 2 wrong usage.
"""

import argparse
import importlib
import os
import pkgutil
import sqlite3
import sys

from django.db import OperationalError, ProgrammingError

from loket import commands
from loket.env import SettingWrong


def main(argv: list[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.settings")
    try:
        import django

        django.setup()
        arguments = make_parser().parse_args(argv)
        answer = arguments.run(arguments) or 0
        sys.stdout.flush()
        return answer
    except BrokenPipeError:
        # The reader (head, less) has seen enough; what is still in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (commands.Refused, SettingWrong) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except (OperationalError, ProgrammingError, sqlite3.OperationalError) as error:
        if not (said := _of_the_database(error)):
            raise
        print(said, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _of_the_database(error: Exception) -> str:
    """What the administrator can do about it; nothing when the fault is ours."""
    text = str(error)
    if "no such table" in text or (isinstance(error, ProgrammingError) and "does not exist" in text):
        return "The database is not up to date with this program: run loket migrate."
    if isinstance(error, OperationalError):
        first = text.partition("\n")[0]
        return f"The database does not answer ({first}); does its server run, and is LOKET_DATABASE right?"
    return ""


def make_parser() -> argparse.ArgumentParser:
    """All commands; the rooms they import need Django's setup first."""
    parser = argparse.ArgumentParser(prog="loket", description="A service desk for public offices.")
    verbs = parser.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    for module in _commands():
        module.register(verbs)
    return parser


def _commands():
    for entry in sorted(pkgutil.iter_modules(commands.__path__), key=lambda entry: entry.name):
        yield importlib.import_module(f"loket.commands.{entry.name}")
