"""Nothing about a person is kept that nobody decided on."""

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
