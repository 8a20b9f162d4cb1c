"""`stet watch` and `stet unwatch`: pages into and out of the schedule."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from archive.opening import open_for_writing, transaction
from crawler.identity import InvalidURL, identify
from scheduler import frontier
from stet.cli.common import FAILED, command, json_option, print_json
from stet.render.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

    from archive.models import Identity
    from stet.config import Config


@command
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@json_option
def watch(settings: Config, urls: tuple[str, ...], as_json: bool) -> None:
    """Put pages under the schedule; a running daemon fetches them at its next tick."""

    def put(db: Database, page: Identity) -> str:
        return "watched" if frontier.watch(db, page, now=datetime.now(UTC)) else "already watched"

    _each(settings, urls, put, as_json=as_json)


@command
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@json_option
def unwatch(settings: Config, urls: tuple[str, ...], as_json: bool) -> None:
    """Take pages out of the schedule; what was kept of them stays."""

    def take(db: Database, page: Identity) -> str:
        return "unwatched" if frontier.unwatch(db, page.key, now=datetime.now(UTC)) else "not watched"

    _each(settings, urls, take, as_json=as_json)


def _each(settings: Config, urls: tuple[str, ...], act: Callable[[Database, Identity], str], *, as_json: bool) -> None:
    """Do it for every URL in one transaction; one that is none is told of and stops none of the others."""
    invalid = 0
    with open_for_writing(settings.database) as db:
        results: list[tuple[str, str, str | None]] = []
        with transaction(db):
            for url in urls:
                try:
                    page = identify(url)
                    results.append((page.url, act(db, page), None))
                except InvalidURL as wrong:
                    invalid += 1
                    results.append((url, "error", str(wrong)))
    for shown, result, error in results:
        if as_json:
            print_json({"url": shown, "result": result, "error": error})
        else:
            click.echo(f"{result:<15} {plain(error or shown)}")
    if invalid:
        sys.exit(FAILED)
