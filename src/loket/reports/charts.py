"""Charts as SVG, drawn by the server: the same drawing on a page, on paper and in a PDF.

Colours stand as attributes, so that a PDF has them; style sheets replace them on a page. Every chart has
a title and a description for those who do not see it, and its table beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

INK, SOFT, LINE, BAR = "#0e1e2c", "#4b5c6b", "#d5dee5", "#0a4f7c"
WIDE, NARROW = 720, 340
SIZE = 14
FONT = f'font-family="Plus Jakarta Sans" font-size="{SIZE}" fill="{SOFT}"'
TOP, BASE = 24, 34


@dataclass(frozen=True)
class Point:
    """One value; `value` is None where there is nothing to show, `closed` says why."""

    label: str
    value: float | None
    text: str
    closed: bool = False


@dataclass(frozen=True)
class Chart:
    kind: Literal["line", "bars"]
    title: str
    description: str
    points: Sequence[Point]
    # A percentage never rises above this; other axes end at a round number.
    most: float | None = None
    unit: str = ""
    # The word for a bar that is missing because the office was closed.
    closed: str = ""


def draw(chart: Chart, *, width: int = WIDE, key: str = "c") -> str:
    """The SVG. `key` makes the ids of title and description unlike those of other charts on the page."""
    height, inside = _upright(chart, width)
    frame = f'xmlns="http://www.w3.org/2000/svg" class="chart__svg" viewBox="0 0 {width} {height}"'
    named = f'role="img" aria-labelledby="{key}t {key}d"'
    words = f'<title id="{key}t">{escape(chart.title)}</title><desc id="{key}d">'
    words += f"{escape(chart.description)}</desc>"
    return f"<svg {frame} {named} {FONT}>{words}{''.join(inside)}</svg>"


def _upright(chart: Chart, width: int) -> tuple[int, list[str]]:
    """Bars or a line over a horizontal axis."""
    height = 230 if width > NARROW else 200
    floor = height - BASE
    low, high, step = _axis(chart)
    left = 14 + 9 * max(len(_tick(value, chart.unit)) for value in (low, high))
    slot = (width - left) / max(len(chart.points), 1)

    def y(value: float) -> float:
        return round(floor - (value - low) / (high - low) * (floor - TOP), 1)

    drawn = [
        _gridline(left, width, y(value), _tick(value, chart.unit), strong=value == low)
        for value in _ticks(low, high, step)
    ]
    places = [round(left + slot * (number + 0.5), 1) for number in range(len(chart.points))]
    if chart.kind == "bars":
        drawn += _bars(chart, places, slot, y, floor)
    else:
        drawn += _line(chart, places, y)
    drawn += _labels(chart, places, slot, floor)
    return height, drawn


def _axis(chart: Chart) -> tuple[float, float, float]:
    """Where the axis begins and ends, and its steps. Bars begin at zero; a line may begin higher."""
    values = [point.value for point in chart.points if point.value is not None] or [0]
    low = 0.0
    if chart.kind == "line" and min(values) > 0:
        low = max(0.0, (min(values) - (max(values) - min(values)) * 0.5) // 10 * 10)
        # A line that never leaves the top still has an axis below it.
        low = min(low, chart.most - 10) if chart.most else low
    high = chart.most or max(values)
    step = next(
        size for size in _sizes() if size * 4 >= high - low or (chart.most and size * 5 >= high - low)
    )
    top = chart.most or low + step * max(-(-(high - low) // step), 1)
    return low, max(top, low + step), step


def _sizes() -> Iterator[float]:
    """1, 2, 5, 10, 20, 50 and so on."""
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def _ticks(low: float, high: float, step: float) -> list[float]:
    return [low + number * step for number in range(int((high - low) / step) + 1)]


def _tick(value: float, unit: str) -> str:
    return f"{value:g}{unit}"


def _gridline(left: float, right: float, y: float, text: str, *, strong: bool) -> str:
    kind, colour = ("base", SOFT) if strong else ("grid", LINE)
    return (
        f'<line class="{kind}" x1="{left}" x2="{right}" y1="{y}" y2="{y}" stroke="{colour}"/>'
        f'<text x="{left - 8}" y="{y + 5}" text-anchor="end">{escape(text)}</text>'
    )


def _bars(chart: Chart, places: list[float], slot: float, y, floor: float) -> Iterator[str]:
    wide = round(min(slot * 0.62, 44), 1)
    best = max((point.value or 0 for point in chart.points), default=0)
    for point, x in zip(chart.points, places, strict=True):
        left = round(x - wide / 2, 1)
        if point.closed:
            yield (
                f'<rect class="shut" x="{left}" y="{floor - 30}" width="{wide}" height="30" rx="2" '
                f'fill="none" stroke="{SOFT}" stroke-dasharray="3 3"/>'
            )
        elif point.value:
            top = y(point.value)
            tall = round(floor - top, 1)
            yield _bar(left, top, wide, tall)
            if point.value == best:
                yield _strong(x, top - 7, point.text)


def _bar(x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="bar" x="{x}" y="{y}" width="{width}" height="{height}" rx="2" fill="{BAR}"/>'


def _line(chart: Chart, places: list[float], y) -> Iterator[str]:
    known = [
        (point, x, y(point.value))
        for point, x in zip(chart.points, places, strict=True)
        if point.value is not None
    ]
    if len(known) > 1:
        path = " ".join(f"{x},{top}" for _point, x, top in known)
        yield f'<polyline class="line" points="{path}" fill="none" stroke="{BAR}" stroke-width="2.5"/>'
    for number, (point, x, top) in enumerate(known):
        last = number == len(known) - 1
        radius, fill = (6, BAR) if last else (4.5, "#ffffff")
        name = "dot dot--now" if last else "dot"
        yield (
            f'<circle class="{name}" cx="{x}" cy="{top}" r="{radius}" fill="{fill}" stroke="{BAR}" '
            f'stroke-width="2.5"/>'
        )
        if last or number == 0:
            yield _strong(x, top - 13, point.text)


def _labels(chart: Chart, places: list[float], slot: float, floor: float) -> Iterator[str]:
    """As many labels as fit beside each other, the first always."""
    longest = max((len(point.label) for point in chart.points), default=1)
    every = max(1, -(-int(longest * 8.5 + 6) // max(int(slot), 1)))
    for number, (point, x) in enumerate(zip(chart.points, places, strict=True)):
        if number % every == 0:
            yield f'<text x="{x}" y="{floor + 20}" text-anchor="middle">{escape(point.label)}</text>'


def _strong(x: float, y: float, text: str) -> str:
    return (
        f'<text class="strong" x="{x}" y="{round(y, 1)}" text-anchor="middle" font-weight="bold" '
        f'fill="{INK}">{escape(text)}</text>'
    )
