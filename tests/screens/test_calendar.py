"""The calendar page of Manage: look at a year, gather changes in the draft, publish with a reason."""

from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loket.offices import calendars, queries
from loket.offices.models import CalendarDraft
from loket.people.models import Role
from loket.rules import calendarfile
from loket.rules.calendarchanges import close_days
from loket.rules.calendarparts import Reason
from tests.cast import MORNING, WIB, an_office, an_officer
from tests.rules.calendars import hours

pytestmark = pytest.mark.django_db
PAGE = "/3574/kelola/kalender/2026/"
OCTOBER_23 = date(2026, 10, 23)
CLOSURE = {"closure-first": "2026-10-23", "closure-name": "Perbaikan listrik", "closure-kind": "local"}
PERIOD = {
    "period-first": "2026-02-19",
    "period-last": "2026-03-20",
    "period-name": "Ramadan",
    **dict.fromkeys(("period-mon", "period-tue", "period-wed", "period-thu"), "08.00–15.00"),
    "period-fri": "08.00-15.30",
}


@pytest.fixture(autouse=True)
def a_wednesday_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def office():
    return an_office()


def signed_in(person):
    client = Client()
    client.cookies["loket_language"] = "en"
    client.force_login(person)
    return client


@pytest.fixture
def rina(office):
    return signed_in(an_officer(office, "Rina", Role.SUPERVISOR))


def draft(office):
    found = queries.calendar_draft(office)
    return found and calendarfile.from_dict(found.content)


def publish(client, office, reason="Listrik", seen=None):
    found = queries.calendar_draft(office)
    seen = seen or (calendars.digest(found.content) if found else "x" * 64)
    return client.post(PAGE + "terbitan/", {"publish-reason": reason, "publish-seen": seen}, follow=True)


def test_the_calendar_opens_at_this_year(rina, office):
    assert rina.get("/3574/kelola/kalender/").headers["Location"] == PAGE


def test_a_year_shows_its_days_and_its_status(rina, office):
    page = rina.get(PAGE).content.decode()

    assert "Calendar 2026" in page
    assert "261 working days" in page
    assert "2026 is decreed" in page
    assert "2027 is not complete" in page
    assert 'href="/3574/kelola/kalender/" aria-current="page"' in page


@pytest.mark.parametrize("year", [1999, 2101, 99999])
def test_a_year_out_of_reach_is_not_found(rina, office, year):
    assert rina.get(f"/3574/kelola/kalender/{year}/").status_code == 404
    assert rina.post(f"/3574/kelola/kalender/{year}/usulan/").status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICER, Role.READER, Role.AUDITOR])
def test_others_of_the_office_do_not_see_it(office, role):
    client = signed_in(an_officer(office, "Sari", role))

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE + "tutup/", CLOSURE).status_code == 404
    assert not CalendarDraft.objects.exists()


def test_the_lead_of_another_office_is_a_stranger(office):
    other = an_office(code="9471", zone="Asia/Jayapura")
    client = signed_in(an_officer(other, "Yosef", Role.ADMINISTRATOR))

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE + "terbitan/", {}).status_code == 404


def test_nobody_signed_in_is_led_to_the_door(office):
    assert Client().get(PAGE).status_code == 302


def test_looking_changes_nothing(rina, office):
    for door in ("tutup", "buka", "jam-khusus", "jam", "impor", "usulan", "terbitan", "rancangan/akhir"):
        assert rina.get(f"{PAGE}{door}/").status_code == 405


def test_a_closed_day_goes_through_the_draft_to_the_public(rina, office):
    rina.post(PAGE + "tutup/", CLOSURE)

    assert draft(office).closed_day(OCTOBER_23).name == "Perbaikan listrik"
    assert queries.calendar_of(office).is_working_day(OCTOBER_23)
    page = rina.get(PAGE).content.decode()
    assert "23 October 2026: closed here, Perbaikan listrik" in page
    assert "260 working days instead of 261" in page

    done = publish(rina, office).content.decode()

    assert "Version 2 is published" in done
    assert "Listrik" in done
    assert queries.newest_version(office).published_by.startswith("staff:")
    assert not queries.calendar_of(office).is_working_day(OCTOBER_23)
    assert not CalendarDraft.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"closure-first": ""}, "This field is required."),
        ({"closure-first": "soon"}, "Enter a valid date."),
        ({"closure-first": "1999-01-01"}, "Choose a date between 2000 and 2100."),
        ({"closure-last": "2026-10-01"}, "The last day lies before the first."),
        ({"closure-last": "2027-10-01"}, "Choose at most 120 days at once."),
        ({"closure-name": "x" * 121}, "at most 120 characters"),
        ({"closure-name": "tutup\u202ekubu"}, "Use letters, digits and ordinary punctuation only."),
        ({"closure-kind": "weekend"}, "Select a valid choice."),
    ],
)
def test_a_mistake_is_said_and_nothing_is_lost(rina, office, change, said):
    answer = rina.post(PAGE + "tutup/", CLOSURE | change)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "2026-10-23" in page or "Perbaikan listrik" in page
    assert draft(office) is None


def test_a_day_closed_twice_is_refused_with_its_reason(rina, office):
    rina.post(PAGE + "tutup/", CLOSURE)

    answer = rina.post(PAGE + "tutup/", CLOSURE)

    assert "Friday 23 October is closed already: closed here, Perbaikan listrik." in answer.content.decode()


def test_names_are_shown_as_text(rina, office):
    rina.post(PAGE + "tutup/", CLOSURE | {"closure-name": "<script>alert(1)</script>"})

    page = rina.get(PAGE).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_closed_day_is_opened_again(rina, office):
    rina.post(PAGE + "tutup/", CLOSURE)
    rina.post(PAGE + "buka/", {"day": "2026-10-23"})

    assert draft(office) is None
    again = rina.post(PAGE + "buka/", {"day": "2026-10-23"}, follow=True)
    assert "That was taken out already." in again.content.decode()


def test_special_hours_come_and_go(rina, office):
    rina.post(PAGE + "jam-khusus/", PERIOD)

    period = draft(office).special[0]
    assert period.name == "Ramadan"
    assert period.hours == (*[hours("08:00-15:00")] * 4, hours("08:00-15:30"), None, None)
    assert "Special hours: Ramadan" in rina.get(PAGE).content.decode()

    rina.post(PAGE + "jam-khusus/akhir/", {"first": "2026-02-19", "last": "2026-03-20"})
    assert draft(office) is None


@pytest.mark.parametrize("written", ["8", "16.00–08.00", "08.00–12.00, 11.00–13.00", "25.00–26.00"])
def test_hours_that_cannot_be_are_refused(rina, office, written):
    answer = rina.post(PAGE + "jam-khusus/", PERIOD | {"period-mon": written})

    assert answer.status_code == 422
    assert "Write hours such as" in answer.content.decode()
    assert written in answer.content.decode()


def test_the_weekly_hours_with_a_break(rina, office):
    rina.post(PAGE + "jam/", {"week-mon": "08.00–12.00, 13.00–15.30"})

    assert draft(office).week == (hours("08:00-12:00", "13:00-15:30"), *[()] * 6)


def test_an_office_that_never_opens_is_not_published(rina, office):
    rina.post(PAGE + "jam/", {})

    page = publish(rina, office)

    assert page.status_code == 422
    assert "would not open once in a year" in page.content.decode()
    assert queries.newest_version(office).version == 1


def test_a_proposal_is_taken_into_the_draft(rina, office):
    assert "Proposal for 2026" in rina.get(PAGE).content.decode()

    rina.post(PAGE + "usulan/")

    assert draft(office).closed_day(date(2026, 12, 24)).kind is Reason.JOINT_LEAVE
    assert "Proposal for 2026" not in rina.get(PAGE).content.decode()


def test_a_file_of_holidays_is_taken_into_the_draft(rina, office):
    file = SimpleUploadedFile("libur.csv", b"date,kind,name\n2030-01-01,national,Tahun Baru\n")

    rina.post(PAGE + "impor/", {"import-file": file, "import-source": "SKB 1/2/3-2029"})

    assert draft(office).closed_day(date(2030, 1, 1)).source == "SKB 1/2/3-2029"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"date,kind,name\n2030-01-01,holiday,x\n", "Line 2, kind: expected one of"),
        (b"\xff\xfe\x00", "The file is not UTF-8 text."),
        (b"x" * 200_001, "The file is larger than 200 kB."),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(rina, office, content, said):
    answer = rina.post(PAGE + "impor/", {"import-file": SimpleUploadedFile("libur.csv", content)})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert draft(office) is None


def test_publishing_needs_a_reason(rina, office):
    rina.post(PAGE + "tutup/", CLOSURE)

    assert publish(rina, office, reason=" ").status_code == 422
    assert queries.newest_version(office).version == 1


def test_a_draft_changed_meanwhile_is_looked_at_again(rina, office):
    rina.post(PAGE + "tutup/", CLOSURE)
    seen = calendars.digest(queries.calendar_draft(office).content)
    rina.post(PAGE + "jam-khusus/", PERIOD)

    answer = publish(rina, office, seen=seen)

    assert "Somebody has changed the draft" in answer.content.decode()
    assert publish(rina, office).status_code == 200


def test_a_version_published_meanwhile_is_taken_over_first(rina, office):
    rina.post(PAGE + "tutup/", CLOSURE)
    flooded = close_days(
        queries.calendar_of(office), first=date(2026, 1, 20), last=date(2026, 1, 20), name="Banjir"
    )
    calendars.publish(office=office, calendar=flooded, by="loket", at=MORNING, reason="Banjir")

    assert "Another version has been published" in rina.get(PAGE).content.decode()
    assert publish(rina, office).status_code == 422
    rina.post(PAGE + "rancangan/susulan/")
    publish(rina, office)

    published = queries.calendar_of(office)
    assert not published.is_working_day(OCTOBER_23)
    assert not published.is_working_day(date(2026, 1, 20))


def test_a_draft_is_discarded_once(rina, office):
    rina.post(PAGE + "tutup/", CLOSURE)

    rina.post(PAGE + "rancangan/akhir/")

    assert draft(office) is None
    for gone in ("rancangan/akhir/", "rancangan/susulan/"):
        assert "somebody else was quicker" in rina.post(PAGE + gone, follow=True).content.decode()
    assert "somebody else was quicker" in publish(rina, office).content.decode()


def test_the_history_names_author_and_reason(rina, office):
    rina.post(PAGE + "tutup/", CLOSURE)

    page = publish(rina, office, reason="Pemadaman PLN").content.decode()

    assert "Pemadaman PLN" in page
    assert "Rina" in page.split("History", 1)[1]


def test_an_office_without_calendar_is_told_what_to_do(rina, office):
    office.calendars.all().delete()

    answer = rina.get(PAGE)

    assert answer.status_code == 404
    assert "Load its office file first" in answer.content.decode()


def test_the_page_has_few_queries(rina, office, django_assert_max_num_queries):
    rina.post(PAGE + "usulan/")

    with django_assert_max_num_queries(10):
        rina.get(PAGE)


def test_the_year_is_that_of_the_office_at_new_year(office):
    yosef = an_officer(an_office(code="9471", zone="Asia/Jayapura"), "Yosef", Role.SUPERVISOR)

    with time_machine.travel(datetime(2026, 12, 31, 23, 0, tzinfo=WIB), tick=False):
        opened = signed_in(yosef).get("/9471/kelola/kalender/")

    assert opened.headers["Location"].endswith("/2027/")


def test_templates_have_no_inline_style_or_script():
    folder = Path(calendars.__file__).parents[1] / "templates/manage/calendar"
    for template in folder.glob("*.html"):
        content = template.read_text("utf-8")
        assert " style=" not in content
        assert "<script" not in content
        assert " onclick" not in content
