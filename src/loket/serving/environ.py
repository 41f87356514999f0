"""From the server's request to WSGI's, and from WSGI's answer to the server's."""

import io
import sys
from dataclasses import dataclass
from typing import Any

from granian.rsgi import Scope

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    body: bytes


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """The request as PEP 3333 wants it."""
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # WSGI hands bytes around as latin-1 text.
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        # With an underscore a client could write a header that only a proxy may.
        if "_" in name:
            continue
        key = _KEYS.get(name) or "HTTP_" + name.upper().replace("-", "_")
        if key in environ:
            value = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + value
        environ[key] = value
    if body:
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ


_KEYS = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH", "host": "HTTP_HOST"}


def answer_of(application, environ: dict[str, Any]) -> Answer:
    """Call a WSGI application and take its whole answer."""
    started: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, exc_info=None):
        started[:] = [(status, headers)]

    content = application(environ, start_response)
    try:
        body = b"".join(content)
    finally:
        # Ends the request: Django lets go of files and stale connections here.
        content.close()
    status, headers = started[0]
    return Answer(int(status[:3]), headers, body)
