"""A hall of its own for several processes: a folder, a database, and people who come and work there."""

import json
import os
import socket
import tempfile
from pathlib import Path

from tests.forks import Fork, run


class Person:
    """A process that is ready to do one thing, and does it when told to go."""

    def __init__(self, verb: str, facts: dict[str, object], environment: dict[str, str]):
        line, its = socket.socketpair()
        self._said = line.makefile("rw")
        self._complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the answer
        with line, its:
            self._process = Fork(
                "tests.races.people",
                *(verb, json.dumps(facts)),
                environment=environment, stdin=its, stdout=its, stderr=self._complaints,
            )  # fmt: skip

    def wait_until_ready(self) -> None:
        assert self._said.readline() == "ready\n", self._complained()

    def go(self) -> None:
        self._said.write("go\n")
        self._said.flush()

    def brings(self):
        """What it got, when it has ended."""
        with self._said, self._complaints:
            said = self._said.read()
            assert self._process.wait(300) == 0, self._complained()
        return json.loads(said)

    def _complained(self) -> str:
        self._complaints.seek(0)
        return self._complaints.read()


class Place:
    """One installation of Loket. Its people are processes that can be let go at the same moment."""

    def __init__(self, home: Path, database: str):
        self.home = home
        self.environment = os.environ | {
            "LOKET_HOME": str(home),
            "LOKET_DATABASE": database,
            "DJANGO_SETTINGS_MODULE": "loket.settings",
        }

    def loket(self, *words: str) -> str:
        """Run the command `loket` and give what it printed; a refusal fails the test with its sentence."""
        done = run("loket", *words, environment=self.environment)
        assert done.returncode == 0, f"loket {' '.join(words)}: {done.stderr}"
        return done.stdout

    def start(self, verb: str, **facts: object) -> Person:
        """A process that is ready to do `verb` of tests.races.people when told to go."""
        return Person(verb, facts, self.environment)

    def together(self, *people: Person) -> list:
        """Let everybody begin at the same moment; what each of them brought back."""
        for person in people:
            person.wait_until_ready()
        for person in people:
            person.go()
        return [person.brings() for person in people]

    def do(self, verb: str, **facts: object):
        """One person alone."""
        return self.together(self.start(verb, **facts))[0]
