"""`stet sources`: how each source does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.queries import SourceHealth, source_health
from stet.cli.common import command, json_option, print_json, reading
from stet.records import source_record
from stet.render.plain import plain

if TYPE_CHECKING:
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
        SourceHealth(one.name, 0, 0, None, None, None, 0, 0, 0) for one in settings.sources if one.name not in seen
    ]
    if as_json:
        for row in (*rows, *never):
            print_json(source_record(row))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("source", "pages", "watched", "last success", "fetches", "errors", "edits", "failing"):
        table.add_column(
            column, justify="right" if column in {"pages", "watched", "fetches", "errors", "edits"} else "left"
        )
    for row in (*rows, *never):
        table.add_row(
            Text(row.source or "(no source)"),
            str(row.pages),
            str(row.watched),
            row.last_success_at or "never",
            str(row.fetches),
            "" if row.error_rate is None else f"{row.error_rate:.0%}",
            str(row.edits),
            Text(plain(f"since {row.failing_since}: {row.last_error}") if row.failing_since else ""),
        )
    Console().print(table)
