"""The headlines of a page for the terminal, the newest first, each beside the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from archive.compare.text.words import Mark, mark
from stet.render.pen import Pen
from stet.render.plain import plain
from stet.render.times import to_the_minute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from archive.headlines import Headline, Wording


def render_headlines(headlines: Sequence[Headline]) -> RenderableType:
    """Each headline with its versions, the interval in which it was seen, and the words that it changed."""
    return _History(tuple(headlines))


@dataclass(frozen=True, slots=True)
class _History:
    headlines: tuple[Headline, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        pen = Pen.of(console)
        earlier = [None, *self.headlines[:-1]]
        for before, headline in reversed(list(zip(earlier, self.headlines, strict=True))):
            own, *variants = headline.wordings
            yield Text(f"\n{_versions(own)}  {_interval(headline)}", style="dim")
            yield _indented(pen, headline.title, before.title if before else None)
            for variant in variants:
                yield Padding(Text(f"in turn with {_versions(variant)}, {_seen(variant)}", style="dim"), (0, 0, 0, 2))
                yield _indented(pen, variant.title, headline.title)


def _indented(pen: Pen, title: str, before: str | None) -> RenderableType:
    marks = (Mark("equal", plain(title)),) if before is None else mark(plain(before), plain(title))
    return Padding(pen.line(marks), (0, 0, 0, 2))


def _versions(wording: Wording) -> str:
    """`v1, v3-v5`."""
    # In a row, version and place rise by one together.
    rows = [
        [version for _, version in row]
        for _, row in groupby(enumerate(wording.versions), key=lambda each: each[1] - each[0])
    ]
    return ", ".join(f"v{row[0]}" if len(row) == 1 else f"v{row[0]}-v{row[-1]}" for row in rows)


def _interval(headline: Headline) -> str:
    gone = f", another by {to_the_minute(headline.gone_by)}" if headline.gone_by else ""
    return f"{_seen(headline)}{gone}"


def _seen(seen: Headline | Wording) -> str:
    first, last = to_the_minute(seen.first_seen_at), to_the_minute(seen.last_seen_at)
    return f"seen {first}" if first == last else f"seen {first} to {last}"
