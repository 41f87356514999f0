import pytest


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    settings.LIBRARY_INDEX = tmp_path / "index"
