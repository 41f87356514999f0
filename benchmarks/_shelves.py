"""A synthetic library of any size, and the engines that search it. Everything in it is invented.

    python -m benchmarks._shelves loket|fts5|postgresql ITEMS     prints one JSON line

Runs in a process and a LOKET_HOME of its own, so that memory and disk are its own too.
"""

import json
import os
import resource
import shutil
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

REAL = [
    "penduduk",
    "jumlah",
    "produksi",
    "menurut",
    "kabupaten",
    "kota",
    "provinsi",
    "kecamatan",
    "tahun",
    "harga",
    "indeks",
    "inflasi",
    "pertanian",
    "industri",
    "tenaga",
    "kerja",
    "pendidikan",
    "kesehatan",
    "perdagangan",
    "hotel",
    "wisata",
    "ekspor",
    "impor",
    "padi",
    "jagung",
    "ikan",
    "ternak",
    "sekolah",
    "guru",
    "murid",
    "dokter",
    "perawat",
    "rumah",
    "tangga",
    "miskin",
    "upah",
    "buruh",
    "jalan",
    "kendaraan",
    "listrik",
    "air",
    "bersih",
]
SYLLABLES = [
    "ba",
    "be",
    "bi",
    "bo",
    "bu",
    "da",
    "di",
    "du",
    "ga",
    "gi",
    "gu",
    "ja",
    "ju",
    "ka",
    "ki",
    "ko",
    "ku",
    "la",
    "li",
    "lu",
    "ma",
    "mi",
    "mu",
    "na",
    "ni",
    "nu",
    "pa",
    "pi",
    "pu",
    "ra",
    "ri",
    "ru",
    "sa",
    "si",
    "su",
    "ta",
    "ti",
    "tu",
]
VOCABULARY, AREAS, OFFICES = 30_000, 514, 500
TITLE_WORDS, BODY_WORDS = (4, 8), 32
QUERIES, REPEATS = 60, 3
# A peer that needs seconds for a question is not asked all of them: after so long the next class begins, but
# not before it was asked so many.
LONGEST_SECONDS, LEAST_ASKED = 60.0, 12
CLASSES = ("1 common word", "1 word", "2 words", "3 words", "4 words", "while typing")


def vocabulary() -> list[str]:
    chance = Random(1)
    words = dict.fromkeys(REAL)
    while len(words) < VOCABULARY:
        words["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(words)


def documents(count: int) -> Iterator[tuple[str, str, int, int]]:
    """Title, body, office (0: of the nation) and year; words as often as in real texts (Zipf)."""
    chance, words = Random(2), vocabulary()
    weights = [1 / (rank + 8) for rank in range(len(words))]
    picked = iter(())
    for _ in range(count):
        length = chance.randint(*TITLE_WORDS)
        text = list(islice(picked, length + BODY_WORDS))
        if len(text) < length + BODY_WORDS:
            picked = iter(chance.choices(words, weights, k=400_000))
            text += islice(picked, length + BODY_WORDS - len(text))
        office = chance.randint(1, OFFICES) if chance.random() < 0.6 else 0
        yield " ".join(text[:length]), " ".join(text[length:]), office, chance.randint(2010, 2025)


def questions(kind: str) -> list[str]:
    """The same for every engine: common words included, as people put them together."""
    chance, words = Random(kind), vocabulary()
    common, known = words[:40], words[40:4000]
    if kind == "1 common word":
        return common[:QUERIES]
    if kind == "while typing":
        typed = [f"{chance.choice(common)} {chance.choice(known)}" for _ in range(QUERIES)]
        return [text[: chance.randint(3, len(text))] for text in typed]
    many = int(kind[0])
    return [
        " ".join(chance.choice(common if chance.random() < 0.5 else known) for _ in range(many))
        for _ in range(QUERIES)
    ]


def timed(
    search: Callable[[str, bool], object], *, here: bool = True, seconds: float = float("inf")
) -> dict[str, tuple[float, float]]:
    """Median and 95th percentile of milliseconds, for each class of questions.

    A class takes no longer than `seconds`. The first round is not counted, unless time is up in it.
    """
    # On a machine that is busy with other things, the CPU time says more than the clock; of a server it
    # says nothing.
    clock = time.thread_time if here and os.environ.get("BENCH_CPU") else time.perf_counter
    times = {}
    for kind in CLASSES:
        typing, asked = kind == "while typing", questions(kind)
        until = time.monotonic() + seconds
        spent = []
        for text in asked * (REPEATS + 1):
            if time.monotonic() > until and len(spent) >= LEAST_ASKED:
                break
            begun = clock()
            search(text, typing)
            spent.append((clock() - begun) * 1000)
        if len(spent) < len(asked) * (REPEATS + 1):
            print(f"{kind}: asked {len(spent)} times in {seconds:.0f} s", file=sys.stderr)
        spent = spent[len(asked) :] if len(spent) >= len(asked) + LEAST_ASKED else spent
        times[kind] = (statistics.median(spent), statistics.quantiles(spent, n=20)[18])
    return times


def megabytes(path: Path) -> float:
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file()) / 1e6


def loket(count: int) -> dict:
    """The whole search of the program, with its rows in SQLite."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.settings")
    django.setup()
    from django.core.management import call_command

    from loket.library import searching
    from loket.library.index import freshness, store
    from loket.library.models import Item, Shelf
    from loket.offices.models import Office
    from loket.screens.library import PER_PAGE, WHILE_TYPING

    call_command("migrate", verbosity=0)
    memory = resident()
    offices = Office.objects.bulk_create(
        [Office(code=f"b{number}", name=f"Kantor {number}") for number in range(OFFICES)]
    )
    rows = documents(count)
    while batch := list(islice(rows, 5000)):
        Item.objects.bulk_create(_items(batch, offices))
    Shelf.objects.create(id=1, version=1)
    begun = time.perf_counter()
    freshness.refresh()
    seconds = time.perf_counter() - begun
    office = offices[0]

    def search(words: str, typing: bool) -> object:
        limit = WHILE_TYPING if typing else PER_PAGE
        return searching.search(office=office, words=words, as_you_type=typing, limit=limit)

    times = timed(search)
    return {
        "index s": seconds,
        "index MB": megabytes(store.home()),
        "memory MB": resident() - memory,
        **times,
    }


def _items(batch, offices):
    from loket.library.models import Item

    for number, (title, body, office, year) in enumerate(batch):
        yield Item(
            source="bench", key=f"{id(batch)}-{number}-{time.perf_counter_ns()}", kind="table", title=title,
            summary=body, scope="office" if office else "nation", year_from=year, year_to=year, shelved=1,
            office=offices[office - 1] if office else None, digest="",
        )  # fmt: skip


def resident() -> float:
    """Megabytes of memory that are in use now."""
    with open("/proc/self/smaps_rollup") as rollup:
        kilobytes = [
            int(line.split()[1]) for line in rollup if line.startswith(("Private_Clean", "Private_D"))
        ]
    return sum(kilobytes) / 1000


def fts5(count: int) -> dict:
    """SQLite's own full text, title before body."""
    path = Path(os.environ["LOKET_HOME"]) / "fts5.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIRTUAL TABLE shelf USING fts5 (title, body, prefix='2 3 4')")
    begun = time.perf_counter()
    connection.executemany("INSERT INTO shelf VALUES (?, ?)", (row[:2] for row in documents(count)))
    connection.commit()
    seconds = time.perf_counter() - begun

    def search(words: str, typing: bool) -> object:
        asked = " ".join(f'"{word}"' for word in words.split()) + ("*" if typing else "")
        ranked = "SELECT rowid FROM shelf WHERE shelf MATCH ? ORDER BY bm25(shelf, 4, 1) LIMIT 20"
        return connection.execute(ranked, [asked]).fetchall()

    times = timed(search, seconds=LONGEST_SECONDS)
    return {"index s": seconds, "index MB": path.stat().st_size / 1e6, "memory MB": _peak(), **times}


def postgresql(count: int) -> dict:
    """PostgreSQL's full text, title before body."""
    import psycopg

    connection = psycopg.connect(os.environ["BENCH_POSTGRESQL"], autocommit=True)
    connection.execute("DROP TABLE IF EXISTS bench_shelf")
    connection.execute("CREATE TABLE bench_shelf (id bigserial PRIMARY KEY, words tsvector)")
    begun = time.perf_counter()
    weighed = "setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s)"
    rows = documents(count)
    while batch := [row[:2] for row in islice(rows, 5000)]:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO bench_shelf (words) VALUES ({weighed})", batch)
    connection.execute("CREATE INDEX ON bench_shelf USING gin (words)")
    connection.execute("ANALYZE bench_shelf")
    seconds = time.perf_counter() - begun

    def search(words: str, typing: bool) -> object:
        asked = " & ".join(words.split()) + (":*" if typing else "")
        ranked = (
            "SELECT id FROM bench_shelf, to_tsquery('simple', %s) asked WHERE words @@ asked"
            " ORDER BY ts_rank(words, asked) DESC LIMIT 20"
        )
        return connection.execute(ranked, [asked]).fetchall()

    times = timed(search, here=False, seconds=LONGEST_SECONDS)
    size = connection.execute("SELECT pg_total_relation_size('bench_shelf')").fetchone()[0] / 1e6
    connection.execute("DROP TABLE bench_shelf")
    return {"index s": seconds, "index MB": size, "memory MB": 0.0, **times}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


ENGINES = {"loket": loket, "fts5": fts5, "postgresql": postgresql}


def main(words: Sequence[str]) -> None:
    engine, count = words
    try:
        print(json.dumps(ENGINES[engine](int(count))))
    finally:
        shutil.rmtree(os.environ["LOKET_HOME"], ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
