"""`stet copies`: the other pages that carry a page's story, and what they still say that was corrected elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from archive.copies.carriers import MIN_SHARE
from archive.copies.carriers import copies as carrying
from archive.copies.uncorrected import corrections
from archive.pages import LIVE
from stet.cli.common import command, json_option, print_json, reading, wide_console
from stet.named import known_version
from stet.records import copies_records
from stet.render.plain import plain
from stet.render.times import to_the_second

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from archive.copies.carriers import Carrier, Copies
    from archive.copies.uncorrected import Correction, Still
    from archive.sightings import Seen
    from stet.config import Config


@command
@click.argument("name", metavar="URL[@N]")
@click.option(
    "--min-share",
    type=click.FloatRange(0, 1),
    default=MIN_SHARE,
    show_default=True,
    help="The least part of either text that the other must have.",
)
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True, help="The most pages to list.")
@json_option
def copies(settings: Config, name: str, min_share: float, limit: int, as_json: bool) -> None:
    """List the other pages that carry a page's story: how much was taken, who was first seen with it, and which of them
    still say what was corrected at one of them."""
    with reading(settings) as db:
        page, version = known_version(db, name)
        story = carrying(db, page, version, min_share=min_share, limit=limit)
        corrected = corrections(db, story)
    if as_json:
        for record in copies_records(story, corrected):
            print_json(record)
        return
    if story.copies:
        wide_console().print(_table(story))
        click.echo("* seen with it first: that is when we looked, not who wrote it first")
    else:
        click.echo(f"no other page here carries {plain(page.url)}, version {story.asked.snapshot.version}")
        corrected = [correction for correction in corrected if correction.still]
    for correction in corrected:
        for line in _told(correction):
            click.echo(line)


def _table(story: Copies) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("page", "source", "verdict", "its share", "taken", "first seen with it", "now"):
        table.add_column(column, justify="right" if column in {"its share", "taken"} else "left", no_wrap=True)
    asked = story.asked
    table.add_row(*_page(asked), "(asked about)", "", "", _first(story, asked), _now(asked))
    for copy in story.copies:
        table.add_row(
            *_page(copy.carrier),
            f"{copy.verdict.value}{', same outlet' if copy.same_outlet else ''}",
            f"{copy.share:.0%}",
            f"{copy.taken:.0%}",
            _first(story, copy.carrier),
            _now(copy.carrier),
        )
    return table


def _page(carrier: Carrier) -> tuple[Text, Text]:
    return Text(f"{plain(carrier.page.url)}@{carrier.snapshot.version}"), Text(plain(carrier.source or ""))


def _first(story: Copies, carrier: Carrier) -> str:
    return f"{'*' if story.is_first(carrier) else ' '} {_when(carrier.first_seen)}"


def _when(seen: Seen) -> str:
    before = f", not yet {to_the_second(seen.not_at)}" if seen.not_at else ""
    return f"{to_the_second(seen.at)}{before}"


def _now(carrier: Carrier) -> str:
    if carrier.stands:
        return f"stands, seen {to_the_second(carrier.last_seen_at)}" if carrier.last_seen_at else "stands"
    return f"version {carrier.page.version} stands" if carrier.page.state == LIVE else carrier.page.state


def _told(correction: Correction) -> Iterator[str]:
    yield ""
    yield f"Corrected at {plain(correction.page.url)}@{correction.version}, seen {_when(correction.seen)}"
    for notice in correction.notices:
        yield f"  notice: {plain(notice)}"
    yield f"  before: {plain(correction.before)}"
    yield f"  after:  {plain(correction.after) if correction.after is not None else '(taken out)'}"
    for still in correction.still:
        again = "back at" if still.is_back else "still at"
        yield f"  {again} {plain(still.carrier.page.url)}, {_for_how_long(still)}: {plain(still.sentence)}"
    if not correction.still:
        yield "  no other page listed here says it as it was before"


def _for_how_long(still: Still) -> str:
    if still.carried_for is None or still.carrier.last_seen_at is None:
        return "not looked at since"
    if still.is_back:
        return f"seen so for {_spelled(still.carried_for)}, last looked at {to_the_second(still.carrier.last_seen_at)}"
    return f"{_spelled(still.carried_for)} later, when last looked at {to_the_second(still.carrier.last_seen_at)}"


def _spelled(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    return f"{days} d {hours} h" if days else f"{hours} h {minutes} min" if hours else f"{minutes} min"
