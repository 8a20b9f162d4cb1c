"""`stet demo`: the whole service against a small bundled news site that changes."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from archive import pages, snapshots
from archive.between import between
from archive.opening import open_for_reading
from crawler.identity import identity
from crawler.loop import run as run_loop
from stet import logs
from stet.cli.common import FAILED, command
from stet.cli.serve import listening, serve_alone
from stet.config import LogSettings
from stet.demo import Seen, demo_settings, play
from stet.newsroom import Newsroom, serve
from stet.render.sheet import lay_out
from stet.render.terminal import render_terminal

if TYPE_CHECKING:
    from stet.config import Config


@command
@click.option("--keep", is_flag=True, help="Leave the archive, and say where.")
@click.option("--serve", "serves", is_flag=True, help="Then show it in the reading room, until Ctrl-C.")
def demo(settings: Config, keep: bool, serves: bool) -> None:
    """Watch a bundled news site change for some seconds, and show what was seen of it."""
    logs.configure(LogSettings(level="error", format=settings.log.format))
    with ExitStack() as stack:
        listener = stack.enter_context(listening(settings.web)) if serves else None
        folder = tempfile.mkdtemp(prefix="stet-demo-") if keep else stack.enter_context(_throwaway())
        # Never the archive of the configuration: what the demo sees is not what anybody watches.
        database = Path(folder) / "stet.db"
        # Opened some hours ago, so that none of the times the script gives lies ahead of the clock.
        newsroom = Newsroom(opened=datetime.now(UTC) - timedelta(hours=6))
        served = stack.enter_context(serve(newsroom))
        seen = _play(newsroom, served.url, database)
        console = Console()
        console.print(_table(seen))
        _show_correction(console, database, served.url, seen)
        if keep:
            click.echo(f"\nThe archive is kept at {database}; try: stet serve --db {database}")
        if listener is not None:
            # Whoever asks for it is to see where.
            logs.configure(LogSettings(level="info", format=settings.log.format))
            serve_alone(settings.model_copy(update={"database": database}), listener)
    if not all(one.as_expected for one in seen):
        click.echo("stet: the archive did not see all that the script did", err=True)
        sys.exit(FAILED)


def _throwaway() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="stet-demo-")


def _play(newsroom: Newsroom, url: str, database: Path) -> list[Seen]:
    with Progress(
        TextColumn("{task.description:<32}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("first look at all articles", total=len(newsroom.steps) + 1)

        def tell(seen: Seen | None) -> None:
            progress.update(task, description=seen.change.name if seen else "the newsroom is open", advance=1)

        settings = demo_settings(database, url)
        return run_loop(lambda: play(newsroom, settings, tell), settings.crawl)


def _table(seen: list[Seen]) -> Table:
    table = Table(title="What the newsroom did, and what the archive saw", title_justify="left", box=None)
    for column in ("", "what happened", "recorded as", "after"):
        table.add_column(column, justify="right" if column == "after" else "left", overflow="fold")
    for one in seen:
        recorded = ", ".join(kind for _, kind in one.events) or "nothing"
        table.add_row(
            "[green]✓[/]" if one.as_expected else "[red]✗[/]",
            one.change.what,
            recorded if one.as_expected else f"{recorded} (expected: {', '.join(one.change.events) or 'nothing'})",
            f"{one.seconds:.1f} s",
        )
    return table


def _show_correction(console: Console, database: Path, url: str, seen: list[Seen]) -> None:
    """The diff of the first correction that was seen."""
    path = next((path for one in seen for path, kind in one.events if kind == "correction_added"), None)
    if path is None:
        return
    with open_for_reading(database) as db:
        page = pages.find(db, identity(url + path))
        if page is None:
            return
        before, after = (snapshots.load(db, page, version) for version in (1, 2))
        known = between(db, page, before, after)
    console.print()
    console.print(render_terminal(lay_out(before, after, known)))
