"""A comparison of two pages for the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from stet.render.plain import plain
from stet.render.side_by_side import VERDICTS, differences, facts, listed, rows, seen_first, summary, why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from archive.compare.outlets.comparison import Comparison
    from archive.precedence import SeenPage
    from stet.render.side_by_side import Row


def render_comparison_terminal(a: SeenPage, b: SeenPage, comparison: Comparison) -> RenderableType:
    """The comparison as something rich can print."""
    return _ComparisonView(a, b, comparison)


@dataclass(frozen=True, slots=True)
class _ComparisonView:
    a: SeenPage
    b: SeenPage
    comparison: Comparison

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for letter, each in (("A", self.a), ("B", self.b)):
            snapshot = each.snapshot
            yield Text(f"{letter}  {plain(snapshot.article.title)}", style="bold", overflow="fold")
            seen = f"v{snapshot.version} · {snapshot.captured_at} · first seen here {each.first_seen_at}"
            yield Text(f"   {plain(snapshot.url)} · {seen}", style="dim", overflow="fold")
        yield Text(f"\n{VERDICTS[self.comparison.verdict]}", style="bold")
        yield Text(summary(self.comparison))
        yield Text(seen_first(self.a, self.b), style="dim")
        told = differences(self.comparison)
        if told:
            yield _heading("Told differently")
            yield _table(("", "A", "B"), told)
        yield _heading("Facts")
        found = [(name, *map(listed, (each.shared, each.only_a, each.only_b))) for name, each in facts(self.comparison)]
        yield _table(("", "in both", "only A", "only B"), found)
        yield _heading("Text")
        yield _sentences(self.comparison)


def _heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold underline")


def _table(columns: Sequence[str], lines: Sequence[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", ratio=1 if column else None)
    for line in lines:
        table.add_row(*map(Text, line))
    return table


def _sentences(comparison: Comparison) -> Table:
    table = Table(box=None, pad_edge=False, show_lines=False)
    table.add_column("", width=1)
    table.add_column("A", overflow="fold", ratio=1)
    table.add_column("B", overflow="fold", ratio=1)
    for row in rows(comparison):
        table.add_row(Text(_SIGNS[bool(row.a), bool(row.b)]), _said(row, row.a), _said(row, row.b))
        if row.alignment:
            table.add_row("", Text(why(row.alignment), style="cyan"), "")
    return table


_SIGNS = {(True, True): "=", (True, False): "<", (False, True): ">"}


def _said(row: Row, sentences: Sequence[str]) -> Text:
    return Text(plain(" ".join(sentences)), style="" if row.alignment else "dim", overflow="fold")
