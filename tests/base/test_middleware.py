import gzip
from contextlib import closing

import pytest
from django.templatetags.static import static

pytestmark = pytest.mark.django_db


def test_a_cookie_with_a_nul_is_no_cookie(client):
    answer = client.get("/akun/", headers={"cookie": 'loket_session="aaaaaaaa\\000"; csrftoken="\\000"'})

    assert answer.status_code == 302


@pytest.mark.parametrize("name", ["css/base.css", "js/live.js", "icons/sprite.svg"])
def test_texts_of_the_page_travel_compressed(client, name):
    with closing(client.get(static(name))) as plain:
        body = b"".join(plain.streaming_content)
    small = client.get(static(name), headers={"accept-encoding": "gzip, br"})

    assert gzip.decompress(small.content) == body
    assert len(small.content) < len(body) / 2
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert small.headers["Cache-Control"] == plain.headers["Cache-Control"]


def test_what_is_compressed_already_stays(client):
    font = static("fonts/plus-jakarta-sans.woff2")

    with closing(client.get(font, headers={"accept-encoding": "gzip"})) as answer:
        assert "Content-Encoding" not in answer.headers


def test_pages_are_not_compressed(client):
    assert "Content-Encoding" not in client.get("/", headers={"accept-encoding": "gzip"}).headers
