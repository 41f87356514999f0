import pytest


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    """What a role may do is tested without it; the tests of the second factor ask for it."""
    settings.REQUIRE_2FA = False
