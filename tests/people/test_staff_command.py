"""The first administrator of an office is invited from the command line."""

import pytest

from loket.cli import main
from loket.people.models import Invitation, Role
from tests.cast import an_office, an_officer

pytestmark = pytest.mark.django_db


def test_an_invitation_prints_its_address(capsys):
    an_office()

    assert main(["staff", "invite", "3574", "adi@kantor.example"]) == 0

    invitation = Invitation.objects.get()
    assert capsys.readouterr().out.strip().endswith(f"/akun/undangan/{invitation.token}/")
    assert invitation.role == Role.ADMINISTRATOR


def test_it_says_which_way_the_invitation_goes(capsys, settings):
    an_office()

    settings.EMAIL_HOST = ""
    main(["staff", "invite", "3574", "adi@kantor.example"])
    assert f"only laid into {settings.HOME / 'mail'}" in capsys.readouterr().err

    settings.EMAIL_HOST = "mail.example"
    main(["staff", "invite", "3574", "ani@kantor.example"])
    assert "on its way by mail" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["invite", "9999", "adi@kantor.example"], "There is no office '9999'"),
        (["invite", "3574", "adi@"], "'adi@' is not an e-mail address."),
        (["invite", "3574", "rina@kantor.example"], "already is administrator there."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(capsys, words, sentence):
    an_officer(an_office(), "Rina", Role.ADMINISTRATOR)

    assert main(["staff", *words]) == 1

    said = capsys.readouterr()
    assert sentence in said.err
    assert said.out == ""


def test_the_list_names_everybody_with_their_role(capsys):
    an_officer(an_office(), "Rina", Role.SUPERVISOR)

    assert main(["staff", "list", "3574"]) == 0
    assert capsys.readouterr().out == "rina@kantor.example\tsupervisor\tRina\n"
