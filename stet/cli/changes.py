"""`stet changes`: the stream of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archive.models import EventKind
from archive.queries import changes as stream
from stet.cli.common import command, json_option, moment, print_json, reading
from stet.records import change_record
from stet.render.plain import plain

if TYPE_CHECKING:
    from datetime import datetime

    from archive.queries import Change
    from stet.config import Config


@command
@click.option(
    "--since", callback=moment, metavar="T", help="From that time on: 2026-01-31T12:00Z, or 2d for two days ago."
)
@click.option("--source", metavar="S", help="Of that source only.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in EventKind]),
    metavar="K",
    help=f"Of that kind only; may be repeated. One of {', '.join(EventKind)}.",
)
@json_option
def changes(
    settings: Config, since: datetime | None, source: str | None, kinds: tuple[str, ...], as_json: bool
) -> None:
    """Print what happened to the pages, in the order in which it was observed."""
    none = True
    with reading(settings) as db:
        for change in stream(db, since=since, source=source, kinds=kinds):
            none = False
            if as_json:
                print_json(change_record(change))
            else:
                click.echo(_line(change))
    if none:
        click.echo("stet: no events", err=True)


def _line(change: Change) -> str:
    version = f"v{change.version}" if change.version else ""
    about = f"{plain(change.url)}  {plain(change.title or '')}  {plain(_about(change))}".rstrip()
    return f"{change.observed_at}  {change.kind:<18} {version:<4} {about}"


def _about(change: Change) -> str:
    """What the line of its kind has to say besides."""
    details = change.details
    if change.kind in {EventKind.CORRECTION_ADDED, EventKind.CORRECTION_REMOVED}:
        return _said(details["corrections"])
    if change.kind in {EventKind.HEADLINE_CHANGED, EventKind.BYLINE_CHANGED, EventKind.MOVED}:
        return f"was: {_said(details['before'])}"
    if change.kind == EventKind.REEXTRACTED:
        return f"+{details['words_added']} -{details['words_removed']} words"
    return ""


def _said(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
