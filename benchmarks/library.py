"""The library over the files an office really has: how long imports take, and how well search then finds.

    loket bench library --data FOLDER

FOLDER holds kbli2020/*.json, kbli2025/*.json, kbji2014/*.csv and webapi_fixtures/*.json, as offices pass
them around; none of it belongs to the program. The WebAPI's recorded answers are played by a server of
our own. Goals: KBLI 2020 with its index in 20 s, the play-back in 30 s, hit@1 0.65, hit@5 0.90, MRR 0.75
on the test half of the queries; nonsense finds nothing that is called sure.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.forks import ROOT
from tests.library import webapi

from benchmarks._program import Missed

CATALOGUE = ROOT / "src" / "loket" / "demo" / "library.csv"
QUERIES = ROOT / "benchmarks" / "queries"
MOST_SECONDS, MOST_SECONDS_PLAYED = 20.0, 30.0
GOALS = {"hit@1": 0.65, "hit@5": 0.90, "mrr": 0.75}
# The recorded answers, by the model they answer for.
RECORDED = {
    "publication": "publication_list",
    "pressrelease": "press_release_list",
    "statictable": "static_table_list",
    "var": "variable_list",
    "subject": "subject_list",
    "glosarium": "glossary_list",
    "news": "news_list",
    "infographic": "infographic_list",
    "indicators": "strategic_indicator_list",
}
# The recorded details: what the WebAPI says of one thing when its list cuts the text off.
RECORDED_VIEWS = {
    "news": "news_detail",
    "pressrelease": "press_release_detail",
    "publication": "publication_detail",
}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="loket bench library", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args(words).data
    missed = Missed()
    with tempfile.TemporaryDirectory(prefix="loket-bench-") as home:
        run = Runner(Path(home))
        run("migrate")
        run("office", "load", "3574")
        for source, pattern in (("kbli2020", "*.json"), ("kbji2014", "*.csv"), ("kbli2025", "*.json")):
            [file] = (data / source).glob(pattern)
            seconds, answer = run.timed("library", "import", source, str(file), "--json")
            again, second = run.timed("library", "import", source, str(file), "--json")
            print(f"{source}: {told(answer)} in {seconds:.1f} s; again: {told(second)} in {again:.1f} s")
            missed.check(seconds <= MOST_SECONDS, f"{source} took {seconds:.1f} s, goal {MOST_SECONDS:.0f} s")
            missed.check(second["added"] + second["changed"] == 0, f"{source} twice changed something")
        run.timed(
            "library", "import", "csv", str(ROOT / "src/loket/demo/library.csv"), "--office", "3574", "--json"
        )
        play(data / "webapi_fixtures", run, missed)
        for half in ("dev", "test", "spoken-dev", "spoken-test", "everyday-dev", "everyday-test"):
            evaluate(half, run, missed)
        for half in ("nonsense", "nonsense-dev", "nonsense-test"):
            nonsense(half, run, missed)
    return missed.report()


class Runner:
    """`loket` in a folder of its own."""

    def __init__(self, home: Path):
        self.environment = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "LOKET_HOME": str(home),
            "PYTHONUTF8": "1",
        }  # fmt: skip

    def __call__(self, *words: str, **more: str) -> str:
        command = [sys.executable, "-m", "loket", *words]
        return subprocess.run(
            command, env=self.environment | more, check=True, capture_output=True, text=True
        ).stdout

    def with_markup(self) -> int:
        """How many items still have HTML in their texts, escaped or not."""
        sign = "(title || summary || body) GLOB '*<[a-z/]*' OR (title || summary || body) LIKE '%&lt;%'"
        with closing(sqlite3.connect(Path(self.environment["LOKET_HOME"]) / "loket.sqlite3")) as database:
            return database.execute(f"SELECT COUNT(*) FROM library_item WHERE {sign}").fetchone()[0]

    def timed(self, *words: str, **more: str) -> tuple[float, dict]:
        begun = time.perf_counter()
        answer = self(*words, **more)
        return time.perf_counter() - begun, json.loads(answer)


def told(answer: dict) -> str:
    counts = (f"{answer[name]:,} {name}" for name in ("added", "changed", "unchanged"))
    return f"{', '.join(counts)}, {len(answer['refused'])} refused"


def play(folder: Path, run: Runner, missed: Missed) -> None:
    with recorded(folder) as api:
        more = {"LOKET_WEBAPI_URL": api.address, "LOKET_WEBAPI_KEY": webapi.KEY}
        words = ("library", "harvest", "3574", "--pause", "0", "--json")
        seconds, answer = run.timed(*words, **more)
        again, second = run.timed(*words, "--all", **more)
    print(
        f"webapi: {told(answer)} in {seconds:.1f} s, {api.viewed} details asked for;"
        f" again: {told(second)} in {again:.1f} s"
    )
    missed.check(api.viewed > 0, "no detail was asked for")
    missed.check(run.with_markup() == 0, "HTML was left in harvested texts")
    missed.check(seconds <= MOST_SECONDS_PLAYED, f"the play-back took {seconds:.1f} s")
    missed.check(second["added"] + second["changed"] == 0, "the play-back twice changed something")


@contextmanager
def recorded(folder: Path) -> Iterator[webapi.WebApi]:
    """Our server with the recorded rows; what was not recorded is "list-not-available"."""
    with webapi.served() as api:
        for model, name in RECORDED.items():
            content = json.loads((folder / f"{name}_fixture.json").read_text("utf-8"))
            api.lists[model] = content["data"][1]
        for model, name in RECORDED_VIEWS.items():
            api.views[model] = json.loads((folder / f"{name}_fixture.json").read_text("utf-8"))["data"]
        yield api


def evaluate(half: str, run: Runner, missed: Missed) -> None:
    answer = json.loads(run("library", "evaluate", str(QUERIES / f"{half}.csv"), "--json"))
    for name in ("loket", "bm25"):
        print(f"{half:13} {name:6} " + "  ".join(f"{key} {value}" for key, value in answer[name].items()))
    if half == "test":
        for measure, goal in GOALS.items():
            reached = answer["loket"][measure]
            missed.check(reached >= goal, f"{measure} {reached}, goal {goal}")


def nonsense(half: str, run: Runner, missed: Missed) -> None:
    answer = json.loads(run("library", "evaluate", str(QUERIES / f"{half}.csv"), "--json"))
    sure = [each["query"] for each in answer["ranks"] if each["confident"]]
    print(f"{half}: {len(answer['ranks'])} questions, called sure: {sure}")
    missed.check(len(sure) <= len(answer["ranks"]) // 20, f"{len(sure)} nonsense questions called sure")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
