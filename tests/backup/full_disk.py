"""`loket` on a disk that is full when the named function is asked: FUNCTION WORDS."""

import errno
import os
import sys
from unittest import mock

import django

from loket import cli


def main() -> int:
    django.setup()
    function, *words = sys.argv[1:]
    fault = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with mock.patch(function, side_effect=fault):
        return cli.main(words)


if __name__ == "__main__":
    sys.exit(main())
