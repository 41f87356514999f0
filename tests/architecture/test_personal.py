"""Nothing about a person is kept that nobody decided on."""

from django.apps import apps

from loket.base.personal import Erasing, Kept
from loket.privacy import inventory


def test_every_column_that_can_hold_words_is_declared():
    undeclared = inventory.undeclared()

    assert undeclared == [], (
        "Say in the room's personal.py what these columns keep about people, why, how long and what erasing"
        " does to them (loket.base.personal)."
    )


def test_no_declaration_outlives_its_column():
    assert inventory.outdated() == []


def test_what_is_personal_is_told_in_words():
    assert [entry for entry in inventory.personal() if not (str(entry.what) and str(entry.purpose))] == []


def test_every_personal_row_leads_to_its_person():
    lost = [
        entry.model
        for entry in inventory.personal()
        if not (entry.visitor or entry.user or entry.email or entry.through)
    ]

    assert lost == []


def test_the_ways_to_a_person_exist():
    for entry in inventory.personal():
        model = apps.get_model(entry.model)
        for path in filter(None, (entry.visitor, entry.user, entry.email, entry.ends)):
            str(model.objects.filter(**{f"{path}__isnull": True}).query)


def test_the_end_of_what_is_kept_for_a_time_is_known():
    endless = [
        entry.model
        for entry in inventory.personal()
        if entry.kept in (Kept.CONSULTATION, Kept.ATTACHMENT, Kept.FEEDBACK)
        and entry.erasing is not Erasing.STAYS
        and not entry.ends
    ]

    assert endless == []
