"""Mails that nobody has to get are stopped with one press, without signing in; owed ones cannot be."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from loket.consultations.actions import closing
from loket.feedback.actions import surveys
from loket.jobs import inviting, renewing
from loket.library.articles.models import Article
from loket.outbox import actions as outbox
from loket.outbox.letters import letter_of
from loket.outbox.models import Mail
from loket.people import accounts, optional
from loket.people.choices import OptionalMail
from loket.people.models import Consent, Declined, Role, User, Visitor
from loket.reports import letters
from loket.rules import periods
from tests.cast import a_survey, an_office, an_officer
from tests.consultations.conversation import answer, ask, budi, fresh, probolinggo, sari
from tests.consultations.publishing import published_article
from tests.rules.calendars import wib

pytestmark = pytest.mark.django_db
NOW = wib("2026-01-14T10:46")
PROFILE = "/akun/profil/"


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def stop_address(mail: Mail) -> str:
    """What a mail program finds in the letter's head, without the host."""
    head = letter_of(mail, sender="loket@kantor.example")["List-Unsubscribe"]
    return re.fullmatch(r"<http://[^/]+(/\S+)>", str(head))[1]


def one_click(address: str):
    """As a mail program does it: no page seen, no cookie, CSRF checked."""
    program = Client(enforce_csrf_checks=True)
    return program.post(
        address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )


@pytest.fixture
def invitation():
    """Budi agreed to be asked, and is asked after a consultation."""
    office = probolinggo()
    surveys.change_period(period=a_survey(office), by="staff:1", at=NOW, invites=True)
    asked = ask(office, "2026-01-13T09:00")
    accounts.tell(
        user=asked.asker, told=accounts.Told("Budi", "id", {}, consents=["survey", "article"]), at=NOW
    )
    answer(asked, "2026-01-13T10:00")
    closing.close_solved(consultation=fresh(asked), at=wib("2026-01-13T11:00"))
    [due] = inviting.due_online(NOW)
    inviting.invite_online(due, NOW)
    return Mail.objects.get(kind="survey.invitation")


def test_a_mail_program_stops_the_survey_with_one_press(invitation):
    letter = letter_of(invitation, sender="loket@kantor.example")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    answer = one_click(stop_address(invitation))

    assert answer.status_code == 200
    assert accounts.agreed(User.objects.get(email=invitation.to)) == {"article"}
    assert inviting.due_online(NOW + timedelta(hours=3)) == []


def test_what_waits_already_does_not_leave_any_more(invitation):
    for kind, to in (("survey", "siti@surel.example"), ("article", invitation.to)):
        outbox.put(
            to=to,
            subject="Lain",
            text="Lain.",
            kind="other",
            at=NOW,
            stop_at=f"http://x/akun/surel/{kind}.user.1:s/",
        )
    owed = Mail.objects.exclude(stop_at__contains="/surel/survey.").count()

    one_click(stop_address(invitation))

    assert not Mail.objects.filter(pk=invitation.pk).exists()
    left = Mail.objects.filter(state="waiting")
    assert list(left.filter(kind="other").order_by("pk").values_list("to", flat=True)) == [
        "siti@surel.example", invitation.to,
    ]  # fmt: skip
    assert left.exclude(stop_at__contains="/surel/survey.").count() == owed


def test_what_left_already_stays_on_record(invitation):
    Mail.objects.filter(pk=invitation.pk).update(state="sent", sent_at=NOW)

    one_click(stop_address(invitation))

    assert Mail.objects.filter(pk=invitation.pk).exists()


def test_looking_at_the_page_stops_nothing(client, invitation):
    address = stop_address(invitation)

    page = client.get(address).content.decode()

    assert "Hentikan surel ini" in page
    assert "survey" in accounts.agreed(User.objects.get(email=invitation.to))
    assert address in invitation.text


def test_who_said_yes_in_the_guest_book_is_asked_no_more_either(client, invitation):
    office = an_office("9471")
    seen = {"office": office, "name": "Budi", "first_seen_at": NOW, "last_seen_at": NOW}
    said = {"purpose": "survey", "notice_version": "1", "channel": "kiosk", "at": NOW}
    visitor = Visitor.objects.create(code="AAAA1111", email=invitation.to, **seen)
    stranger = Visitor.objects.create(code="AAAA2222", email="siti@surel.example", **seen)
    for each in (visitor, stranger):
        Consent.objects.create(visitor=each, **said)

    client.post(stop_address(invitation))
    client.post(stop_address(invitation))

    left = Consent.objects.filter(purpose="survey", withdrawn_at=None)
    assert [each.visitor for each in left] == [stranger]


def test_a_visitor_without_an_account_has_such_an_address_too(client):
    office = an_office()
    visitor = Visitor.objects.create(
        office=office, code="AAAA1111", name="Budi", email="budi@surel.example", first_seen_at=NOW,
        last_seen_at=NOW,
    )  # fmt: skip
    Consent.objects.create(visitor=visitor, purpose="survey", notice_version="1", channel="kiosk", at=NOW)
    address = optional.stop_address(OptionalMail.SURVEY, visitor).removeprefix("http://127.0.0.1:8000")

    assert "tidak akan menerima surel ini lagi" in client.post(address).content.decode()
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_what_the_office_owes_somebody_cannot_be_stopped():
    asked = ask(probolinggo(), NOW)
    answer(asked, NOW)

    mails = Mail.objects.order_by("pk")
    assert [mail.kind for mail in mails] == ["consultation.received", "consultation.answer"]
    for mail in mails:
        assert letter_of(mail, sender="loket@kantor.example")["List-Unsubscribe"] is None


@pytest.mark.parametrize("token", ["x", "survey.user.1.sig", "survey.user.1", ".", "a.b.c.d.e"])
def test_a_forged_address_is_none(client, token):
    budi()

    assert client.get(f"/akun/surel/{token}/").status_code == 404
    assert one_click(f"/akun/surel/{token}/").status_code == 404


def test_an_address_of_one_kind_stops_no_other(client, invitation):
    signed = stop_address(invitation).replace("survey.", "report.")

    assert client.post(signed).status_code == 404
    assert not Declined.objects.exists()


# ----- mails to the staff


def reminded(office):
    article = published_article(
        ask(office, "2026-01-12T09:00"), author=sari(office), second=an_officer(office, "Tono")
    )
    Article.objects.filter(pk=article.pk).update(valid_until=date(2026, 1, 20), reminded_at=None)
    article.refresh_from_db()
    renewing.remind(article, NOW)
    return set(Mail.objects.filter(kind="article.still_valid").values_list("to", flat=True))


def test_an_officer_stops_the_reminders_about_articles_and_colleagues_still_get_them(client):
    office = probolinggo()
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    address = optional.stop_address(OptionalMail.ARTICLE, sari(office))

    client.post(address.removeprefix("http://127.0.0.1:8000"))

    assert reminded(office) == {rina.email}
    assert stop_address(Mail.objects.get(kind="article.still_valid"))


def test_the_figures_of_the_month_go_to_those_who_want_them():
    office = probolinggo(settings={"report_mail": "monthly"})
    rina = an_officer(office, "Rina", Role.SUPERVISOR)
    lead = an_officer(office, "Ketut", Role.SUPERVISOR)
    optional.stop(subscription=optional.Subscription(OptionalMail.REPORT, lead), at=NOW)

    letters.send(office=office, month=periods.month(2025, 12), at=NOW)

    mail = Mail.objects.get(kind="report.month")
    assert mail.to == rina.email
    assert stop_address(mail) in mail.text


def test_staff_choose_in_their_profile_and_visitors_are_not_asked(client):
    office = probolinggo()
    client.force_login(sari(office))
    told = {"name": "Sari", "language": "id"}

    before = client.get(PROFILE).context["form"]
    client.post(PROFILE, told | {"mail_report": "on"})
    refused = optional.declined(sari(office))
    client.post(PROFILE, told | {"mail_report": "on", "mail_article": "on"})

    assert [field.value() for field in before.mails()] == [True, True]
    assert refused == {"article"}
    assert optional.declined(sari(office)) == set()
    client.force_login(budi())
    assert client.get(PROFILE).context["form"].mails() == []
