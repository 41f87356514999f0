"""The benchmarks start, and the forecast keeps its promise on a few simulated weeks."""

import importlib
import statistics
import subprocess
import sys

import pytest
from benchmarks import _raw, waiting

from tests.forks import ROOT

KNOWN = ["board", "consultations", "hall", "library", "reports", "search", "search_page", "waiting"]


@pytest.fixture(scope="module")
def weeks():
    """Forty days of an office with two counters: the same each time."""
    return waiting.run_office(counters=2, load=0.8, days=40)


def test_four_in_five_announced_ranges_hold(weeks):
    assert len(weeks.waits) > 800
    assert waiting.LOWEST_COVERAGE <= waiting.share(weeks.covered) <= waiting.HIGHEST_COVERAGE


def test_the_forecast_beats_the_formulas_of_other_programs(weeks):
    errors = {name: scores.mean_error for name, scores in weeks.methods.items()}
    ours = errors["Loket"]

    assert ours < errors["queue length, true mean"]
    assert ours < 0.8 * errors["fixed slot, 12 min"]
    assert ours < 0.65 * errors["last to enter"]
    assert ours < 1.05 * errors[waiting.LIMIT]


def test_the_forecast_is_right_on_average(weeks):
    assert abs(weeks.methods["Loket"].bias) < 3
    assert statistics.fmean(weeks.exceeded) < 0.13


@pytest.mark.parametrize("name", KNOWN)
def test_every_benchmark_says_what_it_can_be_asked(name, capsys):
    with pytest.raises(SystemExit) as ended:
        importlib.import_module(f"benchmarks.{name}").main(["--help"])

    assert ended.value.code == 0
    assert f"loket bench {name}" in capsys.readouterr().out


def test_an_unknown_benchmark_is_refused_with_the_known_ones(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "loket", "bench", "teleport"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "LOKET_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 1
    assert f"Known: {', '.join(KNOWN)}." in done.stderr


def test_the_raw_engine_gives_each_number_once(tmp_path):
    timings = _raw.sqlite_locked(tmp_path, clients=4, seconds=0.2)

    connection = _raw._sqlite(tmp_path)
    given = [number for (number,) in connection.execute("SELECT number FROM ticket ORDER BY number")]
    connection.close()
    assert given == list(range(1, len(timings.times) + 1))
