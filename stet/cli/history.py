"""`stet log` and `stet show`: a page's snapshots."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive import bodies, snapshots
from archive.errors import ArchiveError
from archive.headlines import headlines
from archive.pages import LIVE
from stet.cli.common import command, json_option, print_json, reading, wide_console
from stet.named import known_page
from stet.records import block_record, headline_record, log_record, show_record
from stet.render.headlines import render_headlines
from stet.render.markdown import render_markdown
from stet.render.plain import plain
from stet.render.times import to_the_second

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from archive.headlines import Headline
    from archive.models import Article, Snapshot
    from archive.pages import Page
    from stet.config import Config


@command
@click.argument("url")
@json_option
@click.option("--headlines", "as_headlines", is_flag=True, help="The headlines instead, and when each was seen.")
def log(settings: Config, url: str, as_json: bool, as_headlines: bool) -> None:
    """List the snapshots of a page, newest first."""
    with reading(settings) as db:
        page = known_page(db, url)
        snapshots.refuse_unread(page)
        stood = headlines(db, page) if as_headlines else ()
        history = [] if as_headlines else snapshots.history(db, page)
        last = snapshots.last_version(db, page)
    if as_headlines:
        _show_headlines(page, last, stood, as_json=as_json)
        return
    if as_json:
        for snapshot in history:
            print_json(log_record(snapshot))
        return
    click.echo(_standing(page, last))
    table = Table(box=None, pad_edge=False)
    for column in ("version", "captured", "words", "events", "title"):
        table.add_column(column, justify="right" if column == "version" else "left", no_wrap=column == "captured")
    for snapshot in history:
        standing = "*" if snapshot.version == page.version and page.state == LIVE else ""
        variant = "" if snapshot.variant_of is None else f"variant of v{snapshot.variant_of}: "
        table.add_row(
            f"{standing}{snapshot.version}",
            to_the_second(snapshot.captured_at),
            f"+{snapshot.words_added} -{snapshot.words_removed}",
            ", ".join(snapshot.events),
            Text(variant + plain(snapshot.article.title)),
        )
    wide_console().print(table)


@command
@click.argument("url")
@click.option("-v", "--version", type=click.IntRange(min=1), help="The version (default: the one that stands now).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "html"]),
    default="text",
    show_default=True,
    help="html is the raw body, byte for byte.",
)
@click.option("--blocks", "as_blocks", is_flag=True, help="Each block with its role, and why it is text or is not.")
def show(settings: Config, *, url: str, version: int | None, form: str, as_blocks: bool) -> None:
    """Print one snapshot of a page."""
    if as_blocks and form not in {"text", "json"}:
        raise click.UsageError(f"--blocks goes with --format text or json, not {form}.")
    with reading(settings) as db:
        page = known_page(db, url)
        snapshot = snapshots.load(db, page, version)
        if form == "html":
            click.echo(_raw_body(db, page, snapshot), nl=False)
            return
    if as_blocks:
        _show_blocks(snapshot.article, as_json=form == "json")
    elif form == "json":
        print_json(show_record(snapshot))
    elif form == "markdown":
        click.echo(render_markdown(snapshot), nl=False)
    else:
        article = snapshot.article
        lines = [article.title, *([", ".join(article.authors)] if article.authors else []), "", article.text]
        for correction in article.corrections:
            lines += ["", correction]
        click.echo("\n".join(plain(line) for part in lines for line in part.split("\n")))


def _show_headlines(page: Page, last: int, stood: Sequence[Headline], *, as_json: bool) -> None:
    if as_json:
        for headline in reversed(stood):
            print_json(headline_record(headline))
        return
    click.echo(_standing(page, last))
    Console().print(render_headlines(stood))


def _standing(page: Page, last: int) -> str:
    back = f", back at version {page.version}" if page.state == LIVE and page.version != last else ""
    seen = f", last looked at {page.last_checked_at}" if page.last_checked_at else ""
    return f"{plain(page.url)}: {page.state}{back}{seen}"


def _show_blocks(article: Article, *, as_json: bool) -> None:
    """The blocks in page order; those marked `*` are the article's text."""
    if as_json:
        for block in article.blocks:
            print_json(block_record(block, article))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("", "role", "reason", "text"):
        table.add_column(column, no_wrap=column in {"", "role"})
    for block in article.blocks:
        mark = "*" if block.role in article.text_roles else ""
        table.add_row(mark, block.role.value, Text(plain(block.reason)), Text(plain(block.text)))
    wide_console().print(table)


def _raw_body(db: Database, page: Page, snapshot: Snapshot) -> bytes:
    name = snapshots.body_digest(db, page, snapshot.version)
    body = None if name is None else bodies.load(db, name)
    if body is None:
        raise ArchiveError(f"the raw body of {page.url} version {snapshot.version} was not kept")
    if sys.stdout.isatty():
        raise ArchiveError("a raw body may steer the terminal; write it to a file: stet show --format html URL > FILE")
    return body
