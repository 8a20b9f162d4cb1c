"""`stet reextract`: stored bodies through today's extraction."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from archive import pages
from crawler.pool import PoolUnusable
from scheduler.reextracting import Reextracted, Result, reextract_all
from stet.cli.common import FAILED, command, fail, json_line, json_option, reading
from stet.cli.progress import print_beside, progress_bar
from stet.records import reextract_record
from stet.render.plain import plain

if TYPE_CHECKING:
    from stet.config import Config


@command
@click.option("--source", metavar="S", help="Pages of that source only.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
@json_option
def reextract(settings: Config, source: str | None, dry_run: bool, as_json: bool) -> None:
    """Read what stands in the archive again, where another version of stet or other settings read it.

    A text that reads otherwise becomes a version with the event `reextracted`. May be broken off, and run beside
    the daemon.
    """
    if source is not None:
        _refuse_unknown(settings, source)
    counts = Counter[Result]()
    with progress_bar() as progress:
        task = progress.add_task("reading again", total=None)

        def tell(done: Reextracted) -> None:
            counts[done.result] += 1
            if as_json:
                print_beside(progress, json_line(reextract_record(done)))
            elif done.result is not Result.UNCHANGED:
                print_beside(progress, _line(done))
            progress.advance(task)

        def begin(total: int) -> None:
            progress.update(task, total=total)

        try:
            asyncio.run(reextract_all(settings.daemon(), source=source, dry_run=dry_run, begin=begin, tell=tell))
        except PoolUnusable as error:
            fail(str(error), FAILED)
    click.echo(f"stet: {_summary(counts, dry_run=dry_run)}", err=True)
    if counts[Result.FAILED]:
        sys.exit(FAILED)


def _refuse_unknown(settings: Config, source: str) -> None:
    with reading(settings) as db:
        known = pages.sources(db)
    if source not in known:
        raise click.UsageError(f"No source is named {source}; the archive has: {', '.join(known) or 'none'}.")


def _line(done: Reextracted) -> str:
    version = f"v{done.version}" if done.version else ""
    about = plain(done.error) if done.error else f"+{done.words_added} -{done.words_removed} words"
    return f"{done.result.value:<11} {version:<4} {plain(done.url)}  {about}"


def _summary(counts: Counter[Result], *, dry_run: bool) -> str:
    if not counts.total():
        return "all that stands there was read by today's extraction"
    read = f"{counts.total()} page{'' if counts.total() == 1 else 's'} read again"
    would = "would be " if dry_run else ""
    return (
        f"{read}: {counts[Result.REEXTRACTED]} {would}reextracted, "
        f"{counts[Result.UNCHANGED]} unchanged, {counts[Result.FAILED]} failed"
    )
