"""`stet sources`: how each source does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from archive.queries import SourceHealth, source_health
from stet.cli.common import command, json_option, print_json, reading, to_the_second, wide_console
from stet.records import source_record
from stet.render.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stet.config import Config


@command
@click.option("--days", type=click.IntRange(min=1), default=7, show_default=True, help="Count rates over so many days.")
@json_option
def sources(settings: Config, days: int, as_json: bool) -> None:
    """Show the health of each source: its pages, last success, error rate and edits."""
    with reading(settings) as db:
        rows = source_health(db, since=datetime.now(UTC) - timedelta(days=days))
    seen = {row.source for row in rows}
    never = [
        SourceHealth(one.name, 0, 0, 0, None, None, None, 0, 0, 0) for one in settings.sources if one.name not in seen
    ]
    if as_json:
        for row in (*rows, *never):
            print_json(source_record(row))
        return
    wide_console().print(_table((*rows, *never)))
    for row in rows:
        if row.failing_since:
            click.echo(
                f"{row.source} is failing since {to_the_second(row.failing_since)}: {plain(row.last_error or '')}"
            )


def _table(rows: Iterable[SourceHealth]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("source")
    for column in ("pages", "watched", "scheduled"):
        table.add_column(column, justify="right")
    table.add_column("last success", no_wrap=True)
    for column in ("fetches", "errors", "edits"):
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(
            Text(row.source or "(no source)"),
            str(row.pages),
            str(row.watched),
            str(row.scheduled),
            to_the_second(row.last_success_at) if row.last_success_at else "never",
            str(row.fetches),
            "" if row.error_rate is None else f"{row.error_rate:.0%}",
            str(row.edits),
        )
    return table
