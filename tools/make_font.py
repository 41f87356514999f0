"""Cut the interface font: Latin letters, weights 400 to 800, and a plain tabular figure 1.

Plus Jakarta Sans draws its tabular 1 with a foot, which reads as "1_" in a queue number seen from
five metres. The plain 1 is put, centred, on the tabular width instead.

Needs fonttools and brotli; run it only when the font itself changes:
    python tools/make_font.py UPSTREAM.woff2 src/loket/static/fonts/plus-jakarta-sans.woff2

Beside it go two fonts of one weight each, for the PDFs: their compiler reads no woff2.
"""

import sys
from copy import deepcopy

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.varLib.instancer import instantiateVariableFont
from fontTools.varLib.iup import iup_delta

PLAIN, TABULAR = "one", "one.tf"
PHANTOM_POINTS = 4
POSTSCRIPT_NAME = 6
WEIGHTS = {400: "regular", 700: "bold"}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "liga", "tnum", "pnum"]


def cut(font: TTFont) -> TTFont:
    """Only what pages use; contextual dashes stay out, so that A-014 has a hyphen."""
    options = Options()
    options.layout_features = FEATURES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list(font.getBestCmap()))
    subsetter.subset(font)
    return instantiateVariableFont(font, {"wght": (400, 800)})


def plain_tabular_one(font: TTFont) -> None:
    """Give the tabular 1 the outline of the plain 1 at every weight, centred on its own width."""
    glyphs, widths, variations = font["glyf"], font["hmtx"], font["gvar"].variations
    points, control = glyphs._getCoordinatesAndControls(PLAIN, widths.metrics)
    tabular_width = widths[TABULAR][0]
    shift = round((tabular_width - widths[PLAIN][0]) / 2)

    outline = deepcopy(glyphs[PLAIN])
    outline.coordinates.translate((shift, 0))
    outline.recalcBounds(glyphs)
    glyphs[TABULAR] = outline
    widths[TABULAR] = (tabular_width, outline.xMin)
    variations[TABULAR] = [centred(deepcopy(v), points, control.endPts) for v in variations[PLAIN]]


def centred(variation, points: GlyphCoordinates, ends: list[int]):
    """The same change of shape with weight, moved so that the figure stays in the middle."""
    phantoms = list(range(len(points) - PHANTOM_POINTS, len(points)))
    deltas = variation.coordinates
    if None in deltas:
        deltas = iup_delta(deltas, points, ends)
    growth = deltas[phantoms[1]][0] - deltas[phantoms[0]][0]
    body = [(round(x - growth / 2), round(y)) for x, y in deltas[:-PHANTOM_POINTS]]
    variation.coordinates = [*body, (0, 0), (0, 0), (0, 0), (0, 0)]
    return variation


def main(source: str, target: str) -> None:
    font = cut(TTFont(source))
    plain_tabular_one(font)
    font.flavor = "woff2"
    font.save(target)
    for weight, name in WEIGHTS.items():
        single = instantiateVariableFont(TTFont(target), {"wght": weight})
        single.flavor = None
        single["name"].setName(f"PlusJakartaSans-{name.capitalize()}", POSTSCRIPT_NAME, 3, 1, 0x409)
        single.save(target.replace(".woff2", f"-{name}.ttf"))


if __name__ == "__main__":
    main(*sys.argv[1:])
