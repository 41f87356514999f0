#!/usr/bin/env python3
"""Everything for a first look, and everything for the tests; needs Python's standard library alone.

python3 start.py               environment, database, example offices, a demo day, the server
python3 start.py --port 9000   the same at another port
python3 start.py test [...]    what the tests need, then the tests on SQLite and on PostgreSQL;
                               further words go to pytest
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
HOST = "127.0.0.1"
FIRST_PORT, PORTS = 8000, 20
# Each page of the first costs a sixth of what it costs in a browser with windows.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# What pytest answers when nothing was there to run.
NO_TESTS = 5
# For a database that nobody needs after a power cut.
THROWN_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "jit=off")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, help="port of the demo; the next free one when absent")
    parser.add_argument("task", nargs="?", choices=["demo", "test", "prepare"], default="demo")
    known, rest = parser.parse_known_args()
    if rest and known.task != "test":
        parser.error(f"unknown: {' '.join(rest)}")
    try:
        if known.task == "demo":
            return demo(known.port)
        prepare_tests()
        return test(rest) if known.task == "test" else 0
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except PermissionError as refused:
        print(f"\n{refused.filename} may not be touched by you: use a copy of your own.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


class Stop(Exception):
    """It cannot go on; the text is one sentence for the person at the terminal."""


# ----- the demo


def demo(port: int | None) -> int:
    prepare("app")
    environment = dict(os.environ)
    environment.setdefault("LOKET_HOME", str(ROOT / "var"))
    mark_demo(Path(environment["LOKET_HOME"]))
    port = port or free_port()
    os.execve(
        PYTHON,
        [str(PYTHON), "-m", "loket", "demo", "serve", "--host", HOST, "--port", str(port)],
        environment,
    )


def mark_demo(home: Path) -> None:
    """A new home becomes a demo; one that is already somebody's office is left alone."""
    settings = home / "loket.env"
    if home.exists() and any(home.iterdir()):
        marked = settings.exists() and "LOKET_DEMO=yes" in settings.read_text("utf-8").splitlines()
        if not marked and not os.environ.get("LOKET_DEMO"):
            raise Stop(
                f"{home} is not a demo, so no demo day is filled in: run .venv/bin/loket serve for the"
                f" office it holds, or set LOKET_HOME to a new folder."
            )
        return
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.write_text("# Made by start.py: a demo, with invented people.\nLOKET_DEMO=yes\n", "utf-8")


def free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
                return port
            except OSError:
                continue
    raise Stop(f"Ports {FIRST_PORT} to {FIRST_PORT + PORTS - 1} are taken: name another one with --port.")


# ----- the environment


def prepare(name: str) -> None:
    """The virtual environment with the pinned requirements; done once for each state of the files."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have an older one
        raise Stop("Loket needs Python 3.11 or newer: run this file with such a python3.")
    requirements = ROOT / "requirements" / f"{name}.txt"
    wanted = hashlib.sha256(f"{sys.version}{VENV}".encode() + requirements.read_bytes()).hexdigest()
    stamp = VENV / f"installed-{name}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    make_environment()
    install(requirements)
    make_command()
    stamp.write_text(wanted, "utf-8")


def make_environment() -> None:
    if PYTHON.exists() and runs(PYTHON, "-c", "import pip"):
        return
    say("Making .venv")
    if not runs(Path(sys.executable), "-c", "import ensurepip, venv"):
        raise Stop("Python cannot make environments yet: run  apt-get install python3-venv  and try again.")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], text=True, capture_output=True
    )
    if done.returncode:
        raise Stop(f".venv could not be made: {last_words(done.stdout + done.stderr)}")


def install(requirements: Path) -> None:
    say(f"Installing what requirements/{requirements.name} names (this once)")
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--quiet", "--no-input"]
    done = subprocess.run(
        [*command, "--disable-pip-version-check", "-r", str(requirements)], text=True, capture_output=True
    )
    if done.returncode:
        raise Stop(
            f"The requirements could not be installed, is there a way to the internet? pip says:"
            f" {last_words(done.stderr)}"
        )


def make_command() -> None:
    """Make the source tree importable and `.venv/bin/loket` run, without building a package."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = VENV / "lib" / version / "site-packages"
    (packages / "loket.pth").write_text(f"{ROOT / 'src'}\n", "utf-8")
    command = VENV / "bin" / "loket"
    command.write_text(f"#!{PYTHON}\nimport sys\n\nfrom loket.cli import main\n\nsys.exit(main())\n", "utf-8")
    command.chmod(0o755)


def runs(*command: object) -> bool:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True).returncode == 0


def last_words(output: str) -> str:
    return " ".join(output.strip().splitlines()[-2:]) or "nothing."


def say(sentence: str) -> None:
    print(f"{sentence} ...", flush=True)


# ----- the tests


def prepare_tests() -> None:
    """What Debian has and what PyPI has, fetched and unpacked beside each other."""
    with ThreadPoolExecutor() as beside:
        debian = beside.submit(need_debian_packages)
        prepare("test")
        debian.result()


def test(words: list[str]) -> int:
    """On SQLite, then on PostgreSQL; beside them what mostly waits, for browsers and for what is killed.

    Two runs of as many workers as there are cores leave none idle. Journeys serve their own SQLite, drills
    both databases: once is enough.
    """
    with postgresql() as address, ThreadPoolExecutor() as beside, io.StringIO() as later:
        waiting = beside.submit(run_tests, ["--waiting=only", *words], database="sqlite", to=later)
        others = ["--waiting=not", *words]
        summaries = {"SQLite": run_tests(others, database="sqlite", to=sys.stdout)}
        summaries["PostgreSQL"] = run_tests(others, database=address, to=sys.stdout)
        summaries["Journeys and drills"] = waiting.result()
        print(later.getvalue())
    codes = [code for code, _ in summaries.values()]
    if set(codes) != {NO_TESTS}:
        # Tests without a database run once.
        summaries = {name: found for name, found in summaries.items() if found[0] != NO_TESTS}
    for name, (code, summary) in summaries.items():
        print(f"{name}: {summary}" if not code else f"{name}: FAILED. {summary}")
    return 1 if any(code for code, _ in summaries.values()) else 0


def need_debian_packages() -> None:
    found = {
        CHROMIUM[0]: any(shutil.which(name) for name in (CHROMIUM if os.geteuid() else CHROMIUM[:1])),
        "postgresql": postgresql_programs(),
        # The browser's driver is linked with it, and a small Debian comes without.
        "libatomic1": has_library("libatomic.so.1"),
        # Opens our exports as an office would.
        "libreoffice-calc-nogui": shutil.which("soffice"),
    }
    missing = [package for package, there in found.items() if not there]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stop(f"The tests need {' and '.join(missing)}: run  sudo apt-get install {' '.join(missing)}")
    say(f"Installing {' and '.join(missing)} from Debian")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=quiet, text=True, capture_output=True)
        if done.returncode:
            raise Stop(f"{' '.join(command)} did not work: {last_words(done.stderr)}")


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def postgresql_programs() -> Path | None:
    """The folder with initdb: Debian keeps it out of the PATH, one for each version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


@contextmanager
def postgresql():
    """A PostgreSQL of our own on a Unix socket, gone afterwards; it refuses to run as root."""
    programs = postgresql_programs()
    folder = Path(tempfile.mkdtemp(prefix="loket-pg-"))
    other = {}
    if os.geteuid() == 0:
        other = {"user": "postgres", "group": "postgres", "extra_groups": [], "cwd": "/"}
        shutil.chown(folder, "postgres", "postgres")
        folder.chmod(0o755)
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200 " + " ".join(
        f"-c {setting}" for setting in THROWN_AWAY
    )
    control = [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-l", str(folder / "log"), "-w"]
    make = [str(programs / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "postgres"]
    try:
        for command in ([*make, "-E", "UTF8", "--locale=C.UTF-8", "-N"], [*control, "-o", options, "start"]):
            # To files, not pipes: the server would keep a pipe open for ever.
            with open(os.devnull, "wb") as nowhere:
                done = subprocess.run(command, stdout=nowhere, stderr=nowhere, **other)
            if done.returncode:
                raise Stop(f"PostgreSQL did not start: {' '.join(command)}")
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], capture_output=True, **other)
        shutil.rmtree(folder, ignore_errors=True)


def run_tests(words: list[str], *, database: str, to: IO[str]) -> tuple[int, str]:
    """Run pytest, pass its words on as they come, and give its exit code and its last line."""
    home = tempfile.mkdtemp(prefix="loket-test-")
    environment = {**os.environ, "LOKET_HOME": home, "LOKET_DATABASE": database}
    # With this set, each of some hundred processes compiles the program and the tests anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [str(PYTHON), "-m", "pytest", "-n", str(os.cpu_count() or 2)]
    command += ["--dist", "loadgroup", *words]
    say(f"Testing on {database.partition(':')[0]}")
    last = ""
    try:
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, bufsize=1
        ) as running:
            for line in running.stdout or ():
                print(line, end="", flush=True, file=to)
                last = line.strip() or last
        return running.returncode, last.strip("= ")
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
