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
from pathlib import Path

from django.db import OperationalError, ProgrammingError

from loket import commands, owner
from loket.env import SettingWrong

# They leave nothing behind in the program's folder, and help where something was left.
FOR_ROOT = ("audit", "backup", "bench", "check", "doctor")


def main(argv: list[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.settings")
    try:
        import django

        django.setup()
        arguments = make_parser().parse_args(argv)
        _check_user(arguments.command)
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
    except PermissionError as error:
        if not error.filename:
            raise
        whose = owner.name_of(Path(os.fsdecode(error.filename)))
        print(f"{error.filename} belongs to {whose}: this user may not open it.", file=sys.stderr)
        return 1
    except UnicodeEncodeError:
        if not (word := _no_text(sys.argv if argv is None else argv)):
            raise
        print(f"{word!a} is not text in UTF-8.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _check_user(command: str) -> None:
    """What root leaves in the folder of the user who serves, the server cannot open."""
    from django.conf import settings

    if command not in FOR_ROOT and owner.is_lent_to_root(settings.HOME):
        whose = owner.name_of(settings.HOME)
        raise commands.Refused(
            f"{settings.HOME} belongs to {whose}, who could not open what root leaves there:"
            f" run it as runuser -u {whose} -- loket {command} ..."
        )


def _no_text(words: list[str]) -> str:
    """The first word that is no UTF-8: it may name a file, but can be neither looked up nor printed."""
    return next((word for word in words if _broken(word)), "")


def _broken(word: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in word)


def _of_the_database(error: Exception) -> str:
    """What the administrator can do about it; nothing when the fault is ours."""
    text = str(error)
    if "no such table" in text or (isinstance(error, ProgrammingError) and "does not exist" in text):
        return "The database is not up to date with this program: run loket migrate."
    if "is full" in text or _state(error) == "53100":
        return "The disk that holds the database is full: free some space, then try again."
    if "database is locked" in text:
        return "Another program holds the database and does not let go: end it, then try again."
    if "readonly database" in text or "unable to open database file" in text:
        return "The database may not be opened or written by this user: loket doctor says whose it is."
    if _is_out_of_reach(error):
        first = text.partition("\n")[0]
        return f"The database does not answer ({first}); does its server run, and is LOKET_DATABASE right?"
    return ""


def _is_out_of_reach(error: Exception) -> bool:
    if not type(error.__cause__).__module__.startswith("psycopg"):
        return False
    # PostgreSQL's own codes: none before it answered, 08 the connection, 28 who may come in, 3D no such
    # database, 53300 too many connections, 57P it ends or begins.
    state = _state(error)
    return isinstance(error, OperationalError) and (
        not state or state.startswith(("08", "28", "3D", "53300", "57P"))
    )


def _state(error: Exception) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


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
