"""Who asks to be erased is gone from every room, and every figure stays as it was."""

import json
from datetime import timedelta

import pytest

from loket.base import events
from loket.base.models import Event
from loket.feedback.models import Rating
from loket.people.models import Membership, Role, User, Visitor
from loket.privacy import erasing, exporting, persons
from loket.privacy.models import Erased
from loket.reports.overview import overview
from tests.cast import BUDI, MORNING, an_office, an_officer, take
from tests.privacy.budi import ADDRESS, CANARY, at_the_hall, with_an_account
from tests.staging import tables_telling

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=3)


@pytest.fixture
def office(settings, tmp_path):
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return an_office()


@pytest.fixture
def budi(office):
    at_the_hall(office)
    return with_an_account(office, User.objects.get(name="Sari"))


def told_in() -> list[str]:
    """Every table that still holds a word of the person."""
    return tables_telling(CANARY)


def files_in(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_every_word_of_an_erased_person_is_gone(office, budi, tmp_path, django_capture_on_commit_callbacks):
    assert len(told_in()) > 12
    assert len(files_in(tmp_path)) == 4
    person = persons.at_office(office=office, email=ADDRESS)

    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(person=person, office=office, by="staff:1", at=LATER)

    assert told_in() == []
    assert files_in(tmp_path) == [erasing.journal()]
    assert CANARY not in erasing.journal().read_text()
    assert list(events.verify()) == []


def test_the_figures_stay_when_somebody_is_erased(office, budi):
    before = [overview([office], at=LATER)[0], Rating.objects.count(), Event.objects.count()]

    erasing.erase(person=persons.everywhere(user=budi), office=office, by="staff:1", at=LATER)

    after = [overview([office], at=LATER)[0], Rating.objects.count(), Event.objects.count() - 1]
    assert after == before


def test_the_preview_says_what_erasing_then_does(office, budi):
    person = persons.at_office(office=office, email=ADDRESS)

    said = erasing.preview(person)

    assert said["people.Visitor"] == said["people.User"] == 1
    assert erasing.erase(person=person, office=office, by="staff:1", at=LATER) == said


def test_erasing_again_changes_nothing(office, budi):
    person = persons.at_office(office=office, email=ADDRESS)
    erasing.erase(person=person, office=office, by="staff:1", at=LATER)
    erasing.erase(person=person, office=office, by="staff:1", at=LATER)

    assert Erased.objects.count() == 1
    assert not persons.is_known(persons.at_office(office=office, email=ADDRESS))


def test_others_keep_what_is_theirs(office, budi):
    take(office)

    erasing.erase(
        person=persons.at_office(office=office, email=ADDRESS), office=office, by="staff:1", at=LATER
    )

    assert Visitor.objects.get(email=BUDI.email).name == BUDI.name


def test_the_office_finds_only_its_own_guest_book(office, budi):
    elsewhere = an_office("9471")
    take(elsewhere, guest=BUDI)

    assert not persons.is_known(persons.at_office(office=office, email=BUDI.email))
    assert persons.at_office(office=elsewhere, email=BUDI.email.upper()).visitors


def test_staff_are_not_erased_while_they_work(office):
    sari = an_officer(office)
    person = persons.Person(users=frozenset([sari.pk]))

    with pytest.raises(erasing.StillStaff):
        erasing.erase(person=person, office=office, by="staff:1", at=LATER)


def test_an_officer_who_is_also_a_visitor_is_found_in_the_guest_book_only(office):
    sari = an_officer(office, role=Role.OFFICER, email=BUDI.email)
    take(office)

    person = persons.at_office(office=office, email=sari.email)

    assert person.visitors
    assert not person.users
    assert Membership.objects.filter(user=sari).exists()


def test_a_restored_backup_forgets_them_again(office, budi, django_capture_on_commit_callbacks):
    """As after a restore: the journal beside the database knows of an erasure that the database forgot."""
    person = persons.at_office(office=office, email=ADDRESS)
    rows = erasing.births(person)
    erasing.note_outside(person, rows, LATER)

    count = erasing.again(at=LATER + timedelta(days=1))

    # The entry of the guest book takes the complaint with it.
    assert [model for model, _, _ in rows] == ["people.Visitor", "people.User", "feedback.Complaint"]
    assert count == 2
    assert told_in() == []
    assert erasing.again(at=LATER + timedelta(days=1)) == 0


@pytest.mark.parametrize(("before", "lines"), [(None, 1), ("", 1), ("{}\n", 2), ("{", 2)])
def test_half_a_line_in_the_journal_takes_no_other_along(office, budi, before, lines):
    if before is not None:
        erasing.journal().write_text(before)

    erasing.note_outside(persons.everywhere(user=budi), [], LATER)

    written = erasing.journal().read_text().splitlines()
    assert len(written) == lines
    assert json.loads(written[-1])["rows"] == []


def test_a_restored_backup_forgets_an_officer_who_had_left(office):
    """The backup is older than both: in it they still are of the staff."""
    sari = an_officer(office)
    person = persons.Person(users=frozenset([sari.pk]))
    erasing.note_outside(person, erasing.births(person), LATER)

    assert erasing.again(at=LATER + timedelta(days=1)) == 1
    sari.refresh_from_db()
    assert sari.erased_at
    assert not Membership.objects.filter(user=sari).exists()


def test_somebody_else_with_the_same_number_is_left_alone(office):
    visitor = take(office).visit.visitor
    line = {"at": LATER.isoformat(), "rows": [["people.Visitor", visitor.pk, "2020-01-01T00:00:00+00:00"]]}
    erasing.journal().write_text(json.dumps(line) + "\n")

    assert erasing.again(at=LATER) == 0
    visitor.refresh_from_db()
    assert visitor.name == BUDI.name


def test_an_export_holds_everything_and_no_keys(office, budi):
    person = persons.at_office(office=office, email=ADDRESS)

    data = exporting.collected(person, language="id", at=LATER)

    said = json.dumps(data, ensure_ascii=False)
    tables = {part["table"] for part in data["parts"]}
    assert {"people.Visitor", "people.User", "visits.Visit", "consultations.Message", "outbox.Mail"} <= tables
    assert all(f"{CANARY}{number}{CANARY}" in said for number in (1, 4, 5, 6, 11, 20, 23, 26, 27))
    assert not tables & set(exporting.SECRETS)


def test_the_export_can_be_read_on_paper(office, budi):
    data = exporting.collected(persons.everywhere(user=budi), language="id", at=LATER)

    file = exporting.as_pdf(data, office=office.name, language="id", at=LATER)

    assert file.startswith(b"%PDF")
