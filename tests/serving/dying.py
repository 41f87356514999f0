"""`loket serve` whose servers die before they answer: python -m tests.serving.dying PORT"""

import sys


def main(port: str) -> int:
    from loket.cli import main as loket
    from loket.serving import server, several

    def dies(*_, **__) -> None:
        raise MemoryError

    server.run, several.RESTART_SECONDS = dies, 0.01
    return loket(["serve", "--port", port, "--workers", "2"])


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
