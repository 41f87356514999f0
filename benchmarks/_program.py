"""The program under measurement: served in a process of its own, in a folder of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.forks import ROOT
from tests.served import Served

from benchmarks._load import Answer, Connection, Timings, closed_loop

WARM_UP = 1.0


class Missed(list[str]):
    """Goals that were not reached, each as a sentence."""

    def check(self, holds: bool, sentence: str) -> None:
        if not holds:
            self.append(sentence)

    def report(self) -> int:
        for sentence in self:
            print(f"MISSED: {sentence}", file=sys.stderr)
        return 1 if self else 0


@dataclass(frozen=True)
class Cost:
    """What some requests took of the server: CPU milliseconds each, and how quick they were."""

    cpu: float
    timings: Timings


class Apart(Served):
    """As people start it and not as a fork of the tests' own: its memory is its own, and it logs little."""

    def __init__(self, home: Path, database: str | None = None):
        super().__init__(home, database, LOKET_LOG_LEVEL="WARNING")

    def command(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "loket", *words],
            env=self.environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )

    def start(self, *program: str) -> "Apart":
        command = [sys.executable, "-m", *(program or ("loket", "serve", "--port", str(self.port)))]
        with (self.home / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        self.wait_until_alive()
        return self


class Program(Apart):
    """An office that is open day and night, with its people signed in."""

    def __init__(self, home: Path, database: str | None = None, counters: int = 2):
        super().__init__(home, database)
        self.command("migrate")
        self.facts = self.stage_here("hall", counters=counters)

    def stage_here(self, scene: str, **facts: Any) -> Any:
        """Play a function of benchmarks._scenes in this program's database; its answer comes back."""
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks._scenes", scene, json.dumps(facts)],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    def load(self, clients: int, seconds: float, act_for) -> Cost:
        """Let `clients` act for `seconds`, with the server's CPU time beside their clock.

        `act_for(k)` makes the k-th client's act; that, and what a program does only once, is not counted.
        """
        acts = [act_for(k) for k in range(clients)]
        closed_loop(acts, WARM_UP)
        before = self.cpu_seconds()
        timings = closed_loop(acts, seconds)
        return Cost((self.cpu_seconds() - before) * 1000 / len(timings.times), timings)

    def cpu_seconds(self) -> float:
        return sum(times.user + times.system for times in (each.cpu_times() for each in self.processes()))

    def megabytes(self) -> float:
        """Memory that is the program's own: what would be free again without it.

        What its processes share with each other counts once, what they share with other programs in part.
        """
        return sum(each.memory_full_info().pss for each in self.processes()) / 1e6


class Visitor:
    """Somebody's phone or a kiosk at the guest book: each press a new number."""

    presses = 0

    def __init__(self, port: int, *, email: bool = False):
        self._connection = Connection(port)
        opened = self._connection.ask("GET", "/3574/buku-tamu/", {})
        self._cookie = cookie(opened, "csrftoken")
        self._email = email

    def take_number(self) -> None:
        Visitor.presses += 1
        key = f"{os.getpid()}-{id(self):x}-{Visitor.presses}"
        form = {
            "csrfmiddlewaretoken": self._cookie,
            "key": key,
            "text": "Inflasi bulanan 2025",
            "purpose": "study",
            "kind": "data",
            "name": "Budi",
            "institution_kind": "university",
        }
        form |= {"email": f"{key}@surel.example"} if self._email else {"no_email": "on"}
        post(self._connection, "/3574/buku-tamu/", {"csrftoken": self._cookie}, form)


class Officer:
    """Somebody at the desk of one counter."""

    def __init__(self, port: int, session: str, counter: int):
        self._connection = Connection(port)
        self._desk = f"/3574/petugas/loket/{counter}/"
        self._cookies = {"loket_session": session}
        opened = self.look()
        self._cookies["csrftoken"] = cookie(opened, "csrftoken")

    def look(self) -> Answer:
        return self._connection.ask("GET", self._desk, {"Cookie": cookies(self._cookies)})

    def press(self, noun: str, **form: Any) -> None:
        given = {"csrfmiddlewaretoken": self._cookies["csrftoken"], **form}
        post(self._connection, f"{self._desk}{noun}/", self._cookies, given)


def post(connection: Connection, path: str, sent: dict[str, str], form: dict[str, Any]) -> Answer:
    """A form as a browser sends it; anything but a redirect ends the run."""
    headers = {"Cookie": cookies(sent), "Content-Type": "application/x-www-form-urlencoded"}
    answer = connection.ask("POST", path, headers, urlencode(form).encode())
    if answer.status not in (302, 303):
        raise RuntimeError(f"POST {path} answered {answer.status}: {answer.body[:300]!r}")
    return answer


def cookies(given: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in given.items())


def cookie(answer: Answer, name: str) -> str:
    for line in answer.head.split("\r\n"):
        key, _, value = line.partition(":")
        if key.lower() == "set-cookie" and value.strip().startswith(f"{name}="):
            return value.split("=", 1)[1].split(";")[0]
    raise RuntimeError(f"No cookie {name} in an answer with status {answer.status}.")


def say_load() -> None:
    """Beside the figures: on a machine that is busy with something else only ratios mean anything."""
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    others = " - busy with other work, compare ratios only" if busy > cores / 2 else ""
    print(f"{cores} cores, load {busy:.1f} before the start{others}")


@contextmanager
def folder() -> Iterator[Path]:
    """Where the state lies: on a disk, because a file system in memory would flatter every figure."""
    with tempfile.TemporaryDirectory(prefix="loket-bench-", dir=os.environ.get("LOKET_BENCH")) as path:
        yield Path(path)
