"""What invented visitors tick and write beside their rating: the same for the same visit each time."""

from loket.feedback.reasons import reasons_for

WROTE_EVERY, TICKED_EVERY = 7, 2
WORDS = {
    5: [
        "Petugasnya sabar menjelaskan tabel yang saya cari.",
        "Cepat sekali, sepuluh menit sudah dapat datanya.",
        "Ruangannya nyaman dan ada tempat bermain anak.",
        "Terima kasih, tabelnya langsung dikirim ke surel saya.",
        "Dibantu memilih publikasi yang cocok untuk skripsi.",
    ],
    4: [
        "Sudah baik. Semoga data kecamatan lebih lengkap.",
        "Petugas ramah, antreannya agak panjang.",
        "Jelas, hanya saja metadatanya perlu dicari sendiri.",
    ],
    3: ["Penjelasannya terlalu cepat untuk saya.", "Kursi tunggu kurang pada hari Senin."],
    2: ["Saya menunggu hampir satu jam.", "Data yang saya perlukan belum ada."],
    1: ["Loket tutup sebelum waktunya, saya harus kembali besok."],
}


def reasons_of(*, score: int, number: int) -> list[str]:
    """One or two of the reasons that this score offers; often none."""
    if number % TICKED_EVERY:
        return []
    offered = list(reasons_for(score))
    ticked = {offered[number % len(offered)], offered[number // 3 % len(offered)]}
    return [reason for reason in offered if reason in ticked]


def comment_of(*, score: int, number: int) -> str:
    return "" if number % WROTE_EVERY else WORDS[score][number // WROTE_EVERY % len(WORDS[score])]
