"""What officers write is shown as they mean it; what attackers write is shown as text."""

from html.parser import HTMLParser

import pytest

from loket.base.markdown import ATTRIBUTES, TAGS, to_html


class Reader(HTMLParser):
    """Every element and address that a browser would find."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>script>alert(1)<</script>/script>",
    '<img src=x onerror="alert(1)">',
    "![x](x.png\"onerror=\"alert(1))",
    "![beacon](http://127.0.0.1:9/pixel.gif)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](\njavascript:alert(1)\n)",
    "[x](&#x6A;avascript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x][1]\n\n[1]:\n  javascript:alert(1)",
    "<javascript:alert(1)>",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "[x](//127.0.0.1/beacon)",
    "[x](/3574/petugas/)",
    '[x](http://a.example "title\\" onmouseover=alert(1) x=\\"")',
    "[x](http://a.example'onmouseover='alert(1))",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
    '<input type=submit formaction="//evil.example">',
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data=\"javascript:alert(1)\"></object><embed src=javascript:alert(1)>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css'</style>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<p style=\"background:url(//evil.example)\">x</p>",
    "<details open ontoggle=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "```\"><img src=x onerror=alert(1)>\nx\n```",
    "`<img src=x onerror=alert(1)>`",
    "| a<script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<http://a.example/\"onmouseover=alert(1)>",
    "\u202e<script\u200b>alert(1)</script>",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_runs_and_nothing_is_fetched(attack):
    found = Reader(to_html(attack))

    assert found.tags <= TAGS
    for tag, name, value in found.attributes:
        assert name in ATTRIBUTES.get(tag, set()) | {"rel"}
        assert name != "href" or value.startswith(("http://", "mailto:"))


def test_what_an_officer_writes_looks_as_it_was_meant():
    made = to_html(
        "## Inflasi\n\nTerlampir **tabel**:\n\n- 2023\n- 2024\n\n| tahun | % |\n|---|---|\n| 2024 | 1,57 |"
    )

    assert "<h4>Inflasi</h4>" in made
    assert "<strong>tabel</strong>" in made
    assert "<li>2023</li>" in made
    assert "<td>1,57</td>" in made


def test_a_line_break_stays_one():
    assert to_html("Selamat siang,\nBudi.") == "<p>Selamat siang,<br>\nBudi.</p>\n"


def test_links_lead_out_without_a_recommendation():
    made = to_html("[Tabel](https://www.bps.go.id/id/tabel) dan <pst@kantor.example>")

    assert '<a href="https://www.bps.go.id/id/tabel" rel="nofollow noopener noreferrer">Tabel</a>' in made
    assert '<a href="mailto:pst@kantor.example"' in made


def test_html_is_shown_as_it_was_written():
    assert to_html("5 < 6 & <b>tebal</b>") == "<p>5 &lt; 6 &amp; &lt;b&gt;tebal&lt;/b&gt;</p>\n"


def test_a_megabyte_of_brackets_ends():
    assert to_html("[" * 20_000)
    assert to_html("*a_ " * 20_000)
