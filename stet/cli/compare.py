"""`stet compare`: two pages' snapshots side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.console import Console

from archive.compare.outlets.comparison import compare as compare_articles
from archive.rarity import ArchiveRarity
from stet.cli.common import command, print_json, reading
from stet.named import seen_version
from stet.records import compare_record
from stet.render.comparison_html import render_comparison_html
from stet.render.comparison_terminal import render_comparison_terminal

if TYPE_CHECKING:
    from stet.config import Config


@command
@click.argument("a")
@click.argument("b")
@click.option(
    "--format", "form", type=click.Choice(["terminal", "html", "json"]), default="terminal", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def compare(settings: Config, *, a: str, b: str, form: str, as_json: bool) -> None:
    """Compare the articles of two pages, each URL or URL@N (version N): what one took from the other."""
    with reading(settings) as db:
        one, other = seen_version(db, a), seen_version(db, b)
        comparison = compare_articles(one.snapshot.article, other.snapshot.article, ArchiveRarity(db))
    if as_json or form == "json":
        print_json(compare_record(one, other, comparison))
    elif form == "html":
        click.echo(render_comparison_html(one, other, comparison), nl=False)
    else:
        Console().print(render_comparison_terminal(one, other, comparison))
