"""`stet diff`: two snapshots of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.console import Console

from archive import snapshots
from archive.between import between, pair
from archive.compare.versions.parts import Part
from archive.errors import UnknownPage
from stet.cli.common import command, print_json, reading
from stet.named import known_page
from stet.records import diff_record
from stet.render.html import render_html
from stet.render.sheet import lay_out
from stet.render.terminal import render_terminal
from stet.render.unified import render_unified

if TYPE_CHECKING:
    from archive.between import Between
    from archive.models import Snapshot
    from stet.config import Config


def _parts(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> frozenset[Part]:
    """The parts named, with commas between or one option each; all where none is. Raises BadParameter."""
    names = [name.strip() for names in given for name in names.split(",")]
    unknown = [name for name in names if name not in set(Part)]
    if unknown:
        raise click.BadParameter(f"{', '.join(map(repr, unknown))}: it is one or more of {','.join(Part)}.")
    return frozenset(map(Part, names or Part))


@command
@click.argument("url")
@click.option(
    "--from", "before", type=click.IntRange(min=1), help="The older version (default: the one that stood before --to)."
)
@click.option("--to", "after", type=click.IntRange(min=1), help="The newer version (default: the last one).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "unified", "html", "json"]),
    default="terminal",
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--only",
    "parts",
    multiple=True,
    callback=_parts,
    metavar="PART,…",
    help=f"Of {', '.join(Part)}, these parts alone.",
)
@click.option(
    "--context",
    type=click.IntRange(min=0),
    help="Unchanged sentences around each change (default: 1; unified: 3; json: 0).",
)
@click.option("--all", "whole", is_flag=True, help="All that is unchanged too.")
def diff(
    settings: Config,
    *,
    url: str,
    before: int | None,
    after: int | None,
    form: str,
    as_json: bool,
    parts: frozenset[Part],
    context: int | None,
    whole: bool,
) -> None:
    """Compare two snapshots of a page, by default those of the last change: a new version, or the return to one."""
    if whole and context is not None:
        raise click.UsageError("--all shows all that is unchanged; --context N shows some of it. Give one of them.")
    older, newer, known = _two(settings, url, before, after)
    sheet = lay_out(older, newer, known, parts=parts, context=context, whole=whole)
    if as_json or form == "json":
        print_json(diff_record(sheet))
    elif form == "unified":
        click.echo(render_unified(sheet), nl=False)
    elif form == "html":
        click.echo(render_html(sheet), nl=False)
    else:
        Console().print(render_terminal(sheet))


def _two(settings: Config, url: str, before: int | None, after: int | None) -> tuple[Snapshot, Snapshot, Between]:
    """The older and the newer one, and what is known of the way between them.

    Raises UnknownPage where there are no two.
    """
    with reading(settings) as db:
        page = known_page(db, url)
        earlier, later = pair(db, page, before, after)
        older, newer = snapshots.load(db, page, earlier), snapshots.load(db, page, later)
        known = between(db, page, older, newer)
    if older.version == newer.version:
        raise UnknownPage(f"version {newer.version} of {page.url} is to be compared with another one, not with itself")
    return older, newer, known
