"""A diff for the terminal: coloured where there is colour, bracketed where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from archive.compare.versions.actions import ActionKind
from stet.render.outline import Stretch, counted, outline, unchanged
from stet.render.pen import Pen
from stet.render.plain import plain
from stet.render.reasons import line
from stet.render.sheet import label, notes, nothing_changed, observation

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from stet.render.outline import Entry, Section
    from stet.render.sheet import Sheet


def render_terminal(sheet: Sheet) -> RenderableType:
    """The diff under the labels of the two snapshots, as something rich can print.

    Without colour, or with NO_COLOR, changed words stand in brackets: [-gone-]{+come+}.
    """
    return _DiffView(sheet)


@dataclass(frozen=True, slots=True)
class _DiffView:
    sheet: Sheet

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        sheet, pen = self.sheet, Pen.of(console)
        yield Text(plain(sheet.after.url), style="bold", overflow="fold")
        yield Text(f"{plain(label(sheet.before))} → {plain(label(sheet.after))}", style="dim")
        for note in filter(None, (*notes(sheet), observation(sheet))):
            yield Text(plain(note), style="italic", overflow="fold")
        if sheet.diff.is_empty:
            yield Text(f"\n{nothing_changed(sheet)}")
            return
        for section in outline(sheet):
            yield Text(f"\n{section.heading}", style="bold underline")
            yield Padding(_rows(section, pen), (0, 0, 0, 1))
        yield Text(f"\n{counted(sheet.diff)}", style="dim")


_SIGNS = {
    ActionKind.ADDITION: ("+", "green"),
    ActionKind.DELETION: ("-", "red"),
    ActionKind.EDIT: ("~", "yellow"),
    ActionKind.REFACTOR: (">", "cyan"),
    ActionKind.UNCHANGED: (" ", "dim"),
}
_UNSAID = {"added", "deleted", "removed", "edited"}
"""What the sign says already."""


def _rows(section: Section, pen: Pen) -> RenderableType:
    lines = Table.grid(padding=(0, 1))
    lines.add_column(width=1)
    lines.add_column(overflow="fold")
    for row in section.rows:
        if isinstance(row, Stretch):
            for text in map(plain, row.sentences) if row.is_shown else [f"… {unchanged(row)}"]:
                lines.add_row("", _styled(text, "dim" if row.is_shown else "dim italic"))
            continue
        sign, style = _SIGNS[row.kind]
        lines.add_row(Text(sign, style=style), _entry(row, pen))
        if why := line(row.weight):
            lines.add_row("", _styled(f"· {why}", "dim italic"))
    return lines


def _entry(entry: Entry, pen: Pen) -> Text:
    told = pen.whole if entry.kind in {ActionKind.ADDITION, ActionKind.DELETION} else pen.line
    said = "" if entry.what in _UNSAID else f"({entry.what}) "
    return _styled(said, "cyan").append_text(told(entry.marks))


def _styled(text: str, style: str) -> Text:
    """The style on the text alone: a table would draw one of the whole cell through its padding too."""
    return Text(overflow="fold").append(text, style)
