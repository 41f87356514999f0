"""loket backup FILE | restore FILE."""

import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from loket.backup import BackupRefused
from loket.commands import Refused


def register(verbs):
    for verb, words, run in (
        ("backup", "write everything into one new file, while people work", back_up),
        ("restore", "put a backup into an empty place", restore),
    ):
        parser = verbs.add_parser(verb, help=words)
        parser.add_argument("file", type=Path)
        parser.set_defaults(run=run)


def back_up(arguments):
    from loket.backup import actions

    if not arguments.file.absolute().parent.is_dir():
        raise Refused(f"{arguments.file} cannot be written: its folder is not there.")
    try:
        size = actions.back_up(to=arguments.file, at=timezone.now())
    except BackupRefused as refusal:
        raise Refused(str(refusal)) from None
    except OSError as error:
        raise Refused(f"{arguments.file} cannot be written ({error.strerror}).") from None
    print(f"{arguments.file}: {size / 1_000_000:.1f} MB. Keep it as safe as the guest book.", file=sys.stderr)


def restore(arguments):
    from loket.backup import actions
    from loket.privacy.erasing import JournalUnreadable

    try:
        manifest = actions.restore(source=arguments.file, at=timezone.now())
    except (BackupRefused, JournalUnreadable) as refusal:
        raise Refused(str(refusal)) from None
    except OSError as error:
        raise Refused(
            f"Nothing was restored: {settings.HOME} cannot be written ({error.strerror})."
        ) from None
    print(
        f"Restored as of {manifest.made_at}. Staff sign in anew; pair each kiosk, board and tablet again"
        " with a new code.",
        file=sys.stderr,
    )
