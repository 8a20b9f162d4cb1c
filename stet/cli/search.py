"""`stet search`: full text over all snapshots."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from archive.search.hits import LIMIT
from archive.search.hits import search as find
from archive.search.query import QueryError
from stet.cli.common import (
    WRONG_USAGE,
    command,
    fail,
    json_option,
    moment,
    print_json,
    reading,
    refuse_unknown_source,
    wide_console,
)
from stet.records import search_record
from stet.render.hits import render_hit

if TYPE_CHECKING:
    from datetime import datetime

    from stet.config import Config


@command
@click.argument("query")
@click.option("--source", metavar="S", help="Pages of that source only.")
@click.option("--since", callback=moment, metavar="T", help="Versions captured from that time on, or 2d ago and later.")
@click.option("--until", callback=moment, metavar="T", help="Versions captured before that time.")
@click.option(
    "--removed", is_flag=True, help="Text that stood in earlier versions, and does not in the one that stands."
)
@click.option(
    "--limit", type=click.IntRange(1, 1_000), default=LIMIT, show_default=True, help="That many pages at most."
)
@json_option
def search(
    settings: Config,
    *,
    query: str,
    source: str | None,
    since: datetime | None,
    until: datetime | None,
    removed: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Search the titles and texts of all snapshots; one hit a page, the best first.

    QUERY is words that all have to be there, in any order. "a phrase", a beginning*, title: or text: before a word,
    AND, OR, NOT, (parentheses) and NEAR(a b, 5) mean what they do in SQLite's FTS5.
    """
    with reading(settings) as db:
        refuse_unknown_source(settings, db, source)
        try:
            hits = find(db, query, source=source, since=since, until=until, removed=removed, limit=limit)
        except QueryError as error:
            literal = shlex.quote(error.literal) if error.literal else None
            advice = f"\nto search for the words as they stand: stet search {literal}" if literal else ""
            fail(f"{error}{advice}", WRONG_USAGE)
    if not hits:
        click.echo("stet: no hits", err=True)
    console = wide_console()
    for number, hit in enumerate(hits):
        if as_json:
            print_json(search_record(hit))
            continue
        if number:
            click.echo()
        console.print(render_hit(hit))
