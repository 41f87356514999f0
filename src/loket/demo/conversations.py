"""What invented visitors ask online and how it goes on: one conversation for each state there is.

Each step says how many working days back it was and at which hour; on day 0, how many minutes ago.
"""

from dataclasses import dataclass
from typing import Literal

Verb = Literal["ask", "take", "answer", "clarify", "refer", "hold", "note", "reply", "solved", "withdraw"]


@dataclass(frozen=True)
class Step:
    back: int
    clock: float
    verb: Verb
    text: str = ""


@dataclass(frozen=True)
class Talk:
    """A conversation: who asks (by place in VISITORS), about what, and its steps after the question."""

    asker: int
    subject: str
    text: str
    kind: str
    purpose: str
    asked: tuple[int, float]
    steps: tuple[Step, ...] = ()
    words: str = ""


VISITORS = (
    ("Budi Santoso", "budi"),
    ("Dian Rahayu", "dian"),
    ("Hendra Wijaya", "hendra"),
    ("Maria Puspita", "maria"),
)
TALKS = (
    Talk(
        0,
        "Inflasi bulanan 2020 sampai 2025",
        "Untuk skripsi saya perlu inflasi bulanan Kota Probolinggo dari "
        "Januari 2020 sampai Desember 2025, kalau bisa dalam satu tabel.",
        "data",
        "thesis",
        (6, 9.2),
        (
            Step(5, 10.0, "take"),
            Step(
                5,
                10.3,
                "clarify",
                "Apakah Anda memerlukan inflasi bulan ke bulan (m-to-m) atau tahun ke tahun (y-on-y)?",
            ),
            Step(5, 13.5, "reply", "Yang bulan ke bulan, terima kasih."),
            Step(
                4,
                9.0,
                "answer",
                "Seri bulan ke bulan ada dalam publikasi Kota Probolinggo Dalam Angka, bab "
                "Harga. Sejak 2024 tahun dasarnya berganti, jadi kedua seri jangan disambung begitu saja.",
            ),
            Step(4, 11.0, "solved"),
        ),
        "inflasi bulanan",
    ),
    Talk(
        1,
        "Garis kemiskinan dihitung bagaimana",
        "Saya ingin tahu bagaimana garis kemiskinan kota dihitung dan "
        "apa bedanya dengan garis kemiskinan provinsi.",
        "metadata",
        "study",
        (5, 14.0),
        (
            Step(
                4,
                14.5,
                "answer",
                "Garis kemiskinan adalah jumlah garis kemiskinan makanan dan bukan makanan. "
                "Metadatanya ada di Sistem Rujukan Statistik; tautannya saya sertakan di bawah.",
            ),
        ),
        "garis kemiskinan metode",
    ),
    Talk(
        2,
        "Kode KBLI untuk kedai kopi",
        "Saya membuka kedai kopi dengan beberapa meja. Kode KBLI 2020 mana yang tepat?",
        "classification",
        "business",
        (3, 9.5),
        (
            Step(2, 9.0, "take"),
            Step(2, 9.5, "clarify", "Apakah kopi diminum di tempat, atau hanya dibawa pulang?"),
        ),
        "kbli kopi",
    ),
    Talk(
        3,
        "Produksi bawang merah per kecamatan",
        "Apakah ada produksi bawang merah per kecamatan untuk lima tahun terakhir?",
        "data",
        "research",
        (4, 11.0),
        (
            Step(3, 9.0, "hold", "Kami sedang memeriksanya bersama seksi statistik produksi."),
            Step(3, 9.1, "note", "Tanyakan ke seksi produksi apakah data kecamatan boleh disebarluaskan."),
        ),
    ),
    Talk(
        1,
        "Jumlah penduduk menurut kelurahan",
        "Saya memerlukan jumlah penduduk menurut kelurahan dan jenis kelamin, tahun terakhir yang tersedia.",
        "data",
        "planning",
        (3, 13.0),
        (Step(2, 8.5, "take"),),
        "penduduk kelurahan",
    ),
    Talk(
        0,
        "Tingkat pengangguran terbuka",
        "Mengapa angka pengangguran Februari dan Agustus berbeda jauh?",
        "metadata",
        "news",
        (1, 15.0),
    ),
    Talk(
        2,
        "UMKM menurut kelurahan",
        "Berapa jumlah usaha mikro kecil menurut kelurahan?",
        "data",
        "business",
        (0, 90),
        (),
        "umkm kelurahan",
    ),
    Talk(
        3,
        "Indeks pembangunan manusia",
        "Saya membandingkan IPM Kota Probolinggo dengan kota lain di Jawa Timur. "
        "Publikasi mana yang sebaiknya saya pakai?",
        "data",
        "research",
        (0, 35),
    ),
    Talk(
        2,
        "Data pajak restoran",
        "Apakah BPS mempunyai data pajak restoran per usaha?",
        "data",
        "business",
        (4, 9.0),
        (
            Step(4, 13.0, "refer", "Data pajak daerah dikelola pemerintah kota, bukan BPS."),
            Step(4, 15.0, "withdraw"),
        ),
    ),
)
INSTITUTION = ("Badan Pendapatan, Pengelolaan Keuangan, dan Aset Kota Probolinggo", "Jl. Panglima Sudirman")
