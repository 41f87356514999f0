"""The same invitation, the same form, the same page of a complaint: pressed by several at once."""

from collections import Counter

import pytest

pytestmark = pytest.mark.race


def test_an_invitation_is_answered_once_however_many_press(place):
    facts = place.do("begin_voices")
    asked = {"survey": facts["survey"], "invitation": facts["invitation"]}

    answers = place.together(*[place.start("answer_invitation", key=f"k{n}", **asked) for n in range(4)])

    assert Counter(answers) == {"kept": 1, "TokenUsed": 3}
    now = place.do("voices_now")
    assert (now["answers"], now["faults"]) == (1, [])


def test_one_form_sent_four_times_is_one_complaint_with_one_secret(place):
    place.do("begin_voices")

    filed = place.together(*[place.start("complain_with_key", key="one") for _ in range(4)])

    assert [filed[0]] * 4 == filed
    assert place.do("voices_now")["numbers"] == [1, 2]


def test_different_complaints_at_once_get_different_numbers(place):
    place.do("begin_voices")

    place.together(*[place.start("complain_with_key", key=f"k{n}") for n in range(6)])

    now = place.do("voices_now")
    assert (now["numbers"], now["faults"]) == ([1, 2, 3, 4, 5, 6, 7], [])


def test_of_two_supervisors_on_the_same_page_one_is_told(place):
    facts = place.do("begin_voices")
    press = {"complaint": facts["complaint"], "rina": facts["rina"]}

    answers = place.together(*[place.start("verify_complaint", **press) for _ in range(2)])

    assert sorted(answers) == ["ComplaintMoved", "verified"]
