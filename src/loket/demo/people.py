"""The invented people of the demo and what they ask for; any likeness is chance."""

from dataclasses import dataclass
from random import Random

from loket.people.actions import GuestEntry


@dataclass(frozen=True)
class Errand:
    """What somebody comes for, and what the officer finds for it."""

    text: str
    kind: str
    purpose: str
    what: str
    area: str
    found: str = "found"


FIRST_NAMES = (
    "Budi", "Dian", "Wati", "Agung", "Lestari", "Yusuf", "Maria", "Putri", "Hendra", "Ratna", "Slamet",
    "Nurul", "Fajar", "Intan", "Joko", "Kartika", "Bayu", "Sinta", "Rahmat", "Mega", "Eko", "Laila",
    "Galih", "Tuti", "Iwan", "Rosa", "Wahyu", "Anisa", "Darmawan", "Fitri",
)  # fmt: skip
LAST_NAMES = (
    "Santoso", "Wijaya", "Rahayu", "Pratama", "Kusuma", "Hidayat", "Saputra", "Utami", "Nugroho",
    "Anggraini", "Setiawan", "Puspita", "Firmansyah", "Maharani", "Gunawan", "Permata",
)  # fmt: skip
INSTITUTIONS = (
    ("university", "student", 9),
    ("regional", "civil_servant", 4),
    ("private", "employee", 2),
    ("ministry", "civil_servant", 1),
    ("state_company", "state_company", 1),
    ("other", "self_employed", 2),
)
AGES = (("18_25", 9), ("26_34", 5), ("35_44", 3), ("45_54", 2), ("55_65", 1))
ERRANDS = (
    Errand("Inflasi bulanan kota 2020 sampai 2025 untuk skripsi", "data", "thesis",
           "Inflasi bulanan", "Kota Probolinggo"),
    Errand("PDRB menurut lapangan usaha, harga konstan", "data", "planning",
           "PDRB menurut lapangan usaha", "Kota Probolinggo"),
    Errand("Jumlah penduduk menurut kecamatan dan umur", "data", "planning",
           "Penduduk menurut umur", "Kota Probolinggo"),
    Errand("Angka kemiskinan sepuluh tahun terakhir", "data", "research",
           "Persentase penduduk miskin", "Kota Probolinggo"),
    Errand("Kode KBLI untuk usaha kedai kopi", "classification", "business", "KBLI kedai kopi", ""),
    Errand("Beda tingkat pengangguran terbuka Februari dan Agustus", "metadata", "study",
           "Tingkat pengangguran terbuka", "Jawa Timur"),
    Errand("Produksi bawang merah per kecamatan", "data", "business",
           "Produksi bawang merah", "Kota Probolinggo", "unsuitable"),
    Errand("Garis kemiskinan dihitung bagaimana", "metadata", "study", "Garis kemiskinan", ""),
    Errand("IPM dan komponennya dibanding kota lain", "data", "research",
           "Indeks pembangunan manusia", "Jawa Timur"),
    Errand("Jumlah UMKM menurut kelurahan", "data", "planning",
           "Usaha mikro kecil", "Kota Probolinggo", "not_found"),
    Errand("Rata-rata lama sekolah untuk bab satu skripsi", "data", "thesis",
           "Rata-rata lama sekolah", "Kota Probolinggo"),
    Errand("Indeks harga konsumen kelompok makanan", "data", "news",
           "Indeks harga konsumen", "Kota Probolinggo"),
    Errand("Jumlah wisatawan dan tingkat hunian hotel", "data", "business",
           "Tingkat penghunian kamar", "Jawa Timur"),
    Errand("Upah minimum dan rata-rata upah buruh", "data", "other", "Rata-rata upah buruh", "Jawa Timur"),
    Errand("Nilai tukar petani, arti dan cara membacanya", "metadata", "study", "Nilai tukar petani", ""),
)  # fmt: skip


def somebody(chance: Random, *, with_mail: bool = False) -> GuestEntry:
    """A visitor nobody has met, as they would fill in the guest book."""
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    kind, occupation, _ = chance.choices(INSTITUTIONS, [weight for *_, weight in INSTITUTIONS])[0]
    return GuestEntry(
        name=f"{first} {last}",
        email=f"{first}.{last}@surel.example".lower() if with_mail else "",
        institution_kind=kind,
        occupation=occupation,
        age_band=chance.choices([age for age, _ in AGES], [weight for _, weight in AGES])[0],
    )
