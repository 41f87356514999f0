"""A PostgreSQL server that a drill may restart, crash and throw away."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

# Making the server and its tables takes longer than a drill: one worker has them all.
ON_POSTGRESQL = pytest.mark.xdist_group("drills on PostgreSQL")


class PostgreSQL:
    """A server of its own on a socket in a folder of its own. It refuses to run as root, so root lends it
    the account `postgres`.
    """

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="loket-drill-"))
        self._account = "postgres" if os.geteuid() == 0 else None
        if self._account:
            shutil.chown(self.folder, self._account)
        self.folder.chmod(0o755)
        self._run("initdb", "--auth", "trust", "--username", "loket", "--no-sync")
        self.start()
        self.address = f"postgresql://loket@/loket?host={self.folder}"

    def start(self) -> None:
        self._run("pg_ctl", "start", "--wait", *self._options())

    def empty(self) -> None:
        """A database with nothing in it."""
        self._run_client("createdb", "loket")

    def keep(self) -> None:
        """Remember what the database holds now."""
        self._run_client("createdb", "--template", "loket", "kept")

    def put_back(self) -> None:
        """The database as it was kept, whoever may still be connected to the one of now."""
        self._run_client("dropdb", "--force", "loket")
        self._run_client("createdb", "--template", "kept", "loket")

    def crash(self) -> None:
        """Stop without a farewell; what was not yet on disk is recovered from its log."""
        self._run("pg_ctl", "stop", "--mode", "immediate", "--wait")

    def restart(self) -> None:
        """As an upgrade of the system does it: everybody is shown out, and it begins anew."""
        self._run("pg_ctl", "restart", "--mode", "fast", "--wait", *self._options())

    def remove(self) -> None:
        self._run("pg_ctl", "stop", "--mode", "immediate", "--wait")
        shutil.rmtree(self.folder)

    def _options(self) -> list[str]:
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=50"
        return ["--options", options, "--log", str(self.folder / "log")]

    def _run(self, program: str, *words: str) -> None:
        self._call(program, "--pgdata", str(self.folder / "data"), *words)

    def _run_client(self, program: str, *words: str) -> None:
        self._call(program, "--host", str(self.folder), "--username", "loket", *words)

    def _call(self, program: str, *words: str) -> None:
        # Into a file, not a pipe: the server inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                [str(programs() / program), *words],
                user=self._account,
                cwd=self.folder,
                stdout=said,
                stderr=said,
                timeout=60,
            )
            said.seek(0)
            assert done.returncode == 0, f"{program}: {said.read().decode()}"


def programs() -> Path:
    """Where PostgreSQL's own programs lie; Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise AssertionError("No PostgreSQL here: run `apt install postgresql` or `python3 start.py test`.")
    return found[-1].parent if found else Path(on_path or "").parent
