"""Two people, or two workers, at the same conversation in the same instant."""

from collections import Counter

import pytest

pytestmark = pytest.mark.race


def test_two_officers_answer_at_once_and_the_second_sees_the_first(place):
    [thread] = place.do("begin_threads", count=1, answered=False)

    said = place.together(
        *[place.start("answer_what_was_read", thread=thread, text=text) for text in ("Satu.", "Dua.")]
    )

    assert sorted(Counter(said).values()) == [1, 1]
    assert "answer" in said
    first = "Satu." if said[0] == "answer" else "Dua."
    assert f"AnsweredMeanwhile: {first}" in said
    now = place.do("threads_now")
    assert now["kinds"] == ["answer", "visitor"]
    assert now["mails"].count("consultation.answer") == 1
    assert now["faults"] == []


def test_two_colleagues_release_one_answer_at_once_and_it_goes_out_once(place):
    waits = place.do("propose_an_answer")

    said = place.together(
        *[place.start("release_what_was_read", **waits, who=who) for who in ("Rina", "Adi")]
    )

    assert sorted(said) == ["NothingProposed", "answer"]
    now = place.do("threads_now")
    assert now["mails"].count("consultation.answer") == 1
    assert now["events"].count("consultation.release") == 1
    assert now["faults"] == []


def test_a_visitor_who_writes_while_it_is_released_is_answered_or_read_first(place):
    waits = place.do("propose_an_answer")

    said, _replies = place.together(
        place.start("release_what_was_read", **waits, who="Rina"),
        place.start("reply_to", threads=[waits["thread"]], at="2026-01-06T10:00"),
    )

    assert said in ("answer", "AnsweredMeanwhile")
    now = place.do("threads_now")
    # Whoever came first, the last word is the visitor's and the office has the ball.
    assert now["states"] == ["office"]
    assert now["mails"].count("consultation.answer") == (said == "answer")
    assert now["faults"] == []


def test_replies_and_closings_in_the_same_second_lose_nothing(place):
    threads = place.do("begin_threads", count=20, answered=True)

    place.together(
        place.start("reply_to", threads=threads, at="2026-01-12T23:59:59.9"),
        place.start("work_until", at="2026-01-13T00:00"),
    )

    now = place.do("threads_now")
    # Whoever came first, the message was in time: nobody's conversation stays closed.
    assert now["states"] == ["office"] * 20
    assert now["open_turns"] == 20
    assert now["kinds"].count("visitor") == 40
    happened = Counter(now["events"])
    assert happened["consultation.close"] == happened["consultation.void"]
    assert happened["consultation.void"] + happened["consultation.reply"] == 20
    assert now["faults"] == []


def test_three_workers_close_each_conversation_once(place):
    place.do("begin_threads", count=30, answered=True)

    closed = place.together(*[place.start("work_until", at="2026-01-13T00:00") for _ in range(3)])

    assert sum(closed) == 30
    now = place.do("threads_now")
    assert now["states"] == ["closed"] * 30
    assert now["events"].count("consultation.close") == 30
    assert now["mails"].count("consultation.closed") == 30


def test_one_press_that_arrives_four_times_asks_once(place):
    place.do("begin_threads", count=1, answered=False)

    asked = place.together(*[place.start("ask_with_key", key="k") for _ in range(4)])

    assert len(set(asked)) == 1
    assert place.do("threads_now")["mails"].count("consultation.received") == 2


def test_an_article_published_while_its_conversation_moves_stands_on_one_shelf(place):
    keys = place.do("ready_to_publish")

    said, _moved = place.together(
        place.start("publish_what_was_read", **keys), place.start("move_to_malang", **keys)
    )

    now = place.do("articles_now")
    published = {"articles": [["3574", "published"]], "shelf": ["3574"], "faults": []}
    followed = {"articles": [["3573", "draft"]], "shelf": [], "faults": []}
    assert now == {"published": published, "ArticleChanged": followed}[said]
