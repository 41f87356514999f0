"""Charts that the server draws: well-formed, described, and honest about their axis."""

from xml.etree import ElementTree as ET

import pytest

from loket.reports.charts import NARROW, WIDE, Chart, Point, draw

SVG = "{http://www.w3.org/2000/svg}"


def a_chart(kind="bars", values=(3, 14, None, 7), **more) -> Chart:
    points = [Point(f"<{n}>", value, str(value)) for n, value in enumerate(values)]
    return Chart(kind, "Kunjungan & nomor", "Paling banyak <14>", points, **more)


def drawn(chart: Chart, width=WIDE) -> ET.Element:
    return ET.fromstring(draw(chart, width=width))


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", ["bars", "line"])
def test_a_chart_is_well_formed_and_described(kind, width):
    svg = drawn(a_chart(kind), width)

    assert svg.get("role") == "img"
    assert [svg.find(f"{SVG}{name}").text for name in ("title", "desc")] == [
        "Kunjungan & nomor",
        "Paling banyak <14>",
    ]


def test_bars_begin_at_nought_and_the_best_has_its_number():
    svg = drawn(a_chart())

    assert next(svg.iter(f"{SVG}text")).text == "0"
    assert [text.text for text in svg.iter(f"{SVG}text") if text.get("class") == "strong"] == ["14"]
    assert len([bar for bar in svg.iter(f"{SVG}rect") if bar.get("class") == "bar"]) == 3


@pytest.mark.parametrize("values", [(100, 100), (98.0, 99.3), (0, 100), (50, 50), (None, 97)])
def test_a_share_never_rises_above_all(values):
    svg = drawn(a_chart("line", values, most=100, unit=" %"))

    ticks = [text.text for text in svg.iter(f"{SVG}text") if text.get("text-anchor") == "end"]
    assert ticks[-1] == "100 %"
    assert int(ticks[0].split()[0]) <= 90
    heights = [float(dot.get("cy")) for dot in svg.iter(f"{SVG}circle")]
    assert all(0 < height < 230 for height in heights)


def test_nothing_measured_is_an_empty_axis():
    svg = drawn(a_chart("bars", (None, None)))

    assert not list(svg.iter(f"{SVG}rect"))


def test_a_closed_day_is_drawn_as_closed():
    chart = Chart("bars", "t", "d", [Point("1", 0, "0", closed=True), Point("2", 5, "5")])

    assert [bar.get("class") for bar in drawn(chart).iter(f"{SVG}rect")] == ["shut", "bar"]


def test_labels_leave_some_out_before_they_touch():
    points = [Point(str(day), day, str(day)) for day in range(1, 32)]
    svg = drawn(Chart("bars", "t", "d", points), NARROW)

    middle = [text for text in svg.iter(f"{SVG}text") if text.get("text-anchor") == "middle"]
    labels = [text.text for text in middle if not text.get("class")]
    assert labels[0] == "1"
    assert len(labels) < 20
