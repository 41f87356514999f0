"""One file that holds everything an office would miss, and the way back from it."""


class BackupRefused(Exception):
    """The backup cannot be made or used; the text is one sentence that says why and what to do."""
