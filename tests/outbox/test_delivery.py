from datetime import timedelta

import pytest

from loket.jobs.loop import Job
from loket.jobs.mailing import REST, Mailing
from loket.outbox import actions, delivery
from loket.outbox.models import Mail
from loket.outbox.post import SmtpPost
from tests.cast import MORNING
from tests.outbox.mailserver import mail_server, silent_server

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def a_mail(key="ticket:AbC:summary", **fields) -> Mail:
    content = {
        "to": "budi@surel.example",
        "subject": "Nomor antrean A-012",
        "text": "Terima kasih.\n\nData inflasi ada di lampiran – lihat tabel.",
        "kind": "summary",
        "at": MORNING,
    }
    return actions.put(key=key, **(content | fields))


def send_due(at=MORNING, mailing=None):
    """One round of the worker."""
    mailing = mailing or Mailing()
    return Job("mail", timedelta(seconds=1), mailing.due, mailing.send).run(lambda: at)


@pytest.fixture
def letters():
    """A worker's way out."""
    post = SmtpPost()
    yield post
    post.close()


@pytest.fixture
def server(settings):
    with mail_server(settings) as handler:
        yield handler


def test_a_mail_leaves_and_is_noted(server):
    mail = a_mail()

    send_due()

    mail.refresh_from_db()
    assert (mail.state, mail.sent_at) == (Mail.State.SENT, MORNING)
    [letter] = server.letters
    assert letter["To"] == "budi@surel.example"
    assert letter["Subject"] == "Nomor antrean A-012"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"] == "Wed, 14 Jan 2026 02:00:00 +0000"
    assert "lihat tabel" in letter.get_payload(decode=True).decode()


def test_text_and_pretty_version_go_together(server):
    a_mail(html="<p>Terima kasih.</p>")

    send_due()

    [letter] = server.letters
    assert [part.get_content_type() for part in letter.get_payload()] == ["text/plain", "text/html"]


def test_an_optional_mail_says_where_it_is_stopped_in_one_piece(server):
    """RFC 8058; folded and encoded as other long words are, no mail program would find the address."""
    address = f"https://layanan.kantor.example/akun/surel/{'x' * 120}/"
    a_mail(stop_at=address)

    send_due()

    [letter] = server.letters
    assert letter["List-Unsubscribe"] == f"<{address}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_line_break_in_the_address_begins_no_header(server):
    a_mail(stop_at="https://a.example/\r\nBcc: siti@surel.example")

    send_due()

    assert server.letters == []
    assert Mail.objects.get().state == Mail.State.FAILED


def test_nothing_leaves_before_its_time(server):
    a_mail(not_before=MORNING + MINUTE)

    assert send_due(MORNING) == 0
    assert send_due(MORNING + MINUTE) == 1


def test_the_same_cause_sends_one_mail(server):
    a_mail()
    a_mail()

    send_due()

    assert len(server.letters) == 1


def test_letters_of_one_round_share_a_connection(server):
    for number in range(5):
        a_mail(key=f"mail:{number}")

    assert send_due() == 5
    assert len({letter["Message-ID"] for letter in server.letters}) == 5


def test_the_number_of_a_letter_hides_its_key(server):
    a_mail(key="ticket:secret-token:summary")

    send_due()

    assert "secret-token" not in server.letters[0].as_string()


def test_a_busy_server_gets_the_mail_later(server):
    server.answers = ["451 try again later"]
    mail = a_mail()

    send_due(MORNING)

    mail.refresh_from_db()
    assert mail.state == Mail.State.WAITING
    assert mail.next_try_at == MORNING + MINUTE
    assert mail.refusal == "451 try again later"
    send_due(MORNING + MINUTE)
    mail.refresh_from_db()
    assert (mail.state, mail.refusal) == (Mail.State.SENT, "")


def test_pauses_grow(server):
    mail = a_mail()
    at, pauses = MORNING, []

    for _ in range(7):
        server.answers = ["451 try again later"]
        send_due(at)
        mail.refresh_from_db()
        pauses.append(mail.next_try_at - at)
        at = mail.next_try_at

    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 60)]


def test_a_mail_nobody_takes_is_given_up_after_three_days(server):
    server.answers = ["451 try again later"]
    mail = a_mail()

    send_due(MORNING + timedelta(days=3))

    mail.refresh_from_db()
    assert mail.state == Mail.State.FAILED
    assert mail.refusal == "451 try again later"


@pytest.mark.parametrize("answer", ["550 no such user", "rcpt 550 no such user"])
def test_a_refusal_for_ever_is_kept_for_the_officer(server, answer):
    server.answers = [answer]
    refused, other = a_mail(key="first"), a_mail(key="second")

    send_due()

    refused.refresh_from_db()
    other.refresh_from_db()
    assert (refused.state, refused.refusal) == (Mail.State.FAILED, "550 no such user")
    assert other.state == Mail.State.SENT


def test_a_line_that_breaks_in_the_middle_is_tried_again(server):
    server.answers = ["hang up"]
    broken, other = a_mail(key="first"), a_mail(key="second")

    send_due()

    broken.refresh_from_db()
    other.refresh_from_db()
    assert broken.state == Mail.State.WAITING
    assert other.state == Mail.State.SENT


def test_without_a_server_every_mail_waits_and_none_is_lost(settings):
    with silent_server(settings) as listening:
        settings.EMAIL_PORT = listening.getsockname()[1]
    first, second = a_mail(key="first"), a_mail(key="second")

    send_due()

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.refusal.startswith("ConnectionRefusedError")
    assert (second.state, second.attempts) == (Mail.State.WAITING, 0)


def test_a_server_that_never_answers_is_left_alone_for_a_while(settings):
    with silent_server(settings):
        mail, mailing = a_mail(), Mailing()
        send_due(MORNING, mailing)

        assert list(mailing.due(MORNING + REST / 2)) == []

    mail.refresh_from_db()
    assert mail.refusal.endswith("timed out")


def test_a_worker_that_dies_after_sending_sends_the_same_letter_again(server, letters):
    mail = a_mail()

    def send_and_die(row):
        letters.send(row)
        raise SystemExit

    with pytest.raises(SystemExit):
        delivery.deliver(mail, send=send_and_die, at=MORNING)
    assert send_due(MORNING + MINUTE) == 0
    send_due(MORNING + delivery.LEASE)

    first, second = server.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_payload() == second.get_payload()
    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT


def test_two_workers_send_it_once(server, letters):
    a_mail()
    seen_by_both = [Mail.objects.get(), Mail.objects.get()]

    took = [delivery.deliver(mail, send=letters.send, at=MORNING) for mail in seen_by_both]

    assert took == [True, False]
    assert len(server.letters) == 1


def test_a_worker_that_comes_back_late_does_not_undo_the_note_of_another(server):
    mail = a_mail()

    def meanwhile_another_worker_sends(row):
        send_due(MORNING + delivery.LEASE)
        raise delivery.NotNow("421 too slow")

    delivery.deliver(mail, send=meanwhile_another_worker_sends, at=MORNING)

    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT


def test_without_mail_settings_letters_lie_in_a_folder(settings, tmp_path):
    settings.EMAIL_HOST, settings.HOME = "", tmp_path
    mail = a_mail()

    send_due()

    mail.refresh_from_db()
    [letter] = (tmp_path / "mail").iterdir()
    assert mail.state == Mail.State.SENT
    assert b"Subject: Nomor antrean A-012" in letter.read_bytes()


def test_an_address_that_mail_cannot_carry_fails_alone(server):
    odd, good = a_mail(key="odd", to="a\nb@surel.example"), a_mail(key="good")

    send_due()

    good.refresh_from_db()
    odd.refresh_from_db()
    assert good.state == Mail.State.SENT
    assert odd.state == Mail.State.FAILED
