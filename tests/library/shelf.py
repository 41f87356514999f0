"""A small library of our own for tests: a few codes written by us, publications, tables and terms."""

from loket.library.actions import storing
from loket.library.actions.storing import Entry
from tests.cast import MORNING


def a_code(code, title, body="", version="KBLI 2020", **fields):
    parent = code[:-1] if len(code) > 2 else ""
    return Entry(
        key=code, kind="classification", title=title, body=body, code=code, version=version, level=len(code),
        parent_code=parent, **fields,
    )  # fmt: skip


CODES = [
    a_code("56", "Penyediaan Makanan Dan Minuman"),
    a_code("561", "Restoran Dan Penyediaan Makanan Keliling"),
    a_code("56101", "Restoran", "Kelompok ini mencakup penyediaan makanan di bangunan tetap."),
    a_code("56102", "Rumah/Warung Makan", "Kelompok ini mencakup usaha warung makan di bangunan tetap."),
    a_code("47721", "Perdagangan Eceran Obat Di Apotik", "Kelompok ini mencakup penjualan obat di apotik."),
    a_code(
        "45201", "Reparasi Mobil", "Mencakup perawatan mobil. Kelompok ini tidak mencakup penyetruman aki."
    ),
    a_code("96200", "Aktivitas Penatu", "Kelompok ini mencakup pencucian pakaian dan karpet."),
]
NEWER = [a_code("47720", "Perdagangan Eceran Obat Dan Alat Kesehatan", version="KBLI 2025")]
THINGS = [
    Entry(key="ipm", kind="indicator", title="Indeks Pembangunan Manusia", summary="Ukuran hidup layak."),
    Entry(
        key="tpt", kind="indicator", title="Tingkat Pengangguran Terbuka", summary="Persen angkatan kerja."
    ),
    Entry(key="anggur", kind="table", title="Produksi Anggur", year_from=2020, year_to=2024),
    Entry(key="ddp19", kind="publication", title="Penduduk Dalam Angka 2019", year_from=2019, year_to=2019),
    Entry(key="ddp24", kind="publication", title="Penduduk Dalam Angka 2024", year_from=2024, year_to=2024),
    Entry(key="hdi", kind="publication", title="Poverty and Inequality", language="en"),
]


def put(*entries, source="shelf", at=MORNING, **more):
    return storing.store(source=source, rows=entries, by="loket", at=at, **more)


def a_library():
    put(*CODES, source="kbli2020")
    put(*NEWER, source="kbli2025")
    put(*THINGS)
