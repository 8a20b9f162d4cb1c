"""`stet discover`: which pages the sources list, now."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from archive.opening import open_for_reading, open_for_writing, transaction
from crawler.identity import identity
from crawler.loop import run as run_loop
from scheduler.discovering import discover_once, watch_found
from scheduler.frontier import is_wanted
from stet.cli.common import FAILED, allow_private_option, command, json_option, print_json
from stet.render.plain import plain

if TYPE_CHECKING:
    from crawler.discovery.discover import Discovery
    from stet.config import Config


@command
@click.argument("names", nargs=-1, metavar="SOURCE...")
@click.option("--dry-run", is_flag=True, help="Print the pages, and watch none.")
@json_option
@allow_private_option
def discover(settings: Config, names: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Read the sources' feeds, sitemaps and sections now; print the pages found, and watch the new ones."""
    known = {source.name: source for source in settings.sources}
    unknown = [name for name in names if name not in known]
    if unknown:
        has = ", ".join(known) or "none"
        raise click.UsageError(f"No source is named {', '.join(unknown)}; the configuration has: {has}.")
    if not known:
        raise click.UsageError("The configuration has no sources; see `sources` in config.yaml.")
    wanted = [known[name] for name in names or known]
    results = run_loop(lambda: discover_once(wanted, settings.crawl), settings.crawl)
    new = _would_be_new(settings, results) if dry_run else _watch(settings, results)
    failed = False
    for name, result in results.items():
        for page in result.found:
            if as_json:
                print_json(
                    {
                        "source": name,
                        "url": page.url,
                        "title": page.title,
                        "published": page.published,
                        "modified": page.modified,
                        "via": page.via,
                        "new": page.url in new,
                    }
                )
            else:
                mark = "+" if page.url in new else " "
                click.echo(f"{mark} {name}  {plain(page.url)}  {plain(page.title or '')}")
        for problem in result.problems:
            failed = True
            click.echo(f"stet: {name}: {plain(problem)}", err=True)
    if failed:
        sys.exit(FAILED)


def _watch(settings: Config, results: dict[str, Discovery]) -> set[str]:
    with open_for_writing(settings.database) as db, transaction(db):
        now = datetime.now(UTC)
        return {url for name, result in results.items() for url in watch_found(db, name, result.found, now=now)}


def _would_be_new(settings: Config, results: dict[str, Discovery]) -> set[str]:
    found = {page.url for result in results.values() for page in result.found}
    if not settings.database.exists():
        return found
    with open_for_reading(settings.database) as db:
        return {url for url in found if is_wanted(db, identity(url))}
