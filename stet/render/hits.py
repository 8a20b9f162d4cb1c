"""What a search found, for the terminal: matches coloured where there is colour, bracketed where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from stet.render.plain import plain, plain_piece
from stet.render.times import to_the_second

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from archive.search.excerpts import Excerpt
    from archive.search.hits import Hit


def render_hit(hit: Hit) -> RenderableType:
    """One hit in some lines: the page, the versions that match and when they were seen, and an excerpt."""
    return _HitView(hit)


def ranges(versions: tuple[int, ...]) -> str:
    """`v1-v3, v5` for (1, 2, 3, 5)."""
    runs: list[list[int]] = []
    for version in versions:
        if runs and version == runs[-1][-1] + 1:
            runs[-1][1:] = [version]
        else:
            runs.append([version])
    return ", ".join("-".join(f"v{end}" for end in run) for run in runs)


@dataclass(frozen=True, slots=True)
class _HitView:
    hit: Hit

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        hit = self.hit
        yield Text(plain(hit.title) or "(no title)", style="bold", overflow="fold")
        yield Text(plain(hit.url), overflow="fold")
        yield Text(plain(" · ".join(_facts(hit))), style="dim")
        coloured = console.color_system is not None and not console.no_color
        yield Padding(_marked(hit.excerpt, coloured=coloured), (0, 0, 0, 2), expand=False)


def _facts(hit: Hit) -> list[str]:
    facts = [f"{ranges(hit.versions)} of {hit.last_version}", f"seen {_period(hit.first_seen_at, hit.last_seen_at)}"]
    if hit.gone_in is not None and hit.gone_at is not None:
        facts = [facts[0], f"first seen {to_the_second(hit.first_seen_at)}"]
        facts.append(
            f"gone in v{hit.gone_in}: there {to_the_second(hit.last_seen_at)}, not there {to_the_second(hit.gone_at)}"
        )
    if hit.state != "live":
        facts.append(f"page {hit.state}")
    return [*facts, *([hit.source] if hit.source else [])]


def _period(first: str, last: str) -> str:
    return to_the_second(first) if first == last else f"{to_the_second(first)} to {to_the_second(last)}"


def _marked(excerpt: Excerpt, *, coloured: bool) -> Text:
    text = Text(overflow="fold")
    for piece, matches in excerpt.pieces:
        shown = plain_piece(piece)
        if not matches:
            text.append(shown)
        elif coloured:
            text.append(shown, "bold yellow")
        else:
            text.append(f"[{shown}]")
    return text
