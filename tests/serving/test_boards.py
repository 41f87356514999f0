"""Answering a board that shows the newest picture without asking a page."""

from datetime import timedelta

import pytest

from loket.live.hub import Hub
from loket.screens.board.etag import etag_of
from loket.serving.boards import Boards
from tests.cast import MORNING


@pytest.fixture
def hub():
    return Hub()


@pytest.fixture
def boards(hub):
    boards = Boards(hub)
    boards.follow("3574")
    hub.tell({"hall:3574": 7})
    return boards


def test_a_board_with_the_newest_picture_is_told_that_nothing_is_new(boards):
    newest = etag_of(7, at=MORNING)

    assert boards.unchanged("3574", newest, at=MORNING) == newest


@pytest.mark.parametrize("shown", [None, "", '"something-else"', etag_of(6, at=MORNING)])
def test_any_other_board_has_to_ask_the_page(boards, shown):
    assert boards.unchanged("3574", shown, at=MORNING) is None


def test_the_next_minute_wants_a_new_picture(boards):
    later = MORNING + timedelta(minutes=1)

    assert boards.unchanged("3574", etag_of(7, at=MORNING), at=later) is None


def test_a_hall_that_moved_wants_a_new_picture(boards, hub):
    hub.tell({"hall:3574": 8})

    assert boards.unchanged("3574", etag_of(7, at=MORNING), at=MORNING) is None


def test_a_board_that_another_process_told_of_a_move_has_to_ask_the_page(boards):
    shown = etag_of(7, at=MORNING)

    assert boards.unchanged("3574", shown, told=8, at=MORNING) is None
    assert boards.unchanged("3574", shown, told=7, at=MORNING) == shown


def test_of_a_hall_nobody_follows_nothing_is_said(boards):
    assert boards.unchanged("9471", etag_of(0, at=MORNING), at=MORNING) is None


def test_following_twice_is_following_once(boards, hub):
    boards.follow("3574")

    assert hub.topics == ["hall:3574"]
