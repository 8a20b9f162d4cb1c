"""`stet sources`: how each source does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from archive import boilerplate
from archive.opening import open_for_writing, transaction
from scheduler import sources as steering
from stet.cli.common import (
    command,
    json_option,
    print_json,
    reading,
    refuse_unknown_source,
    wide_console,
)
from stet.health import health
from stet.records import boilerplate_record, source_record
from stet.render.plain import plain
from stet.render.times import to_the_second

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.evidence import Line
    from archive.health import SourceHealth
    from stet.config import Config


@command
@click.option("--days", type=click.IntRange(min=1), default=7, show_default=True, help="Count rates over so many days.")
@click.option(
    "--boilerplate", "name", metavar="NAME", help="List the lines that this source repeats, learned and nearly learned."
)
@click.option("--pause", "paused", metavar="NAME", multiple=True, help="Leave this source alone until it is resumed.")
@click.option("--resume", "resumed", metavar="NAME", multiple=True, help="Go on with this source.")
@json_option
def sources(
    settings: Config, *, days: int, name: str | None, paused: tuple[str, ...], resumed: tuple[str, ...], as_json: bool
) -> None:
    """Show the health of each source: its pages, last success, error rate and edits."""
    if paused or resumed:
        _steer(settings, paused, resumed)
    if name is None:
        _show_health(settings, days, as_json=as_json)
    else:
        _show_boilerplate(settings, name, as_json=as_json)


def _steer(settings: Config, paused: Iterable[str], resumed: Iterable[str]) -> None:
    """Pause and resume in one transaction; a running daemon heeds it at its next tick."""
    with open_for_writing(settings.database) as db, transaction(db):
        for name in (*paused, *resumed):
            refuse_unknown_source(settings, db, name)
        for name in paused:
            steering.pause(db, name, now=datetime.now(UTC))
        for name in resumed:
            steering.resume(db, name)


def _show_health(settings: Config, days: int, *, as_json: bool) -> None:
    now = datetime.now(UTC)
    with reading(settings) as db:
        rows = health(settings, db, since=now - timedelta(days=days), now=now)
    if as_json:
        for row in rows:
            print_json(source_record(row))
        return
    wide_console().print(_table(rows))
    for row in rows:
        if row.paused_at:
            click.echo(f"{row.source} is paused since {to_the_second(row.paused_at)}")
        if row.failing_since:
            click.echo(
                f"{row.source} is failing since {to_the_second(row.failing_since)}: {plain(row.last_error or '')}"
            )


def _show_boilerplate(settings: Config, name: str, *, as_json: bool) -> None:
    with reading(settings) as db:
        lines = boilerplate.listing(db, name)
    if lines is None:
        if name not in {one.name for one in settings.sources}:
            raise click.UsageError(f"No source is named {name}; `stet sources` lists those there are.")
        lines = []
    if as_json:
        for line, share in lines:
            print_json(boilerplate_record(name, line, share))
    elif lines:
        wide_console().print(_lines_table(lines))
    else:
        click.echo(f"stet: no line of {name} is known to repeat from article to article", err=True)


def _lines_table(lines: Iterable[tuple[Line, float]]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("learned", no_wrap=True)
    for column in ("pages", "share", "days", "stories"):
        table.add_column(column, justify="right")
    for column in ("first seen", "last seen"):
        table.add_column(column, no_wrap=True)
    table.add_column("line")
    for line, share in lines:
        table.add_row(
            to_the_second(line.learned_at) if line.learned_at else "nearly",
            str(line.pages),
            f"{share:.0%}",
            str(line.days),
            str(line.stories),
            to_the_second(line.first_seen_at),
            to_the_second(line.last_seen_at),
            Text(plain(line.text)),
        )
    return table


def _table(rows: Iterable[SourceHealth]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("source")
    for column in ("pages", "watched", "scheduled", "due"):
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
            str(row.due),
            to_the_second(row.last_success_at) if row.last_success_at else "never",
            str(row.fetches),
            "" if row.error_rate is None else f"{row.error_rate:.0%}",
            str(row.edits),
        )
    return table
