"""What pg_dump is told; a program of that name that only says so stands in for it."""

import pytest

from loket import env
from loket.backup import BackupRefused, databases

TELLING = """#!/bin/sh
env > "$(dirname "$0")/told"
echo "$@" >> "$(dirname "$0")/words"
"""

FAILING = """#!/bin/sh
echo "pg_dump: warning: it is Saturday
pg_dump: error: permission denied for table loket
Command was: LOCK TABLE loket
IN ACCESS SHARE MODE;" >&2
exit 1
"""


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Its environment and its command line, after a copy of the database of this address."""
    (tmp_path / "pg_dump").write_text(TELLING)
    (tmp_path / "pg_dump").chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    def copy(address: str) -> tuple[list[str], str]:
        monkeypatch.setenv("LOKET_DATABASE", address)
        databases.copy_postgresql(env.database("LOKET_DATABASE", tmp_path), tmp_path / "copy")
        return (tmp_path / "told").read_text().splitlines(), (tmp_path / "words").read_text()

    return copy


def test_everything_in_the_address_reaches_the_program_that_copies(told):
    environment, _ = told(
        "postgresql://pst:r%40hasia@db.go.id:5433/loket?sslmode=verify-full&sslrootcert=/etc/ca.pem&passfile=/etc/pgpass"
    )

    assert {
        *("PGHOST=db.go.id", "PGPORT=5433", "PGUSER=pst", "PGPASSWORD=r@hasia", "PGDATABASE=loket"),
        *("PGSSLMODE=verify-full", "PGSSLROOTCERT=/etc/ca.pem", "PGPASSFILE=/etc/pgpass"),
    } <= set(environment)


def test_nobody_reads_the_password_in_a_command_line(told):
    _, words = told("postgresql://pst:rahasia@db.go.id/loket")

    assert "rahasia" not in words


def test_a_refusal_says_the_reason_and_not_the_statement(tmp_path, monkeypatch):
    (tmp_path / "pg_dump").write_text(FAILING)
    (tmp_path / "pg_dump").chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("LOKET_DATABASE", "postgresql://pst@db.go.id/loket")

    with pytest.raises(BackupRefused) as refused:
        databases.copy_postgresql(env.database("LOKET_DATABASE", tmp_path), tmp_path / "copy")

    assert str(refused.value).endswith("pg_dump: error: permission denied for table loket")
