"""A real mail server on a socket of this machine, that can be told to misbehave."""

import logging
import socket
from contextlib import contextmanager
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.served import free_port

# It tells of every connection, also of those that end after the test that listened.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class Handler:
    """Keeps what it takes. `answers` are given one by one instead of taking a letter."""

    def __init__(self):
        self.letters = []
        self.answers: list[str] = []
        self.after_taking = lambda: None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers and self.answers[0].startswith("rcpt "):
            return self.answers.pop(0).removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer == "hang up":
            server.transport.abort()
        if answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content))
            self.after_taking()
        return answer


class Listening(Controller):
    def factory(self):
        return SMTP(self.handler, hostname="mail.example", enable_SMTPUTF8=True)


@contextmanager
def mail_server(settings):
    """Settings point at it while it runs."""
    handler = Handler()
    listening = Listening(handler, hostname="127.0.0.1", port=free_port())
    listening.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listening.port
    settings.EMAIL_TIMEOUT = 2
    try:
        yield handler
    finally:
        listening.stop()


@contextmanager
def silent_server(settings):
    """Takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listening.getsockname()[1]
        settings.EMAIL_TIMEOUT = 0.3
        yield listening
