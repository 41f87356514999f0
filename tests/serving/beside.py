"""`loket serve` with something to be done beside: python -m tests.serving.beside PORT"""

import argparse
import os
import sys
from pathlib import Path
from threading import Event

import django


def main(port: str) -> int:
    django.setup()
    from loket.base.links import absolute
    from loket.commands import serve

    def beside(stop: Event) -> None:
        (Path(os.environ["LOKET_HOME"]) / "beside").write_text(f"{os.getpid()} {absolute('/')}")

    parser = argparse.ArgumentParser()
    serve.add_options(parser)
    return serve.run(parser.parse_args(["--port", port, "--workers", "2"]), beside) or 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
