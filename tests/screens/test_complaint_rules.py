"""Adi sets until when complaints are answered, and the classes with a shorter deadline."""

from datetime import timedelta

import pytest
import time_machine

from loket.base.models import Event
from loket.feedback.actions import complaint_moves
from loket.feedback.queries_complaints import class_words
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.people.models import Role
from tests.cast import MORNING, a_complaint, an_office, an_officer

pytestmark = pytest.mark.django_db
SETTINGS = "/3574/kelola/pengaturan/"


@pytest.fixture(autouse=True)
def the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def adi(client, office):
    adi = an_officer(office, "Adi", Role.ADMINISTRATOR)
    client.force_login(adi)
    return adi


def limits(office):
    return limits_from(Office.objects.get(pk=office.pk).settings)


def save(client, **changes):
    """The form as the page sends it, with some changed."""
    form = client.get(SETTINGS).context["forms"]["complaints"]
    now = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()} | changes
    sent = {f"complaints-{name}": value for name, value in now.items() if value is not None}
    return client.post(SETTINGS, sent | {"part": "complaints"})


def test_a_shorter_promise_counts_for_what_comes_from_now_on(client, adi, office):
    before = a_complaint(office)

    answer = save(client, complaint_response_days=5, complaint_decision_days=20)

    after = a_complaint(Office.objects.get(pk=office.pk))
    before.refresh_from_db()
    assert answer.status_code == 302
    assert before.respond_due == MORNING.replace(hour=0) + timedelta(days=15)
    assert after.respond_due == MORNING.replace(hour=0) + timedelta(days=6)
    assert after.decide_due == MORNING.replace(hour=0) + timedelta(days=21)
    [event] = Event.objects.filter(kind="office.settings")
    assert event.data["before"] == {"complaint_response_days": 14, "complaint_decision_days": 60}
    assert event.data["after"] == {"complaint_response_days": 5, "complaint_decision_days": 20}


def test_saving_what_is_already_so_is_no_event(client, adi, office):
    assert save(client).status_code == 302

    assert not Event.objects.filter(kind="office.settings").exists()


def test_a_class_is_reworded_added_and_left_out(client, adi, office):
    known = limits(office).complaint_classes
    complaint = a_complaint(office)
    complaint_moves.verify(complaint=complaint, category=known[1]["code"], handler=adi, by=adi, at=MORNING)
    complaint.refresh_from_db()

    save(client, id_0="", en_0="", days_0="", id_1="Norma", id_4="Mendesak", en_4="Urgent", days_4=1)

    now = limits(office).complaint_classes
    assert [(each["id"], each["days"]) for each in now] == [
        ("Norma", 5), ("Tidak berkadar pengawasan", 14), ("Berkadar pengawasan", 60), ("Mendesak", 1),
    ]  # fmt: skip
    # The earlier complaint keeps its class under the new words.
    assert class_words(Office.objects.get(pk=office.pk))[complaint.category] == "Norma"
    assert "Norma" in client.get(f"/3574/kelola/pengaduan/{complaint.pk}/").content.decode()


def test_a_page_from_before_somebody_elses_change_is_refused(client, adi, office):
    old = client.get(SETTINGS).context["forms"]["complaints"]["codes"].initial
    save(client, id_0="", en_0="", days_0="")
    now = limits(office).complaint_classes

    answer = save(client, codes=old, id_0="Ringan", en_0="Light", days_0=2)

    assert answer.status_code == 422
    assert "Muat ulang halaman" in answer.content.decode()
    assert limits(office).complaint_classes == now


def test_all_classes_may_go(client, adi, office):
    empty = {f"{name}_{place}": "" for name in ("id", "en", "days") for place in range(8)}

    assert save(client, **empty).status_code == 302

    assert limits(office).complaint_classes == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"complaint_response_days": 0}, "complaint_response_days"),
        ({"complaint_response_days": 15}, "complaint_response_days"),
        ({"complaint_decision_days": 61}, "complaint_decision_days"),
        ({"complaint_decision_days": 10}, "complaint_decision_days"),
        ({"complaint_objection_days": -1}, "complaint_objection_days"),
        ({"days_0": 61}, "days_0"),
        ({"days_0": "satu"}, "days_0"),
        ({"en_0": ""}, "en_0"),
        ({"id_7": "Hanya satu"}, "en_7"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_changes(client, adi, office, changes, field):
    before = limits(office)

    answer = save(client, **changes)

    assert answer.status_code == 422
    assert list(answer.context["forms"]["complaints"].errors) == [field]
    assert limits(office) == before


def test_sari_changes_no_deadline(client, office):
    client.force_login(an_officer(office, "Sari", Role.OFFICER))

    assert client.post(SETTINGS, {"part": "complaints"}).status_code == 404
