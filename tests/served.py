"""The real program as its own process, with a home of its own: for journeys and drills."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psutil

from tests.forks import PYTHONPATH, Fork, run


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Served:
    """`loket serve` on a free port of this machine."""

    def __init__(self, home: Path, database: str | None = None, **settings: str):
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("LOKET_", "DJANGO_"))
        } | {
            "PYTHONPATH": PYTHONPATH,
            "LOKET_HOME": str(home),
            "LOKET_BASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "loket.settings",
            "PYTHONFAULTHANDLER": "1",
            **settings,
        }
        if database:
            self.environment["LOKET_DATABASE"] = database
        self.process: Fork | subprocess.Popen | None = None

    def command(self, *words: str) -> subprocess.CompletedProcess:
        """Run `loket ...` to its end in this program's home."""
        done = run("loket", *words, environment=self.environment)
        done.check_returncode()
        return done

    def stage(self, scene: str, **facts: Any) -> Any:
        """Play a function of tests.staging in this program's database; its answer comes back."""
        done = run("tests.staging", scene, json.dumps(facts), environment=self.environment)
        if done.returncode:
            raise AssertionError(done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    def start(self, *program: str) -> "Served":
        """`loket serve`, or the module and arguments of a drill that stands in for it."""
        module, *words = program or ("loket", "serve", "--port", str(self.port))
        with (self.home / "serve.log").open("ab") as log:
            self.process = Fork(module, *words, environment=self.environment, stdout=log, stderr=log)
        self.wait_until_alive()
        return self

    def wait_until_alive(self, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process and self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=1):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"The server did not come up:\n{self.log()[-3000:]}")

    def log(self) -> str:
        path = self.home / "serve.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def processes(self) -> list[psutil.Process]:
        """The one that was started, and those that it forked."""
        assert self.process
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]

    def kill(self) -> None:
        """kill -9 for all of it, as a power cut would."""
        assert self.process
        others = self.processes()[1:]
        # First the one that would fork the others again.
        self.process.send_signal(signal.SIGKILL)
        for each in others:
            each.kill()
        wait_until_dead(others)
        self.process.wait(10)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                # With the fault handler on, each writes down where its threads are.
                for each in self.processes():
                    each.send_signal(signal.SIGABRT)
                self.process.wait(10)
                raise AssertionError(
                    f"The server did not end within 10 s of SIGTERM:\n{self.log()[-6000:]}"
                ) from None


def wait_until_dead(processes: list[psutil.Process], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while left := [process for process in processes if not _is_dead(process)]:
        assert time.monotonic() < until, f"Still alive: {left}"
        time.sleep(0.01)


def _is_dead(process: psutil.Process) -> bool:
    """Also before whoever inherited it has looked: that may take a second. Its files are closed, and its port
    is free, when its last thread is gone.
    """
    try:
        return process.status() == psutil.STATUS_ZOMBIE and process.num_threads() == 1
    except psutil.NoSuchProcess:
        return True


def chromium() -> str:
    """Debian's browser, without windows where that is installed; a missing one is a failure with a hint,
    never a skip.
    """
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise AssertionError(
        "No Chromium here: run `python3 start.py test` as root, or `apt install chromium-headless-shell`."
    )
