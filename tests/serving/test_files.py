"""A server takes no more connections than it may have files, and asks for as many as it needs."""

import resource

import pytest

from loket.serving import files

NO_LIMIT = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("usual", "most", "asked", "taken"),
    [
        (1024, 524_288, 8448, 8192),
        (1024, NO_LIMIT, 8448, 8192),
        (1024, 4096, 4096, 3840),
        (1024, 1024, 1024, 768),
        (256, 256, 256, 128),
        (20_000, 20_000, 20_000, 8192),
        (NO_LIMIT, NO_LIMIT, NO_LIMIT, 8192),
    ],
)
def test_the_usual_limit_is_raised_and_the_last_one_kept_to(monkeypatch, usual, most, asked, taken):
    limit = [(usual, most)]
    monkeypatch.setattr(resource, "getrlimit", lambda which: limit[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda which, given: limit.append(given))

    assert files.connections() == taken
    assert limit[-1] == (asked, most)
