"""Addresses of style sheets, scripts and drawings."""

from functools import lru_cache

from django.contrib.staticfiles.storage import StaticFilesStorage


class Statics(StaticFilesStorage):
    """Every page names some twenty of the same few files: each address is put together once a process."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.url = lru_cache(maxsize=1024)(self.url)
