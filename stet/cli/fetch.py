"""`stet fetch`: pages, now."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

import click

from archive.models import Outcome
from crawler.loop import run as run_loop
from scheduler.fetching import fetch_now
from stet.cli.common import FAILED, allow_private_option, command, json_line, json_option
from stet.cli.progress import print_beside, progress_bar
from stet.records import fetch_record
from stet.render.plain import plain

if TYPE_CHECKING:
    from scheduler.fetching import Fetched
    from stet.config import Config

_FAILURES = frozenset({Outcome.ERROR, Outcome.REFUSED, Outcome.BLOCKED, Outcome.NOT_ARTICLE})
"""Outcomes that make the exit status 1. A page that is gone or behind a paywall is news, if its article is kept."""


@command
@click.argument("urls", nargs=-1, metavar="URL...")
@click.option(
    "--from", "file", type=click.File(encoding="utf-8-sig"), help="Read URLs from FILE, one a line; - for stdin."
)
@json_option
@allow_private_option
def fetch(settings: Config, urls: tuple[str, ...], file: TextIO | None, as_json: bool) -> None:
    """Fetch pages now, store them, and tell what became of each."""
    wanted = list(dict.fromkeys([*urls, *(_lines(file) if file else ())]))
    if not wanted:
        raise click.UsageError("Give at least one URL, or --from FILE.")
    failed = 0
    # A bar for one page tells nothing.
    with progress_bar(disable=len(wanted) == 1) as progress:
        task = progress.add_task("fetching", total=len(wanted))

        def tell(fetched: Fetched) -> None:
            nonlocal failed
            failed += fetched.outcome in _FAILURES or fetched.version is None
            print_beside(progress, json_line(fetch_record(fetched)) if as_json else _line(fetched))
            progress.advance(task)

        run_loop(lambda: fetch_now(wanted, settings.daemon(), tell), settings.crawl)
    if failed:
        sys.exit(FAILED)


def _lines(file: TextIO) -> list[str]:
    """The URLs of a list; blank lines and lines that start with # are passed over."""
    try:
        lines = [line.strip() for line in file]
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file.name} is not UTF-8 text (byte {error.start}).") from error
    return [line for line in lines if line and not line.startswith("#")]


def _line(fetched: Fetched) -> str:
    version = f"v{fetched.version}" if fetched.version else ""
    told = f"  [{', '.join(event.kind.value for event in fetched.events)}]" if fetched.events else ""
    about = fetched.error or (fetched.article.title if fetched.article else "")
    return f"{fetched.outcome.value:<11} {version:<4} {plain(fetched.url)}  {plain(about)}{told}"
