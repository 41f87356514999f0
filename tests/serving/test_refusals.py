"""What is said before any page is asked."""

import base64
import hashlib
import re

import pytest

from loket.serving import refusals

WHYS = [refusals.LATE, refusals.LARGE, refusals.LENGTHLESS, refusals.MANY, refusals.ENDING]


@pytest.fixture(params=WHYS, ids=lambda why: why.en.title)
def refused(request):
    return request.param, refusals.Refusal(request.param).answer


def test_it_is_said_in_both_languages_with_what_to_do(refused):
    why, answer = refused
    page = answer.body.decode()

    assert answer.status == why.status
    for words in (why.id, why.en):
        assert words.title in page
        assert words.advice in page
    assert '<a href="">' in page


def test_it_asks_a_busy_program_for_nothing_and_only_its_own_style_counts(refused):
    _, answer = refused
    page = answer.body.decode()
    policy = dict(answer.headers)["content-security-policy"]
    [style] = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'"
    assert "style=" not in page
    assert re.findall(r'(?:src|href)="([^"]*)"', page) == [""]


def test_only_who_may_come_again_is_told_when():
    said = {why.status: dict(refusals.Refusal(why).answer.headers).get("retry-after") for why in WHYS}

    assert said == {408: None, 411: None, 413: None, 503: "2"}
