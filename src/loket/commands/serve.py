"""loket serve: the whole program on one port."""

import os
import socket
import sys

from django.conf import settings

from loket.commands import Refused


def register(verbs):
    parser = verbs.add_parser("serve", help="serve the program on one port")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.set_defaults(run=run)


def run(arguments):
    from loket.serving import server  # starts what only a server needs

    check_free(arguments.host, arguments.port)
    server.run(
        host=arguments.host,
        port=arguments.port,
        with_worker=settings.WORKER_THREAD,
        ready=lambda: print(f"Loket answers at http://{arguments.host}:{arguments.port}/", file=sys.stderr),
    )


def check_free(host: str, port: int) -> None:
    """Refuse a port that another program has: with several processes the system would share it silently."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as failure:
            raise Refused(f"Cannot listen on {host}:{port} ({os.strerror(failure.errno or 0)}).") from None
