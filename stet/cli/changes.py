"""`stet changes`: the stream of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archive.compare.text.cutting import cut
from archive.models import EventKind
from archive.stream import Wanted
from archive.stream import changes as stream
from stet.cli.common import command, json_option, moment, print_json, reading, refuse_unknown_source
from stet.records import change_record
from stet.render.plain import plain
from stet.render.times import to_the_second

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from archive.stream import Change
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
@click.option(
    "--min-weight",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="What weighs that much at least, from 0 to 1: 0.5 leaves out typography and style.",
)
@json_option
def changes(
    settings: Config,
    *,
    since: datetime | None,
    source: str | None,
    kinds: tuple[str, ...],
    min_weight: float,
    as_json: bool,
) -> None:
    """Print what happened to the pages, in the order in which it was observed."""
    none = True
    with reading(settings) as db:
        refuse_unknown_source(settings, db, source)
        for change in stream(db, Wanted(source=source, kinds=kinds, min_weight=min_weight, since=since)):
            none = False
            if as_json:
                print_json(change_record(change))
            else:
                click.echo(_line(change))
    if none:
        click.echo("stet: no events", err=True)


_LONGEST = 120
"""Characters told of what was, or became, another."""


def _line(change: Change) -> str:
    version = f"v{change.version}" if change.version else ""
    said = (change.url, _title(change), *_about(change), _interval(change))
    about = "  ".join(plain(part) for part in said if part)
    return f"{change.observed_at}  {change.kind:<18} {version:<4} {change.weight:.2f}  {about}"


def _title(change: Change) -> str:
    """The title, but where what became of it is told."""
    is_told = change.kind == EventKind.HEADLINE_CHANGED or _headline(change)
    return "" if is_told else change.title or ""


def _about(change: Change) -> Iterator[str]:
    """What the line of its kind has to say besides."""
    details = change.details
    if kinds := details.get("kinds"):
        yield _said(kinds, ", ")
    match change.kind:
        case EventKind.CORRECTION_ADDED | EventKind.CORRECTION_REMOVED:
            yield _said(details["corrections"], "; ")
        case EventKind.HEADLINE_CHANGED | EventKind.BYLINE_CHANGED | EventKind.MOVED:
            yield _became(details)
        case EventKind.DATES_CHANGED:
            yield from (f"{name}: {_became(details[name])}" for name in ("published", "modified") if name in details)
        case EventKind.RETURNED if details.get("before") == details.get("after"):
            yield f"v{details['from_version']} → v{details['to_version']}"
            yield _headline(change)
        case EventKind.GONE | EventKind.PAYWALLED | EventKind.UNPAYWALLED | EventKind.RETURNED:
            yield _became(details)
        case EventKind.REEXTRACTED if "words_added" in details:
            yield f"+{details['words_added']} -{details['words_removed']} words"
    if change.is_of_trial:
        yield f"variant of v{change.variant_of}"


def _headline(change: Change) -> str:
    """The headlines between which a page went back; empty where they are the same."""
    told = change.details.get("headline") if change.kind == EventKind.RETURNED else None
    return _became(told) if isinstance(told, dict) and told.get("before") != told.get("after") else ""


def _became(sides: Any) -> str:
    """`before → after`, each on one line and cut where it is long."""
    return " → ".join(cut(plain(_said(sides[side], "; ")) or "none", _LONGEST) for side in ("before", "after"))


def _said(value: object, between: str) -> str:
    return between.join(map(str, value)) if isinstance(value, list) else str("" if value is None else value)


def _interval(change: Change) -> str:
    """The two looks between which it happened: the last that showed what was before, and the first that did not."""
    seen = change.details.get("last_seen_at")
    if not isinstance(seen, str):
        return ""
    then = str(change.details.get("first_seen_at") or change.observed_at)
    day = 11 if seen[:10] == then[:10] else 0
    was, is_ = (to_the_second(moment)[day:] for moment in (seen, then))
    if change.kind == EventKind.CORRECTION_ADDED:
        return f"(not there {was}, seen {is_})"
    # Behind a paywall a page is still there.
    if change.kind == EventKind.PAYWALLED or change.details.get("before") in ("gone", "paywalled"):
        return f"({change.details['before']} {was}, {change.details['after']} {is_})"
    return f"(seen {was}, not there {is_})"
