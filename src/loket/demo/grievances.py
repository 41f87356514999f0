"""What invented people complain about and how it goes on: one complaint for each state there is.

Each step says how many working days back it was and at which hour; on day 0, how many minutes ago.
"""

from dataclasses import dataclass
from typing import Literal

Verb = Literal[
    "verify", "start", "answer", "question", "reply", "resolve", "object", "decide", "forward", "duplicate",
    "note",
]  # fmt: skip


@dataclass(frozen=True)
class Step:
    back: int
    clock: float
    verb: Verb
    text: str = ""


@dataclass(frozen=True)
class Grievance:
    """A complaint, the door it came through, and its steps. Without a name it is anonymous."""

    subject: str
    text: str
    door: str
    filed: tuple[int, float]
    steps: tuple[Step, ...] = ()
    name: str = ""
    email: str = ""
    confidential: bool = False


def _decided(back: int, text: str) -> tuple[Step, ...]:
    """Verified, begun and decided within three working days, the last of them `back` days ago."""
    return (
        Step(back + 2, 9.0, "verify"),
        Step(back + 1, 9.0, "start"),
        Step(back, 14.0, "resolve", text),
    )


ELSEWHERE = "Dinas Kependudukan dan Pencatatan Sipil Kota Probolinggo"
GRIEVANCES = (
    Grievance(
        "Layar antrean tidak terlihat dari kursi belakang",
        "Dari baris kursi belakang nomor di layar tidak terbaca, sehingga saya hampir terlewat.",
        "box",
        (34, 10.0),
        _decided(30, "Layar kami pindahkan ke dinding tengah dan hurufnya kami perbesar. Terima kasih."),
    ),
    Grievance(
        "Toilet pengunjung terkunci",
        "Toilet pengunjung terkunci sepanjang pagi dan tidak ada petunjuk ke toilet lain.",
        "counter",
        (28, 11.0),
        _decided(24, "Toilet dibuka selama jam layanan; kuncinya kini dipegang petugas jaga."),
    ),
    Grievance(
        "Tabel yang dikirim tidak bisa dibuka",
        "Berkas yang saya terima rusak, dan balasan saya belum dijawab.",
        "email",
        (26, 9.0),
        (
            Step(25, 9.0, "verify"),
            Step(25, 9.5, "start"),
            Step(24, 10.0, "resolve", "Berkas sudah kami kirim ulang dalam format XLSX."),
            Step(23, 13.0, "object", "Berkas baru pun hanya memuat separuh tahun yang saya minta."),
            Step(21, 10.0, "decide", "Anda benar. Tabel lengkap sudah dikirim dan diperiksa dua petugas."),
        ),
        "Maria Puspita",
        "maria",
    ),
    Grievance(
        "Antrean pembuatan kartu keluarga lama",
        "Saya menunggu tiga jam untuk kartu keluarga.",
        "web",
        (15, 10.0),
        (Step(14, 9.0, "forward", "Kartu keluarga diurus dinas lain; pengaduan Anda kami teruskan."),),
    ),
    Grievance(
        "Nomor di layar tidak terbaca",
        "Nomor antrean di layar terlalu kecil.",
        "box",
        (32, 13.0),
        (Step(31, 9.0, "duplicate"),),
    ),
    Grievance(
        "Loket tutup sebelum jam istirahat",
        "Pukul 11.40 loket sudah kosong, padahal istirahat baru pukul 12.00.",
        "phone",
        (9, 12.0),
        _decided(5, "Benar. Jadwal jaga kami ubah: satu loket selalu terisi sampai pukul 12.00."),
        "Hendra Wijaya",
        "hendra",
    ),
    Grievance(
        "Jalan kursi roda terhalang sepeda motor",
        "Jalur landai di depan pintu dipakai parkir sepeda motor, sehingga ibu saya tidak bisa masuk.",
        "web",
        (7, 9.0),
        (
            Step(6, 9.0, "verify"),
            Step(6, 10.0, "start"),
            Step(5, 11.0, "resolve", "Sudah kami pasang rambu dilarang parkir."),
            Step(2, 16.0, "object", "Rambu ada, tetapi hari ini jalurnya terhalang lagi."),
        ),
    ),
    Grievance(
        "Jawaban konsultasi kurang jelas",
        "Jawabannya hanya tautan; saya tidak menemukan tabel yang dimaksud.",
        "web",
        (5, 14.0),
        (
            Step(4, 9.0, "verify"),
            Step(4, 9.2, "start"),
            Step(3, 10.0, "question", "Boleh kami tahu nomor konsultasi Anda?"),
        ),
        "Dian Rahayu",
        "dian",
    ),
    Grievance(
        "Ruang tunggu panas",
        "Kipas angin di ruang tunggu mati sejak minggu lalu.",
        "box",
        (3, 10.0),
        (Step(2, 9.0, "verify"), Step(2, 9.1, "note", "Bagian umum sudah memesan kipas baru.")),
    ),
    Grievance(
        "Diminta membayar fotokopi di luar tarif",
        "Saya diminta membayar fotokopi tanpa tanda terima. Mohon identitas saya tidak dibuka.",
        "web",
        (2, 15.0),
        confidential=True,
    ),
    Grievance(
        "Jam buka di pintu berbeda dengan di portal",
        "Di pintu tertulis 08.00, di portal 07.30.",
        "web",
        (0, 100),
    ),
)
