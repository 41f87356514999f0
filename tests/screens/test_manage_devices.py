import re

import pytest
import time_machine

from loket.base.models import Event
from loket.people.models import Device, Role
from tests.cast import MORNING, an_office, an_officer

pytestmark = pytest.mark.django_db
DEVICES = "/3574/kelola/perangkat/"


@pytest.fixture(autouse=True)
def the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def rina(client):
    rina = an_officer(an_office(), "Rina", Role.SUPERVISOR)
    client.force_login(rina)
    return rina


def add(client, kind="kiosk", **fields):
    return client.post(DEVICES, {"kind": kind, "name": "Kios pintu"} | fields)


def test_a_new_device_shows_its_code_and_where_to_type_it(client, rina):
    page = client.get(add(client).headers["Location"]).content.decode()

    code = Device.objects.get().pairing_code
    assert f"{code[:3]} {code[3:]}" in page
    assert "/3574/perangkat/kiosk/" in page


def test_from_the_code_to_the_kiosk_and_out_again(client, rina, django_user_model):
    kiosk = type(client)()
    page = add(client).headers["Location"]

    paired = kiosk.post("/3574/perangkat/kiosk/", {"code": Device.objects.get().pairing_code})
    assert paired.headers["Location"] == "/3574/kios/"
    assert "kelola" not in paired.headers["Location"]
    assert Device.objects.get().pairing_code is None
    assert b"pairing__code" not in client.get(page).content

    client.post(f"{page}pencabutan/")

    assert kiosk.post("/3574/perangkat/kiosk/detak/", "{}", content_type="text/plain").status_code == 404
    assert client.get(page).status_code == 404


def test_a_tablet_stands_at_a_counter(client, rina):
    add(client, "rating", counter="2")

    assert Device.objects.get().settings == {"counter": 2}


def test_a_tablet_without_a_counter_is_asked_for_one_and_keeps_its_name(client, rina):
    answer = add(client, "rating", name="Tablet <1>", counter="9")

    assert answer.status_code == 422
    assert "Tablet &lt;1&gt;" in answer.content.decode()


def test_a_kiosk_may_have_a_printer_in_the_house(client, rina):
    add(client, printer_host="192.168.1.50", printer_port="9100", roll="58")

    assert Device.objects.get().settings == {"printer": {"host": "192.168.1.50", "port": 9100, "width": 58}}


@pytest.mark.parametrize("host", ["8.8.8.8", "printer.example.org", "0.0.0.0", "224.0.0.1", "10.0.0.1/evil"])
def test_a_printer_elsewhere_is_refused(client, rina, host):
    answer = add(client, printer_host=host)

    assert answer.status_code == 422
    assert not Device.objects.exists()


def test_settings_can_be_changed_and_are_kept_in_the_log(client, rina):
    page = add(client).headers["Location"]

    client.post(page, {"name": "Kios samping", "printer_host": "10.0.0.7"})

    assert Device.objects.get().name == "Kios samping"
    event = Event.objects.get(kind="device.set_up")
    assert event.by == rina.staff_id
    assert "Kios" not in str(event.data)


def test_a_new_code_is_shown_again(client, rina):
    page = add(client).headers["Location"]
    before = Device.objects.get().pairing_code

    client.post(f"{page}kode/")

    shown = re.search(r"pairing__code\">(\w{3}) (\w{3})", client.get(page).content.decode())
    assert "".join(shown.groups()) not in ("", before)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.READER, Role.AUDITOR])
def test_others_do_not_find_the_devices(client, role):
    client.force_login(an_officer(an_office(), "Tono", role))

    assert client.get(DEVICES).status_code == 404


def test_a_device_of_another_office_is_not_found(client, rina):
    elsewhere = an_office("9471")
    page = add(client).headers["Location"]
    client.force_login(an_officer(elsewhere, "Yosef", Role.ADMINISTRATOR))

    assert client.get(page.replace("3574", "9471")).status_code == 404
    assert client.post(f"{page.replace('3574', '9471')}pencabutan/").status_code == 404
    assert Device.objects.get().revoked_at is None
