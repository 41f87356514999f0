"""The program as a process: starting, ending, several of it, and requests that are too much."""

import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from loket.commands.serve import address
from loket.serving.server import ORPHAN_SECONDS
from tests.forks import ROOT, run
from tests.migrated import open_hall, unmigrated
from tests.served import Served, free_port


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A migrated home with an open office; each test starts its own program there."""
    served = Served(tmp_path_factory.mktemp("serve"))
    open_hall(served)
    return served.home


@pytest.fixture(scope="module")
def program(home):
    served = Served(home).start()
    yield served
    served.stop()


def ask(port: int, request: bytes) -> bytes:
    """Send exactly this and read until the server has said all."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(request)
        answer = b""
        while block := line.recv(65536):
            answer += block
        return answer


def get(path: str, *headers: str) -> bytes:
    head = "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers])
    return f"{head}\r\n\r\n".encode()


def test_a_monitor_on_the_machine_is_answered_whatever_name_visitors_use(home):
    served = Served(home, LOKET_HOSTS="pst.kantor.example").start()
    by_name = {
        name: ask(served.port, f"GET /readyz HTTP/1.0\r\nHost: {name}\r\n\r\n".encode()).split()[1]
        for name in ("pst.kantor.example", "localhost", "127.0.0.1:8000", "[::1]", "lain.example")
    }
    served.stop()

    assert by_name.pop("lain.example") == b"400"
    assert set(by_name.values()) <= {b"200", b"503"}  # the worker may not have begun


def test_it_says_one_line(home):
    served = Served(home)
    done = subprocess.Popen(
        [sys.executable, "-m", "loket", "serve", "--port", str(served.port)],
        env=served.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip

    first = done.stdout.readline()
    done.send_signal(signal.SIGINT)
    rest = done.communicate(timeout=10)[0]

    assert first == f"Loket answers at {served.url}/\n"
    assert rest == ""
    assert done.returncode == 0


def test_what_it_says_can_be_opened():
    assert address("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    assert address("::1", 8000) == "http://[::1]:8000"


def test_it_outlives_the_shell_that_started_it(home):
    served = Served(home)
    words = f"{sys.executable} -m loket serve --port {served.port}"
    # The shell ends when its input does.
    shell = subprocess.Popen(
        ["sh", "-c", f"{words} >/dev/null 2>&1 & echo $!; read word"],
        env=served.environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    program = psutil.Process(int(shell.stdout.readline()))
    served.process = shell
    served.wait_until_alive()

    shell.communicate(timeout=10)

    with pytest.raises(psutil.TimeoutExpired):
        program.wait(2 * ORPHAN_SECONDS + 0.5)
    program.terminate()
    assert not psutil.wait_procs([program], timeout=10)[1]


def test_a_port_that_is_taken_is_refused(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "loket", "serve", "--port", str(port)],
            env=Served(home).environment, cwd=ROOT, capture_output=True, text=True, timeout=30,
        )  # fmt: skip

    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr


@pytest.mark.parametrize("words", [["--port", "0"], ["--port", "70000"], ["--workers", "0"]])
def test_what_is_no_port_and_no_number_of_processes_is_wrong_usage(home, words):
    done = subprocess.run(
        [sys.executable, "-m", "loket", "serve", *words],
        env=Served(home).environment, cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert done.returncode == 2
    assert "is not a whole number" in done.stderr


def test_a_contradiction_stops_the_start(home):
    served = Served(home)
    served.environment |= {"LOKET_SMTP_TLS": "yes", "LOKET_SMTP_STARTTLS": "yes"}

    done = subprocess.run(
        [sys.executable, "-m", "loket", "serve", "--port", str(served.port)],
        env=served.environment, cwd=ROOT, capture_output=True, text=True, timeout=30,
    )  # fmt: skip

    assert done.returncode == 1
    assert "LOKET_SMTP_STARTTLS" in done.stderr


@pytest.mark.database
def test_a_database_without_the_tables_is_refused(tmp_path):
    with unmigrated() as address:
        served = Served(tmp_path, address)
        done = [
            run("loket", *words, environment=served.environment)
            for words in (["serve", "--port", str(served.port)], ["worker"])
        ]

    assert [each.returncode for each in done] == [1, 1]
    sentence = "The database is not up to date with this program: run loket migrate first.\n"
    assert [each.stderr for each in done] == [sentence, sentence]


def test_a_file_that_is_no_database_is_refused(tmp_path):
    served = Served(tmp_path)
    (tmp_path / "loket.sqlite3").write_bytes(b"no database" * 1000)

    done = run("loket", "serve", "--port", str(served.port), environment=served.environment)

    assert done.returncode == 1
    [sentence] = done.stderr.splitlines()
    assert "file is not a database" in sentence


def test_a_database_that_does_not_answer_yet_holds_up_nothing(tmp_path):
    nobody = f"postgresql://loket@127.0.0.1:{free_port()}/loket"
    served = Served(tmp_path, nobody, LOKET_WORKER_THREAD="no").start()

    served.stop()

    assert served.process.returncode == 0


def test_a_body_that_is_too_large_is_not_read(program):
    head = b"POST /3574/buku-tamu/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99000000\r\n\r\n"

    assert ask(program.port, head).startswith(b"HTTP/1.1 413")


def test_a_body_that_may_end_anywhere_is_not_read(program):
    """A line that breaks looks like its end."""
    head = b"POST /3574/buku-tamu/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"

    assert ask(program.port, head + b"4\r\nname\r\n5\r\n=Bu").startswith(b"HTTP/1.1 411")


def test_people_are_served_while_others_dawdle(program):
    dawdlers = [socket.create_connection(("127.0.0.1", program.port)) for _ in range(50)]
    for number, line in enumerate(dawdlers):
        # Half of them stop in the head, half in the body.
        head = b"POST /3574/buku-tamu/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
        line.sendall(head + (b"\r\nhalf" if number % 2 else b""))

    begun = time.monotonic()
    answer = ask(program.port, get("/healthz"))

    assert answer.startswith(b"HTTP/1.1 200")
    assert time.monotonic() - begun < 2
    for line in dawdlers:
        line.close()


def test_paths_of_any_script_and_odd_requests_are_answered(program):
    assert b" 404 " in ask(program.port, get("/%E0%B8%81/%00/")).splitlines()[0]
    assert b" 404 " in ask(program.port, get("/%ff%fe/")).splitlines()[0]
    assert b" 400 " in ask(program.port, b"NONSENSE\r\n\r\n").splitlines()[0]


def test_head_has_no_body(program):
    answer = ask(program.port, b"HEAD /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")

    assert answer.endswith(b"\r\n\r\n")
    assert b"content-length: 6" in answer
