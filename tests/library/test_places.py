"""Areas: read from a list, recognised in a question, preferred among what was found."""

import pytest

from loket import cli
from loket.library import searching
from loket.library.actions import placing
from loket.library.actions.storing import Entry, Refusal
from loket.library.importing import areas
from loket.library.importing.areas import AreaRow
from loket.library.importing.classifications import FileWrong
from loket.library.models import Area
from loket.library.places import known
from loket.library.places.names import key_of
from tests.cast import MORNING, an_office
from tests.library.shelf import a_code, put

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten():
    known.forget()
    yield
    known.forget()


def a_file(tmp_path, text):
    (tmp_path / "areas.csv").write_text(text)
    return tmp_path / "areas.csv"


def named(words, usual=()):
    return [place.name for place in known.named_in(words.split(), is_usual=lambda word: word in usual).places]


def test_the_program_knows_all_provinces_and_some_regencies():
    levels = [place.level for place in known.shipped()]

    assert (levels.count("province"), levels.count("regency") + levels.count("city")) == (38, 75)
    assert known.name_of("3574") == "Kota Probolinggo"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kab. Probolinggo", "KABUPATEN PROBOLINGGO"),
        ("Kodya Malang", "Kota Malang"),
        ("Provinsi Jawa Timur", "jawa timur"),
        ("Kota-Batu", "Kota Batu"),
    ],
)
def test_one_area_written_in_two_ways(one, other):
    assert key_of(one) == key_of(other)
    assert key_of("Kota Malang") != key_of("Kabupaten Malang")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("penduduk probolinggo", ["Kabupaten Probolinggo", "Kota Probolinggo"]),
        ("penduduk kota probolinggo", ["Kota Probolinggo"]),
        ("kab probolinggo penduduk", ["Kabupaten Probolinggo"]),
        ("inflasi jawa timur", ["Jawa Timur"]),
        ("inflasi provinsi jawa timur", ["Jawa Timur"]),
        ("tangerang selatan", ["Kota Tangerang Selatan"]),
        ("pabrik batu bata", []),
        ("wisata kota batu", ["Kota Batu"]),
        ("penduduk miskin", []),
        ("", []),
    ],
)
def test_areas_are_recognised_in_questions(words, found):
    assert named(words, usual={"batu"}) == found


def test_items_of_the_named_area_come_first():
    office = an_office()
    areas = ("Kota Kediri", "Kabupaten Probolinggo", "Kota Probolinggo", "Jawa Timur")
    put(*(Entry(area, "table", "Jumlah Penduduk", area=area, year_from=2020, year_to=2020) for area in areas))

    found = searching.search(office=office, words="penduduk 2020 kota probolinggo")

    assert found.hits[0].area == "Kota Probolinggo"
    assert [place.name for place in found.areas] == ["Kota Probolinggo"]
    only = searching.search(office=office, words="penduduk", area="Kodya Probolinggo")
    assert [hit.area for hit in only.hits] == ["Kota Probolinggo"]


def test_a_code_holds_in_every_area():
    put(a_code("56102", "Rumah/Warung Makan"))

    found = searching.search(office=an_office(), words="warung makan di banyuwangi")

    assert [hit.code for hit in found.hits] == ["56102"]
    assert found.confident


def test_a_list_of_an_office_is_read_with_what_its_codes_tell(tmp_path):
    file = a_file(tmp_path, "kode_bps,nama_bps\n21,KEPULAUAN RIAU\n2171,B A T A M\n3513,KAB. PROBOLINGGO\n")

    _, rows = areas.read(file)

    assert list(rows) == [
        AreaRow("21", "Kepulauan Riau", "province", ""),
        AreaRow("2171", "Kota Batam", "city", "21"),
        AreaRow("3513", "Kabupaten Probolinggo", "regency", "35"),
    ]


def test_rows_that_say_nothing_usable_are_refused(tmp_path):
    lines = [
        "xx,A,",
        "35,,",
        "351,Tiga,",
        "3574,Probolinggo,planet",
        "3574,Probolinggo,kota",
        "3574,Lagi,kota",
    ]
    _, rows = areas.read(a_file(tmp_path, "code,name,level\n" + "\n".join(lines)))

    rows = list(rows)
    assert [row.row for row in rows if isinstance(row, Refusal)] == ["2", "3", "4", "5", "7"]
    assert [row.name for row in rows if isinstance(row, AreaRow)] == ["Kota Probolinggo"]


@pytest.mark.parametrize(
    ("lines", "refused"),
    [
        (["9801010,Kecil,district,9801"], {"2": "the area 9801 that 9801010 should lie in is not known"}),
        (["1101,A,regency,1101"], {"2": "1101 (regency) cannot lie in 1101 (regency)"}),
        (
            ["1101,A,regency,1102", "1102,B,regency,1101"],
            {
                "2": "1101 (regency) cannot lie in 1102 (regency)",
                "3": "1102 (regency) cannot lie in 1101 (regency)",
            },
        ),
        (
            ["11,Aceh,province,1171", "1171,Banda Aceh,city,11"],
            {"2": "11 (province) cannot lie in 1171 (city)"},
        ),
        # A regency that is known becomes a village of what lies in it.
        (["35,Jawa Timur,village,3574"], {"2": "3579 (city) lies in it, so 35 cannot be a village"}),
        (
            ["35,Jawa Timur,village,3574", "3574,Probolinggo,city,35"],
            {
                "2": "3579 (city) lies in it, so 35 cannot be a village",
                "3": "3574 (city) cannot lie in 35 (village)",
            },
        ),
        # Whatever lies in a refused one is refused with it.
        (
            ["9801,A,regency,98", "9801010,B,district,9801", "9801010001,C,village,9801010"],
            {
                "2": "the area 98 that 9801 should lie in is not known",
                "3": "the area 9801 that 9801010 should lie in is not known",
                "4": "the area 9801010 that 9801010001 should lie in is not known",
            },
        ),
        (["1101010,B,district,1101", "1101,A,regency,11"], {}),
    ],
)
def test_an_area_lies_in_a_known_and_wider_one(tmp_path, lines, refused):
    _, rows = areas.read(a_file(tmp_path, "code,name,level,parent\n" + "\n".join(lines)))

    outcome = placing.store_areas(rows=rows, by="loket", at=MORNING)

    assert {each.row: each.reason for each in outcome.refused} == refused
    assert outcome.added + outcome.changed + outcome.unchanged == len(lines) - len(refused)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "code,name\n"])
def test_another_file_is_refused(tmp_path, text):
    with pytest.raises(FileWrong):
        areas.read(a_file(tmp_path, text))


def test_the_same_list_twice_changes_nothing_and_a_new_name_is_known(django_capture_on_commit_callbacks):
    def store(name):
        row = AreaRow("1101", name, "regency", "11")
        with django_capture_on_commit_callbacks(execute=True):
            outcome = placing.store_areas(rows=[row], by="loket", at=MORNING)
        return outcome.added, outcome.changed, outcome.unchanged

    assert [store("Kabupaten Simeulue"), store("Kabupaten Simeulue")] == [(1, 0, 0), (0, 0, 1)]
    assert named("penduduk simeulue") == ["Kabupaten Simeulue"]
    assert store("Kabupaten Simeuluë") == (0, 1, 0)
    assert known.name_of("1101") == "Kabupaten Simeuluë"


def test_what_another_process_took_over_is_known_with_the_next_search():
    office = an_office()
    asked = {"office": office, "words": "penduduk simeulue"}
    assert searching.search(**asked).areas == ()

    # Nothing in this process is told of the commit.
    placing.store_areas(rows=[AreaRow("1101", "Kabupaten Simeulue", "regency", "11")], by="loket", at=MORNING)

    assert [place.name for place in searching.search(**asked).areas] == ["Kabupaten Simeulue"]


def test_the_command_takes_a_list_over(tmp_path, capsys):
    file = a_file(tmp_path, "code,name,level,parent\n1101,Kabupaten Simeulue,regency,11\n")

    assert cli.main(["library", "import", "areas", str(file)]) == 0

    assert Area.objects.get().parent_code == "11"
    assert "1 added" in capsys.readouterr().err
