"""What a page sees of a request, whatever the client wrote."""

from dataclasses import dataclass, field

from loket.serving.environ import environ_of


class Headers:
    def __init__(self, *pairs):
        self._pairs = pairs

    def items(self):
        return list(self._pairs)


@dataclass
class Request:
    headers: Headers = field(default_factory=Headers)
    method: str = "GET"
    path: str = "/"
    query_string: str = ""
    http_version: str = "1.1"
    scheme: str = "http"
    server: str = "127.0.0.1:8000"
    client: str = "192.0.2.7:51234"


def test_only_a_proxy_may_say_what_a_proxy_says():
    environ = environ_of(Request(Headers(("x_forwarded_proto", "https"))), b"")

    assert "HTTP_X_FORWARDED_PROTO" not in environ


def test_a_header_that_comes_twice_is_joined():
    headers = Headers(("cookie", "a=1"), ("cookie", "b=2"), ("accept", "text/html"), ("accept", "*/*"))

    environ = environ_of(Request(headers), b"")

    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_ACCEPT"] == "text/html,*/*"


def test_a_length_is_that_of_the_body_that_came():
    environ = environ_of(Request(Headers(("content-length", "99"))), b"four")

    assert environ["CONTENT_LENGTH"] == "4"
    assert environ["wsgi.input"].read() == b"four"


def test_paths_reach_the_page_as_wsgi_writes_them():
    environ = environ_of(Request(path="/3574/antrean/\u00e9/"), b"")

    assert environ["PATH_INFO"].encode("latin-1").decode() == "/3574/antrean/\u00e9/"


def test_addresses_of_both_kinds_are_split_from_their_ports():
    environ = environ_of(Request(server="[::1]:8000", client="[2001:db8::7]:51234"), b"")

    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("::1", "8000")
    assert environ["REMOTE_ADDR"] == "2001:db8::7"
