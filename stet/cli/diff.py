"""`stet diff`: two snapshots of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.console import Console

from archive.compare.versions.parts import Part
from stet.cli.common import command, print_json, reading
from stet.named import known_page
from stet.records import diff_record
from stet.render.html import render_html
from stet.render.sheet import lay_out
from stet.render.terminal import render_terminal
from stet.render.unified import render_unified
from stet.sheets import two

if TYPE_CHECKING:
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
    with reading(settings) as db:
        found = two(db, known_page(db, url), before, after)
    sheet = lay_out(*found, parts=parts, context=context, whole=whole)
    if as_json or form == "json":
        print_json(diff_record(sheet))
    elif form == "unified":
        click.echo(render_unified(sheet), nl=False)
    elif form == "html":
        click.echo(render_html(sheet), nl=False)
    else:
        Console().print(render_terminal(sheet))
