"""A hall of its own for several processes: a folder, a database, and people who come and work there."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Place:
    """One installation of Loket. Its people are processes that can be let go at the same moment."""

    def __init__(self, home: Path, database: str):
        self.home = home
        self.environment = os.environ | {
            "LOKET_HOME": str(home),
            "LOKET_DATABASE": database,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }

    def loket(self, *words: str) -> str:
        """Run the command `loket` and give what it printed; a refusal fails the test with its sentence."""
        done = self._process([sys.executable, "-m", "loket", *words])
        out, err = done.communicate(timeout=120)
        assert done.returncode == 0, f"loket {' '.join(words)}: {err}"
        return out

    def start(self, verb: str, **facts: object) -> subprocess.Popen[str]:
        """A process that is ready to do `verb` of tests.races.people when told to go."""
        command = [sys.executable, "-m", "tests.races.people", verb, json.dumps(facts)]
        return self._process(command)

    def together(self, *people: subprocess.Popen[str]) -> list:
        """Let everybody begin at the same moment; what each of them brought back."""
        for person in people:
            assert person.stdout.readline() == "ready\n", person.communicate()[1]
        for person in people:
            person.stdin.write("go\n")
            person.stdin.flush()
        answers = [person.communicate(timeout=300) for person in people]
        for person, (_, err) in zip(people, answers, strict=True):
            assert person.returncode == 0, err
        return [json.loads(out) for out, _ in answers]

    def do(self, verb: str, **facts: object):
        """One person alone."""
        return self.together(self.start(verb, **facts))[0]

    def _process(self, command: list[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command,
            env=self.environment,
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
