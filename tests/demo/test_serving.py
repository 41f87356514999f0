"""From an empty folder to an answering demo, as start.py starts it."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 90


@pytest.fixture
def demo(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "LOKET_HOME": str(tmp_path),
        "LOKET_DEMO": "yes",
        "LOKET_DATABASE": "sqlite",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-m", "loket", "demo", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        yield running, f"http://127.0.0.1:{port}", tmp_path
        running.kill()


def test_the_demo_answers_and_ends(demo):
    running, base, home = demo

    page = wait_for(f"{base}/demo/", running)

    assert "Sari Wulandari" in page
    assert "BPS Kota Jayapura" in page
    assert counted_at_the_doors(home)
    running.send_signal(signal.SIGTERM)
    said, _ = running.communicate(timeout=20)
    assert running.returncode == 0
    assert f"{base}/3574/layar/" in said


def counted_at_the_doors(home: Path) -> bool:
    """Is the table there without which nobody can ask, complain or sign in? No migration makes it."""
    with closing(sqlite3.connect(home / "loket.sqlite3")) as database:
        return bool(database.execute("SELECT 1 FROM sqlite_master WHERE name = 'base_cache'").fetchall())


def wait_for(address: str, running: subprocess.Popen) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert running.poll() is None, "the demo ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer within {PATIENCE} s")
