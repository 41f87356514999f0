"""A small library for tests of screens: what Budi looks for is in it."""

from django.utils import timezone

from loket.library.actions.storing import Entry, store
from loket.library.models import Item
from loket.offices.models import Office

BATIK = "Kelompok ini mencakup usaha pembatikan dengan malam, baik batik tulis maupun batik cap."


def a_code(code: str, title: str, version: str = "KBLI 2020", **more: str) -> Entry:
    key = code if version == "KBLI 2020" else f"{version[-2:]}-{code}"
    return Entry(
        key, "classification", title, body=BATIK, code=code, version=version, level=len(code), **more
    )


def fill_shelf(office: Office) -> dict[str, Item]:
    """Store the items; they come back by their keys."""
    own = {"scope": "office", "office_id": office.pk, "area": "Kota Probolinggo"}
    rows = [
        a_code("C", "Industri pengolahan"),
        a_code("13", "Industri tekstil", parent_code="C"),
        a_code("13134", "Industri batik", parent_code="13"),
        a_code("13", "Industri kain", "KBLI 2025"),
        a_code("13134", "Industri Batik", "KBLI 2025", parent_code="13"),
        Entry(
            key="angka",
            kind="publication",
            title="Kota Probolinggo Dalam Angka 2025",
            summary="Penduduk, industri batik dan perdagangan.",
            year_from=2024,
            year_to=2024,
            address="https://kota.statistik.example/angka",
            **own,
        ),
        Entry(key="usaha", kind="table", title="Usaha industri batik", year_from=2020, year_to=2023, **own),
        Entry(key="ipm", kind="indicator", title="Indeks Pembangunan Manusia"),
        Entry(key="konsep", kind="term", title="Inflasi inti", status="draft"),
    ]
    store(source="test", rows=rows, by="loket", at=timezone.now())
    return {item.key: item for item in Item.objects.order_by("pk")}
