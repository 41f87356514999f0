"""Office files: every sentence taken over, loaded again, refused whole."""

import re
import tomllib
from datetime import date, timedelta

import pytest

from loket.base import events
from loket.base.models import Event
from loket.cli import main
from loket.offices import loading, officefile
from loket.offices.limits import limits_from
from loket.offices.models import CalendarVersion, Office, Service, Standard
from loket.offices.officefile import OfficeFileWrong
from loket.offices.queries import calendar_of
from tests.cast import MORNING

pytestmark = pytest.mark.django_db


def load(code="3574", change=lambda text: text, at=MORNING):
    file = officefile.read(change(loading.example(code)))
    return loading.load(file=file, by="loket", at=at)


def replaced(old, new):
    def change(text):
        assert old in text
        return text.replace(old, new)

    return change


def test_the_office_stands_under_its_province_and_the_nation():
    office = load().office

    assert (office.name, office.zone, office.phone) == ("BPS Kota Probolinggo", "Asia/Jakarta", "0355421791")
    assert office.parent.name == "BPS Provinsi Jawa Timur"
    assert office.parent.parent.name == "Badan Pusat Statistik"
    assert not office.parent.serves


def test_every_component_of_the_standard_is_stored_as_printed():
    standard = load().office.standards.get()

    content = standard.content
    assert standard.decree == "3574.035/BU/24 Tahun 2024"
    assert len(content["requirements"]) == 5
    assert [(part["door"], part["first"], len(part["steps"])) for part in content["procedure"]] == [
        ("hall", 1, 7),
        ("online", 8, 6),
    ]
    assert "maksimal 10 (sepuluh) menit" in content["time"]["hall"]["promise"]
    assert "maksimal 3 (tiga) hari kerja" in content["time"]["online"]["promise"]
    assert "tidak merespon kembali selama 3 (tiga) hari kerja" in content["time"]["online"]["closing"]
    assert content["fee"] == "Tidak dipungut biaya"
    assert content["products"] == ["Jasa konsultasi informasi (data/metadana/klasifikasi) statistik"]
    assert [door["value"] for door in content["complaints"]] == [
        "Kotak saran dan pengaduan di PST",
        "https://pengaduan.bps.go.id",
        "pst3574@bps.go.id",
        "085600003574",
    ]


def test_hours_and_four_years_of_holidays_are_published():
    office = load().office

    calendar = calendar_of(office)
    assert f"{calendar.closing(date(2026, 1, 16 - 1)):%H.%M}" == "15.30"
    assert f"{calendar.closing(date(2026, 1, 9)):%H.%M}" == "16.00"
    assert not calendar.is_working_day(date(2026, 1, 16))  # Isra Mikraj
    assert {year.year: str(year.status) for year in calendar.years} == {
        2024: "decreed",
        2025: "decreed",
        2026: "decreed",
        2027: "estimated",
    }


def test_jayapura_has_a_lunch_break_its_own_zone_and_eight_minutes():
    office = load("9471").office

    limits = limits_from(office.settings)
    hours = calendar_of(office).week[0]
    assert (office.zone_name, office.example) == ("WIT", True)
    assert (limits.first, limits.handover_minutes) == ("number", 8)
    assert [f"{interval.opens:%H.%M}-{interval.closes:%H.%M}" for interval in hours] == [
        "08.00-12.00",
        "13.00-15.30",
    ]


def test_loading_again_changes_nothing():
    load()
    said = Event.objects.count()

    again = load(at=MORNING + timedelta(days=1))

    assert again.changed == ()
    assert (Standard.objects.count(), CalendarVersion.objects.count()) == (1, 1)
    assert Event.objects.count() == said


def test_a_changed_sentence_makes_a_new_version_of_the_standard_only():
    load()

    again = load(change=replaced("Tidak dipungut biaya", "Tanpa biaya"))

    assert again.changed == ("standard",)
    assert [standard.version for standard in Standard.objects.order_by("version")] == [1, 2]
    assert CalendarVersion.objects.count() == 1


def test_changed_hours_make_a_new_version_of_the_calendar_only():
    load()

    again = load(change=replaced('fri = ["08:00-16:00"]', 'fri = ["08:00-15:00"]'))

    assert again.changed == ("calendar",)
    assert Standard.objects.count() == 1


def test_what_the_file_leaves_out_is_taken_out_of_use():
    load()

    again = load(change=replaced('[[counters]]\nnumber = 2\nservices = ["konsultasi"]\n', ""))

    assert again.changed == ("counters",)
    assert [counter.active for counter in again.office.counters.order_by("number")] == [True, False]


def test_a_setting_the_file_does_not_mention_stays():
    office = load().office
    office.settings["undo_seconds"] = 30
    office.save()

    again = load(change=replaced("handover_minutes = 10", "handover_minutes = 9"))

    limits = limits_from(again.office.settings)
    assert (limits.undo_seconds, limits.handover_minutes) == (30, 9)


def test_a_letter_of_another_service_is_refused_and_nothing_changes():
    office = load().office
    Service.objects.create(office=office, code="lama", letter="Z", name_id="Lama", name_en="Old")

    with pytest.raises(loading.LetterTaken):
        load(change=lambda text: text.replace('letter = "A"', 'letter = "Z"').replace("Jl. Bromo 32", "X"))

    assert Office.objects.get(code="3574").address.startswith("Jl. Bromo 32")


def test_the_event_log_verifies_after_loading():
    load()
    load("9471")

    assert list(events.verify()) == []
    assert Event.objects.filter(kind="office.loaded").count() == 2


WRONG = [
    ('zone = "Asia/Jakarta"', 'zone = "Asia/Tokyo"', "zone", "Asia/Jakarta"),
    ('code = "3574"', 'code = "akun"', "code", "addresses"),
    ('email = "pst3574@bps.go.id"', 'email = "pst"', "email", "e-mail"),
    ('letter = "A"', 'letter = "a"', "services[1].letter", "A to Z"),
    ("usual_minutes = 18", "usual_minutes = 0", "services[1].usual_minutes", "1 to 480"),
    ("number = 2", "number = 1", "counters[2].number", "no other counter"),
    ("handover_minutes = 10", "handover_minutes = 0", "limits.handover_minutes", "1 to 120"),
    ('sex = "optional"', 'sex = "maybe"', "limits.guest_fields.sex", "off, optional or required"),
    ('announce_languages = ["id"]', "announce_languages = 5", "limits.announce_languages", '"id" and "en"'),
    ('code = "thesis"', 'code = "study"', "limits.purposes[2].code", "no other purpose"),
    ('wed = ["08:00-15:30"]', 'wed = ["08:00-25:30"]', "calendar.week.wed", "a time such as"),
    ("holidays = [2024", "holidays = [24", "calendar.holidays", "years"),
    ('fee = "Tidak dipungut biaya"', 'fee = " "', "standard.fee", "not empty"),
    ('fee = "Tidak dipungut biaya"', 'cost = "Rp0"', "standard.fee", "not empty"),
    ('door = "online"', 'door = "mail"', "standard.procedure[2].door", "hall, online"),
    ('channel = "web"', 'channel = "fax"', "standard.complaints[2].channel", "box, web"),
    ('address = "https://p', 'address = "javascript:p', "standard.complaints[2].address", "https://"),
    ('label = "E-mail"', 'label = "E-mail"\nlabl = "x"', "standard.complaints[3].labl", "label"),
]


@pytest.mark.parametrize(("old", "new", "field", "expected"), WRONG, ids=[wrong[2] for wrong in WRONG])
def test_a_wrong_field_is_refused_with_line_and_what_is_expected(old, new, field, expected):
    source = loading.example("3574").replace(old, new, 1)

    with pytest.raises(OfficeFileWrong) as refused:
        officefile.read(source)

    assert refused.value.field == field
    assert expected in refused.value.expected
    line = source.splitlines()[refused.value.line - 1]
    assert new.splitlines()[-1] in line or field == "standard.fee"


def test_a_missing_table_is_named():
    source = re.sub(r"(?s)\n\[calendar\].*?(?=\n\[standard\])", "", loading.example("3574"))

    with pytest.raises(OfficeFileWrong) as refused:
        officefile.read(source)

    assert refused.value.field == "calendar"


def test_broken_toml_is_refused_with_its_line():
    source = loading.example("3574").replace('letter = "A"', 'letter = "A')

    with pytest.raises(OfficeFileWrong) as refused:
        officefile.read(source)

    assert source.splitlines()[refused.value.line - 1] == 'letter = "A'


def test_the_command_loads_an_example_and_lists_the_tree(capsys):
    assert main(["office", "load", "9471"]) == 0
    assert main(["office", "list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "0000  Badan Pusat Statistik, WIB (groups offices)",
        "  9400  BPS Provinsi Papua, WIT (groups offices)",
        "    9471  BPS Kota Jayapura, WIT",
    ]


def test_the_command_refuses_a_wrong_file_whole(tmp_path, capsys):
    path = tmp_path / "office.toml"
    path.write_text(loading.example("3574").replace('letter = "A"', 'letter = "1"'), "utf-8")

    assert main(["office", "load", str(path)]) == 1

    said = capsys.readouterr().err
    assert "services[1].letter" in said
    assert "Nothing was loaded." in said
    assert not Office.objects.exists()


def test_the_command_names_a_file_that_is_not_there(capsys):
    assert main(["office", "load", "nowhere.toml"]) == 1

    assert "nowhere.toml cannot be read" in capsys.readouterr().err


def test_an_example_says_every_sentence_once():
    file = tomllib.loads(loading.example("3574"))

    steps = [step for part in file["standard"]["procedure"] for step in part["steps"]]
    assert len(steps) == 13
