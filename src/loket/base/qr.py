"""QR codes as small SVG pictures that stand inside a page."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """The code for `text`, with the quiet edge that readers need; sized by the style sheet."""
    picture = io.BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(picture, kind="svg", xmldecl=False, omitsize=True, svgclass="qr", dark="#000", light="#fff")
    # Made by us from module positions alone: the text itself is not in it.
    return mark_safe(picture.getvalue().decode())  # noqa: S308
