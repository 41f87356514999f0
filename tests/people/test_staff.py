from datetime import timedelta

import pytest

from loket.base.models import Event
from loket.outbox.models import Mail
from loket.people import staff
from loket.people.access import roles_at
from loket.people.models import Membership, Role, User
from tests.cast import MORNING, an_office, an_officer

pytestmark = pytest.mark.django_db


def invite(office, email="Sari@Kantor.example", role=Role.OFFICER, *, at=MORNING):
    return staff.invite(office=office, email=email, name="Sari", role=role, by="staff:1", at=at)


def accept(invitation, *, at=MORNING):
    return staff.accept(invitation=invitation, name="Sari", at=at)


def change(user, office, *roles):
    staff.change_roles(user=user, office=office, roles=set(roles), by="staff:1", at=MORNING)


def withdraw(user, office):
    staff.withdraw(user=user, office=office, by="staff:1", at=MORNING)


def test_an_invitation_is_a_mail_and_no_account_yet():
    invitation = invite(an_office())

    mail = Mail.objects.get()
    assert mail.to == "sari@kantor.example"
    assert f"/akun/undangan/{invitation.token}/" in mail.text
    assert not User.objects.exists()


def test_whoever_accepts_has_the_role_and_nothing_else():
    office, elsewhere = an_office(), an_office("9471")

    sari = accept(invite(office))

    assert roles_at(sari, office) == {Role.OFFICER}
    assert roles_at(sari, elsewhere) == set()


def test_an_invitation_is_used_once():
    invitation = invite(an_office())
    accept(invitation)

    with pytest.raises(staff.InvitationOver):
        accept(invitation)


def test_an_invitation_ends_after_seven_days():
    invitation = invite(an_office())

    with pytest.raises(staff.InvitationOver):
        accept(invitation, at=MORNING + timedelta(days=7))


def test_a_second_invitation_replaces_the_first():
    office = an_office()
    first, second = invite(office), invite(office, role=Role.SUPERVISOR)

    with pytest.raises(staff.InvitationOver):
        accept(first)
    assert roles_at(accept(second), office) == {Role.SUPERVISOR}


def test_an_invitation_that_was_taken_back_is_over():
    invitation = invite(an_office())
    staff.take_back(invitation=invitation, by="staff:1", at=MORNING)

    with pytest.raises(staff.InvitationOver):
        accept(invitation)


def test_nobody_is_invited_to_what_they_are():
    office = an_office()
    accept(invite(office))

    with pytest.raises(staff.AlreadyStaff):
        invite(office)


def test_roles_are_exactly_those_given():
    office = an_office()
    sari = accept(invite(office))

    change(sari, office, Role.SUPERVISOR, Role.AUDITOR)

    assert roles_at(sari, office) == {Role.SUPERVISOR, Role.AUDITOR}
    assert Event.objects.latest("seq").data == {"roles": ["auditor", "supervisor"], "before": ["officer"]}


def test_staff_without_a_role_are_withdrawn_instead():
    office = an_office()

    with pytest.raises(staff.NoRole):
        change(an_officer(office), office)


def test_an_office_keeps_an_administrator():
    office = an_office()
    adi = an_officer(office, "Adi", Role.ADMINISTRATOR)

    with pytest.raises(staff.LastAdministrator):
        change(adi, office, Role.OFFICER)
    with pytest.raises(staff.LastAdministrator):
        withdraw(adi, office)

    an_officer(office, "Rina", Role.ADMINISTRATOR)
    withdraw(adi, office)
    assert roles_at(adi, office) == set()


def test_an_administrator_whose_account_ended_does_not_count():
    office = an_office()
    adi = an_officer(office, "Adi", Role.ADMINISTRATOR)
    rina = an_officer(office, "Rina", Role.ADMINISTRATOR)
    User.objects.filter(pk=rina.pk).update(is_active=False)

    with pytest.raises(staff.LastAdministrator):
        withdraw(adi, office)


def test_the_account_ends_with_the_last_office():
    office, elsewhere = an_office(), an_office("9471")
    sari = an_officer(office)
    Membership.objects.create(user=sari, office=elsewhere, role=Role.OFFICER, since=MORNING)

    withdraw(sari, office)
    assert User.objects.get(pk=sari.pk).is_active

    withdraw(sari, elsewhere)
    assert not User.objects.get(pk=sari.pk).is_active


def test_somebody_who_returns_is_invited_again():
    office = an_office()
    sari = accept(invite(office))
    withdraw(sari, office)

    again = accept(invite(office))

    assert again.pk == sari.pk
    assert roles_at(again, office) == {Role.OFFICER}


def test_readers_see_the_offices_below_and_officers_do_not():
    province = an_office("3500")
    office = an_office(parent=province)
    dewi = an_officer(province, "Dewi", Role.READER)
    sari = an_officer(province, "Sari", Role.OFFICER)

    assert roles_at(dewi, office) == {Role.READER}
    assert roles_at(sari, office) == set()


def test_a_sign_in_is_kept_by_each_office_and_names_nobody():
    office = an_office()
    sari = an_officer(office)

    staff.note_sign_in(user=sari, at=MORNING)

    event = Event.objects.get()
    assert (event.kind, event.by) == ("staff.sign_in", sari.staff_id)
    assert "Sari" not in str(event.data)
