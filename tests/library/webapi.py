"""A WebAPI of our own for tests: answers in the shape of the real one, with invented contents."""

import json
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "a-secret-key"
PUBLICATIONS = [
    {"pub_id": f"p{number}", "title": f"Kota Contoh Dalam Angka {2026 - number}",
     "abstract": "&amp;lt;b&amp;gt;Ringkasan&amp;lt;/b&amp;gt; &lt;script&gt;alert(1)&lt;/script&gt;contoh",
     "rl_date": f"{2026 - number}-02-28", "updt_date": None, "pdf": f"https://contoh.example/p{number}.pdf"}
    for number in range(5)
]  # fmt: skip
NEWS = [{"news_id": 7, "title": "Sensus Ekonomi", "news": "Petugas mendata .....", "rl_date": "2026-05-01"}]
VARIABLES = [
    {
        "var_id": 192,
        "title": "Persentase Penduduk Miskin",
        "sub_name": "Kemiskinan",
        "notes": "",
        "unit": "Persen",
    },
    {"var_id": 193, "title": ""},
    "no object",
]
UNAVAILABLE = {"status": "OK", "data-availability": "list-not-available", "data": ""}


class WebApi:
    """Pages of two rows; `stumble` answers are wrong before a right one comes."""

    def __init__(self):
        self.lists = {"publication": list(PUBLICATIONS), "news": list(NEWS), "var": list(VARIABLES)}
        # What the detailed view of a model says, whichever of its things is asked for.
        self.views = {
            "news": {"news_id": 7, "news": "&lt;p&gt;Petugas mendata seluruh usaha di kota.&lt;/p&gt;"}
        }
        self.viewed = 0
        self.asked = Counter()
        self.stumble: list[int | str] = []
        # After so many answers there are none, as when the line is cut.
        self.silent_after = 10**9

    def answer(self, path: str) -> tuple[int, bytes]:
        words = path.strip("/").split("/")
        said = dict(zip(words[3::2], words[4::2], strict=False))
        self.asked[said.get("model"), said.get("page", said.get("id"))] += 1
        if sum(self.asked.values()) > self.silent_after:
            return 503, b""
        if self.stumble:
            wrong = self.stumble.pop(0)
            return (wrong, b"") if isinstance(wrong, int) else (200, wrong.encode())
        if said.get("key") != KEY:
            return 200, json.dumps({"status": "Error", "message": "Invalid key"}).encode()
        if words[2] == "view":
            self.viewed += 1
            whole = {"status": "OK", "data-availability": "available", "data": self.views.get(said["model"])}
            return 200, json.dumps(whole).encode()
        return 200, json.dumps(self.page(self.lists.get(said["model"], []), int(said["page"]))).encode()

    def page(self, rows, number):
        if not rows:
            return UNAVAILABLE
        counts = {"page": number, "pages": -(-len(rows) // 2), "total": len(rows)}
        shown = rows[2 * number - 2 : 2 * number]
        return {"status": "OK", "data-availability": "available", "data": [counts, shown]}


@contextmanager
def served():
    api = WebApi()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, body = api.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Tests look at what was asked, not at a log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        api.address = f"http://127.0.0.1:{server.server_port}/v1"
        yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
