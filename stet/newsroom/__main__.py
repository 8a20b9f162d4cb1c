"""The newsroom on its own, to play with: `python -m stet.newsroom`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from datetime import UTC, datetime

from stet.newsroom.newsroom import Newsroom
from stet.newsroom.script import SCRIPT, script_table
from stet.newsroom.server import serve
from stet.newsroom.site import TICK


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM, taking a step of the script every so many seconds."""
    options = _parser().parse_args(arguments)
    if options.script:
        _say(script_table(SCRIPT))
        return 0
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    # Opened long enough ago that no step of the script is dated in the future.
    opened = datetime.now(UTC).replace(microsecond=0) - len(SCRIPT) * TICK
    newsroom = Newsroom(options.seed, opened=opened)
    try:
        with serve(newsroom, options.host, options.port) as served:
            _say(served.url)
            while not stop.wait(options.every):
                _advance(newsroom)
    except OSError as error:
        sys.stderr.write(f"Cannot serve on {options.host}:{options.port}: {error.strerror}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m stet.newsroom", description=main.__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="loopback address (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="default: any that is free")
    parser.add_argument("--every", type=float, default=10.0, help="seconds between steps (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other furniture")
    parser.add_argument("--script", action="store_true", help="print the script and end")
    return parser


def _advance(newsroom: Newsroom) -> None:
    change = newsroom.advance()
    if change is None:
        newsroom.furniture()
    else:
        _say(f"{change.number:2}  {change.name}: {change.what}" + (f" ({change.path})" if change.path else ""))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
