from datetime import timedelta

import pytest

from loket.base.models import Event
from loket.live import announce
from loket.people import devices
from loket.people.models import Device
from tests.cast import MORNING, an_office

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def a_device(office, kind=Device.Kind.BOARD, **settings):
    return devices.add_device(
        office=office, kind=kind, name="Layar 1", by="staff:1", at=MORNING, settings=settings
    )


def paired(office, kind=Device.Kind.BOARD):
    code = a_device(office, kind).pairing_code
    return devices.pair(office=office, kind=kind, code=code, at=MORNING)


def news(office):
    return announce.version(announce.devices(office.code))


def test_a_code_is_exchanged_for_a_token_that_is_stored_nowhere():
    device, token = paired(an_office())

    row = Device.objects.filter(pk=device.pk).values().get()

    assert token not in str(row)
    assert row["pairing_code"] is None
    assert [event.kind for event in Event.objects.order_by("seq")] == ["device.add", "device.pair"]


def test_small_letters_and_spaces_in_a_code_do_not_matter():
    office = an_office()
    code = a_device(office).pairing_code

    device, _ = devices.pair(office=office, kind="board", code=f" {code[:3].lower()} {code[3:]}", at=MORNING)

    assert device.paired_at == MORNING


def test_a_code_is_used_once():
    office = an_office()
    code = a_device(office).pairing_code
    devices.pair(office=office, kind="board", code=code, at=MORNING)

    with pytest.raises(devices.CodeWrong):
        devices.pair(office=office, kind="board", code=code, at=MORNING)


def test_a_code_ends_after_fifteen_minutes():
    office = an_office()
    code = a_device(office).pairing_code

    with pytest.raises(devices.CodeWrong):
        devices.pair(office=office, kind="board", code=code, at=MORNING + timedelta(minutes=15))


@pytest.mark.parametrize(("where", "kind"), [("9471", "board"), ("3574", "kiosk")])
def test_a_code_counts_only_for_its_office_and_kind(where, kind):
    offices = {code: an_office(code) for code in ("3574", "9471")}
    code = a_device(offices["3574"]).pairing_code

    with pytest.raises(devices.CodeWrong):
        devices.pair(office=offices[where], kind=kind, code=code, at=MORNING)


def test_a_withdrawn_device_waits_for_no_code():
    office = an_office()
    device = a_device(office)
    devices.revoke(device=device, by="staff:1", at=MORNING)

    with pytest.raises(devices.CodeWrong):
        devices.pair(office=office, kind="board", code=device.pairing_code, at=MORNING)
    with pytest.raises(devices.DeviceGone):
        devices.renew_code(device=device, by="staff:1", at=MORNING)


def test_withdrawing_twice_is_one_event():
    office = an_office()
    device, _ = paired(office)

    for _press in range(2):
        devices.revoke(device=device, by="staff:1", at=MORNING)

    assert Event.objects.filter(kind="device.revoke").count() == 1


def test_a_new_code_ends_the_old_token_when_it_is_used():
    office = an_office()
    device, _ = paired(office)
    before = device.token_digest

    again = devices.renew_code(device=device, by="staff:1", at=MORNING)
    devices.pair(office=office, kind="board", code=again.pairing_code, at=MORNING)

    assert Device.objects.get(pk=device.pk).token_digest not in (before, None)


def test_heartbeats_are_written_at_most_every_five_seconds():
    device, _ = paired(an_office())

    for seconds in (1, 4, 5, 7):
        devices.beat(device=device, says={}, at=MORNING + seconds * SECOND)
        device.refresh_from_db()

    assert device.last_seen_at == MORNING + 5 * SECOND


def test_a_change_of_sound_is_told_at_once_and_a_steady_beat_is_not():
    office = an_office()
    device, _ = paired(office)
    before = news(office)

    devices.beat(device=device, says={"sound": "blocked"}, at=MORNING + SECOND)
    device.refresh_from_db()
    devices.beat(device=device, says={"sound": "blocked"}, at=MORNING + 10 * SECOND)

    assert device.state == {"sound": "blocked"}
    assert news(office) == before + 1


def test_what_a_device_may_not_say_is_not_kept():
    device, _ = paired(an_office())

    devices.beat(device=device, says={"sound": "<b>", "printer": "ok", "x": 1}, at=MORNING + SECOND)

    device.refresh_from_db()
    assert device.state == {}


def test_a_silent_device_is_noticed_once_and_greeted_when_it_returns():
    office = an_office()
    device, _ = paired(office)

    assert devices.silent(at=MORNING + 20 * SECOND) == []
    (lost,) = devices.silent(at=MORNING + 21 * SECOND)
    for _round in range(2):
        devices.notice_silence(device=lost)
    assert devices.silent(at=MORNING + 22 * SECOND) == []

    before = news(office)
    device.refresh_from_db()
    devices.beat(device=device, says={}, at=MORNING + 30 * SECOND)

    device.refresh_from_db()
    assert device.connected
    assert news(office) == before + 1


def test_a_device_that_spoke_just_now_keeps_its_line():
    office = an_office()
    device, _ = paired(office)
    (late,) = devices.silent(at=MORNING + 21 * SECOND)
    devices.beat(device=device, says={}, at=MORNING + 21 * SECOND)

    devices.notice_silence(device=late)

    device.refresh_from_db()
    assert device.connected


def test_a_clock_set_back_does_not_silence_a_device():
    device, _ = paired(an_office())
    earlier = MORNING - timedelta(hours=1)

    devices.beat(device=device, says={}, at=earlier)

    device.refresh_from_db()
    assert device.last_seen_at == earlier


def test_paper_running_out_is_told_once():
    office = an_office()
    device, _ = paired(office, Device.Kind.KIOSK)
    before = news(office)

    for _ in range(2):
        devices.say_printer(device=device, printer="paper_out", at=MORNING)

    device.refresh_from_db()
    assert device.state["printer"] == "paper_out"
    assert news(office) == before + 1
