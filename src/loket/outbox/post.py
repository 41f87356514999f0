"""The two ways a letter leaves: to the office's mail server, or into a folder where none is set."""

import os
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from loket.outbox.delivery import NotNow, Refused, Unreachable
from loket.outbox.letters import letter_of
from loket.outbox.models import Mail


class Post(Protocol):
    def send(self, mail: Mail) -> None: ...

    def close(self) -> None: ...


def post() -> Post:
    """As the settings say."""
    return SmtpPost() if settings.EMAIL_HOST else FolderPost(folder())


def folder() -> Path:
    """Where letters lie while no mail server is set."""
    return settings.HOME / "mail"


class FolderPost:
    """Each letter a file, named by its row: written again it is the same file."""

    def __init__(self, path: Path):
        self._path = path

    def send(self, mail: Mail) -> None:
        self._path.mkdir(mode=0o700, exist_ok=True)
        target = self._path / f"{mail.created_at:%Y%m%d-%H%M%S}-{mail.pk}.eml"
        unfinished = target.with_suffix(".part")
        unfinished.write_bytes(letter_of(mail, sender=settings.DEFAULT_FROM_EMAIL).as_bytes())
        os.replace(unfinished, target)

    def close(self) -> None:
        """Nothing is held."""


class SmtpPost:
    """One connection for the letters of one round."""

    def __init__(self):
        self._server: smtplib.SMTP | None = None

    def send(self, mail: Mail) -> None:
        letter = letter_of(mail, sender=settings.DEFAULT_FROM_EMAIL)
        server = self._connected()
        try:
            self._hand_over(server, letter)
        except (smtplib.SMTPServerDisconnected, OSError) as trouble:
            # Also a time-out in the middle. Whether the letter was taken is unknown: it goes again.
            self._drop()
            raise NotNow(_words(trouble)) from trouble

    def close(self) -> None:
        if self._server:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
        self._server = None

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            try:
                self._server = connect()
            except (smtplib.SMTPException, OSError) as trouble:
                raise Unreachable(_words(trouble)) from trouble
        return self._server

    def _hand_over(self, server: smtplib.SMTP, letter: EmailMessage) -> None:
        try:
            server.send_message(letter)
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPRecipientsRefused as refusal:
            ((code, text),) = refusal.recipients.values()
            raise _verdict(code, text) from refusal
        except smtplib.SMTPSenderRefused as refusal:
            # Our own address is refused: a matter of settings, which may be mended while mails wait.
            raise NotNow(_words(refusal)) from refusal
        except smtplib.SMTPResponseException as refusal:
            raise _verdict(refusal.smtp_code, refusal.smtp_error) from refusal
        except smtplib.SMTPNotSupportedError as refusal:
            raise Refused(_words(refusal)) from refusal

    def _drop(self) -> None:
        if self._server:
            self._server.close()
        self._server = None


def connect() -> smtplib.SMTP:
    name = urlsplit(settings.BASE_URL).hostname or "localhost"
    where = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT, "timeout": settings.EMAIL_TIMEOUT}
    # Naming ourselves saves a look-up of our own name, which may hang where there is no resolver.
    if settings.EMAIL_USE_SSL:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            **where, local_hostname=name, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(**where, local_hostname=name)
    try:
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        server.close()
        raise
    return server


def _verdict(code: int, text: bytes | str) -> Exception:
    words = f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    return Refused(words) if code >= 500 else NotNow(words)


def _words(trouble: Exception) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        return str(_verdict(trouble.smtp_code, trouble.smtp_error))
    return f"{type(trouble).__name__}: {trouble}"
