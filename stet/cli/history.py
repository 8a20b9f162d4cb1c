"""`stet log`, `stet show`, `stet diff`: a page's snapshots."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive import bodies, snapshots
from archive.compare.diff import diff as compare
from archive.errors import ArchiveError, UnknownPage
from archive.pages import LIVE
from stet.cli.common import command, json_option, known_page, print_json, reading, to_the_second, wide_console
from stet.records import block_record, diff_record, log_record, show_record
from stet.render.html import render_html
from stet.render.markdown import render_markdown
from stet.render.plain import plain
from stet.render.terminal import render_terminal
from stet.render.unified import render_unified

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.models import Article, Snapshot
    from archive.pages import Page
    from stet.config import Config


@command
@click.argument("url")
@json_option
def log(settings: Config, url: str, as_json: bool) -> None:
    """List the snapshots of a page, newest first."""
    with reading(settings) as db:
        page = known_page(db, url)
        history = snapshots.history(db, page)
    if not history:
        raise UnknownPage(f"no snapshot of {page.url} is kept: it was never read as an article")
    if as_json:
        for snapshot in history:
            print_json(log_record(snapshot))
        return
    seen = f", last looked at {page.last_checked_at}" if page.last_checked_at else ""
    click.echo(f"{plain(page.url)}: {page.state}{seen}")
    table = Table(box=None, pad_edge=False)
    for column in ("version", "captured", "words", "events", "title"):
        table.add_column(column, justify="right" if column == "version" else "left", no_wrap=column == "captured")
    for snapshot in _with_variants(history):
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


@command
@click.argument("url")
@click.option("--from", "before", type=click.IntRange(min=1), help="The older version (default: the one before --to).")
@click.option("--to", "after", type=click.IntRange(min=1), help="The newer version (default: the last).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "unified", "html", "json"]),
    default="terminal",
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--all", "with_unchanged", is_flag=True, help="Unchanged sentences too (json).")
def diff(
    settings: Config,
    *,
    url: str,
    before: int | None,
    after: int | None,
    form: str,
    as_json: bool,
    with_unchanged: bool,
) -> None:
    """Compare two snapshots of a page, by default the last two."""
    with reading(settings) as db:
        page = known_page(db, url)
        newer = snapshots.load(db, page, after or max(snapshots.last_version(db, page), 1))
        older = snapshots.load(db, page, before or max(newer.version - 1, 1))
        if older.version == newer.version:
            raise UnknownPage(f"{page.url} has no other version to compare version {newer.version} with")
    difference = compare(older.article, newer.article)
    if as_json or form == "json":
        print_json(diff_record(older, newer, difference, with_unchanged=with_unchanged))
    elif form == "unified":
        click.echo(render_unified(difference, url=page.url, before=_label(older), after=_label(newer)), nl=False)
    elif form == "html":
        language = newer.article.language
        page_html = render_html(difference, url=page.url, before=_label(older), after=_label(newer), language=language)
        click.echo(page_html, nl=False)
    else:
        Console().print(render_terminal(difference, url=page.url, before=_label(older), after=_label(newer)))


def _with_variants(history: list[Snapshot]) -> list[Snapshot]:
    """Newest first, but each variant right under the version that it is one of."""
    return sorted(
        history, key=lambda each: (-(each.variant_of or each.version), each.variant_of is not None, each.version)
    )


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


def _label(snapshot: Snapshot) -> str:
    return f"v{snapshot.version} · {snapshot.captured_at}"
