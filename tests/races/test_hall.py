"""Many at once, in processes of their own: the promises hold without anybody waiting for anybody."""

from collections import Counter

import pytest

pytestmark = pytest.mark.race


def test_eight_kiosks_give_each_number_once_and_leave_none_out(place):
    place.do("found", officers=0, visitors=0)
    kiosks = [place.start("take_numbers", who=f"kiosk-{k}", count=500) for k in range(8)]

    given = place.together(*kiosks)

    after = place.do("look")
    assert after["numbers"] == list(range(1, 4001))
    assert sorted(label for numbers in given for label in numbers) == sorted(
        f"A-{number:03d}" for number in range(1, 4001)
    )
    assert after["faults"] == []


def test_presses_that_arrive_eight_times_at_once_give_one_number_each(place):
    place.do("found", officers=0, visitors=0)
    keys = [f"press-{k}" for k in range(10)]

    given = place.together(*[place.start("press_for", keys=keys) for _ in range(8)])

    after = place.do("look")
    assert all(labels == given[0] for labels in given)
    assert after["numbers"] == list(range(1, 11))
    assert after["mails"] == 10
    assert after["faults"] == []


def test_of_eight_who_press_at_once_none_is_one_too_many(place):
    place.do("found", officers=0, visitors=0, daily_limit=5)
    kiosks = [place.start("press_for", keys=[f"kiosk-{k}-{again}" for again in range(3)]) for k in range(8)]

    given = Counter(label for labels in place.together(*kiosks) for label in labels)

    after = place.do("look")
    assert given == {f"A-{number:03d}": 1 for number in range(1, 6)} | {"LineFull": 19}
    assert after["numbers"] == [1, 2, 3, 4, 5]
    assert after["faults"] == []


def test_twenty_officers_call_two_hundred_visitors_once_each_and_in_order(place):
    place.do("found", officers=20, visitors=200, priority_every=4)
    officers = [
        place.start("serve_everybody", counters=list(range(first, first + 4))) for first in range(1, 21, 4)
    ]

    served = place.together(*officers)

    everybody = [f"A-{number:03d}" for number in range(1, 201)]
    after = place.do("look")
    assert sorted(label for calls in served for label in calls) == everybody
    assert sorted(after["called"]) == everybody
    assert set(after["states"].values()) == {"served"}
    for is_first in (True, False):
        numbers = [int(number) for number, first in after["priority"].items() if first == is_first]
        of_class = [f"A-{number:03d}" for number in numbers]
        assert [label for label in after["called"] if label in set(of_class)] == of_class
    assert after["faults"] == []


@pytest.mark.parametrize(
    ("before", "button", "leads_to", "refusals"),
    [
        ([], "call", "called", {"CounterBusy"}),
        (["call"], "start", "serving", {"MoveNotAllowed", "TicketMoved"}),
        (["call", "start"], "finish", "served", {"ElsewhereServed", "TicketMoved"}),
        (["call", "start"], "undo", "called", {"NothingToUndo", "TicketMoved"}),
    ],
)
def test_a_button_pressed_in_four_tabs_at_once_has_one_effect(place, before, button, leads_to, refusals):
    offered = place.do("begin", presses=before)
    seen = {"press": offered} if button == "undo" else {}
    tabs = [place.start("press", button=button, counter=1, **seen) for _ in range(4)]

    answers = Counter(place.together(*tabs))

    after = place.do("look")
    assert answers.pop(leads_to) == 1
    assert set(answers) <= refusals
    assert after["moves"].count(f"ticket.{button}") == 1
    assert after["states"]["1"] == leads_to
    assert after["faults"] == []
