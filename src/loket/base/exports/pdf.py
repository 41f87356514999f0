"""PDF by typst: tagged, PDF/UA, in a language, with our own fonts; data is data and never markup.

A document is a file of templates/typst that reads its data with `frame.typ`. The compiler sees that
folder and our fonts, nothing else of the machine, and our documents name no packages to fetch.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

DOCUMENTS = settings.PACKAGE / "templates" / "typst"
FONTS = settings.PACKAGE / "static" / "fonts"


def make(document: str, data: dict[str, Any], *, title: str, language: str, at: datetime) -> bytes:
    """The document filled with `data` (JSON). `at` (aware) is written into the file as its date."""
    import typst  # 40 MB in memory that a program at rest does not need

    given = {"title": title, "language": language} | data
    return typst.compile(
        str(DOCUMENTS / f"{document}.typ"),
        root=str(DOCUMENTS),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        package_path=str(Path(DOCUMENTS) / "packages"),
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
